#!/usr/bin/env node
import '../dist/cadastre.cjs'
