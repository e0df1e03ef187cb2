/** `cadastre doctor`: looks at everything between this machine and the registry, and says of each thing whether it is well. */
import type { Command } from 'commander'
import { action, type Call } from './call.ts'
import { checkAddress } from './doctor/address.ts'
import { checkConfiguration } from './doctor/configuration.ts'
import { checkCertificate, checkConnection, checkProxies, placeOf } from './doctor/connection.ts'
import { checkDiscovery } from './doctor/discovery.ts'
import { exitCodeOf, type Finding, failed, ok, within } from './doctor/finding.ts'
import { checkPrograms } from './doctor/programs.ts'
import { checkLoginFolder, checkTerraformToken, checkToken } from './doctor/token.ts'
import { exchangeOver } from './exchange.ts'
import { exit, Failure, usage } from './exit.ts'
import { examples } from './help.ts'
import { findRegistry } from './registry.ts'
import type { RegistryChoice } from './registry-choice.ts'
import type { Report } from './report.ts'

const maxSecondsOfCheck = 10

export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .description('Find out why something does not work, from here to the registry.')
    .option('--server', 'look at the registry itself, where it runs')
    .action(action(examine))
  examples(command, ['cadastre doctor', 'cadastre doctor --host registry.example.com', 'cadastre doctor --server'])
}

async function examine(call: Call, { server }: { server?: boolean }): Promise<Report> {
  // Asked for right after the word, the server's program has it by now.
  if (server) throw usage('Flags of doctor --server stand after it.', 'cadastre doctor --server [--json]')
  const choice = await chosen(call)
  const findings = 'base' in choice ? await allOf(choice, call) : [choice, ...(await ofThisMachine(undefined, call))]
  const exitCode = exitCodeOf(findings)
  const count = (result: Finding['result']) => findings.filter((finding) => finding.result === result).length
  const warned = count('warning')
  return {
    schema: 'cadastre.doctor.v1',
    data: {
      host: 'base' in choice ? choice.base : null,
      findings: findings.map(({ exitCode: _, ...finding }) => finding),
    },
    rows: findings.map(({ result, check, says, fix }) => [result, check, says, fix ?? '']),
    lines: findings.flatMap(asLines),
    notes: [`${count('ok')} ok, ${warned} ${warned === 1 ? 'warning' : 'warnings'}, ${count('failed')} failed.`],
    exitCode,
  }
}

const asLines = ({ result, check, says, fix }: Finding) => [
  `${result.padEnd(8)} ${check.padEnd(15)} ${says}`,
  ...(fix === undefined ? [] : [`${' '.repeat(25)}${fix}`]),
]

/** Without a registry there is still this machine to look at; what was typed wrong is wrong usage here, too. */
async function chosen({ flags, here, warnings }: Call): Promise<RegistryChoice | Finding> {
  try {
    const [choice, said] = await findRegistry(flags, here)
    warnings.push(...said)
    return choice
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'usage') throw error
    return failed('registry', error.message, error.hint)
  }
}

async function allOf(choice: RegistryChoice, call: Call): Promise<Finding[]> {
  const { base, hostFrom, key } = choice
  const seconds = secondsOf(call)
  const flags = { ...call.flags, timeout: seconds }
  const way = { base, seconds, caFile: flags.caFile }
  const exchange = exchangeOver({ timeoutSeconds: seconds, caFile: flags.caFile })
  const checked = (check: string, asked: Promise<Finding[]>) => within(seconds, asked, () => [tooLate(check, seconds)])

  const known = [ok('registry', `${base} (${hostFrom}).`), ...checkAddress(choice), checkProxies(base, call.here)]
  const connection = await within(seconds, checkConnection(way), () => tooLate('connection', seconds))
  const machine = ofThisMachine(key, call)
  // What cannot be reached has nothing to say of its certificate, its document or our token.
  if (connection.result === 'failed') return [...known, connection, ...(await machine)]
  const [certificate, discovery] = await Promise.all([
    placeOf(base).secure
      ? checked(
          'certificate',
          checkCertificate(way).then((found) => [found]),
        )
      : [],
    checked('discovery', checkDiscovery(base, exchange)),
  ])
  const isTrusted = certificate.every(({ result }) => result !== 'failed')
  const tokens = isTrusted
    ? await Promise.all([
        checked('token', checkToken(choice, flags)),
        checked('terraform token', checkTerraformToken(choice, flags, call.here)),
      ])
    : []
  return [...known, connection, ...certificate, ...(isTrusted ? discovery : []), ...tokens.flat(), ...(await machine)]
}

async function ofThisMachine(key: string | undefined, call: Call): Promise<Finding[]> {
  const programs = checkPrograms(call.here, secondsOf(call))
  return [checkLoginFolder(call.here), ...checkConfiguration(key, call.here), await programs]
}

const secondsOf = ({ flags }: Call) => Math.min(flags.timeout, maxSecondsOfCheck)

const tooLate = (check: string, seconds: number) =>
  failed(
    check,
    `It took longer than ${seconds} s.`,
    'Try again; --timeout gives less time, not more.',
    exit.unreachable,
  )
