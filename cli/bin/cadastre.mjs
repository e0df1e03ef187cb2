#!/usr/bin/env node
/** Starts the command. In a clone it is built first when its sources are newer than it. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../dist/cadastre.cjs', import.meta.url))
const builder = new URL('../../scripts/build.mjs', import.meta.url)

if (existsSync(builder)) await buildHere()
if (!existsSync(program)) fail('The command is not complete: dist/cadastre.cjs is missing. Install it again.')
createRequire(import.meta.url)(program)

async function buildHere() {
  const clone = fileURLToPath(new URL('../..', import.meta.url))
  // A folder with everything built but no packages, such as an image, is none to build in.
  if (!existsSync(new URL('../../node_modules', import.meta.url))) {
    if (existsSync(program)) return
    fail(`The packages of this clone are missing. Run npm ci in ${clone} first; npm start does it, too.`)
  }
  const { build } = await import(builder)
  try {
    await build({ only: 'cli/dist' })
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') fail(`Packages of this clone are missing. Run npm ci in ${clone}.`)
    fail(`The command could not be built: ${error.message}`)
  }
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
