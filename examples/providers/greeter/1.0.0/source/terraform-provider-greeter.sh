#!/bin/sh
# Stands in for a provider that is compiled for PLATFORM. `terraform init` downloads and verifies a provider without
# starting it; `plan` and `apply` would start it, and would read this instead of what a plugin says.
echo 'This is the example provider of Cadastre: something to install, with nothing behind it.' >&2
exit 1
