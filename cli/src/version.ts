/** `cadastre version`: of this program, and of the registry when one answers. */
import type { Command } from 'commander'
import { action, type Call } from './call.ts'
import { cliVersion } from './cli-version.ts'
import { Failure } from './exit.ts'
import { examples } from './help.ts'
import { contentOf, type Registry } from './registry.ts'
import type { Report } from './report.ts'

export type ServerVersion = { version: string; api_version: string }

export function addVersion(program: Command): void {
  const command = program
    .command('version')
    .description('Say the versions of this command and of the registry.')
    .action(action(sayVersion))
  examples(command, ['cadastre version', 'cadastre version --json'])
}

async function sayVersion(call: Call): Promise<Report> {
  const warnings: string[] = []
  const server = await whenThere(call, warnings)
  const rows = [['cadastre', cliVersion]]
  if (server) rows.push(['server', server.version, server.host])
  return {
    schema: 'cadastre.version.v1',
    data: { cli: cliVersion, node: process.versions.node, server: server ?? null },
    rows,
    warnings,
  }
}

/** That no registry is named is nothing to remark on here. */
async function whenThere(call: Call, warnings: string[]) {
  try {
    const registry = await call.registry()
    return { host: registry.base, ...(await serverVersion(registry)) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (error.code !== 'no-registry') warnings.push(error.message)
    return undefined
  }
}

export async function serverVersion({ base, exchange }: Registry): Promise<ServerVersion> {
  const url = `${base}/version`
  return contentOf<ServerVersion>(await exchange({ method: 'GET', url }), url)
}
