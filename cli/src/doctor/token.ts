/** The token that a command sends, and those that terraform and tofu would: found, hidden, shadowed, accepted. */
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { exit, Failure } from '../exit.ts'
import type { GlobalFlags } from '../global-flags.ts'
import { answered, connect } from '../registry.ts'
import type { RegistryChoice } from '../registry-choice.ts'
import { credentialKey } from '../registry-host.ts'
import type { Surroundings } from '../surroundings.ts'
import { storedCredentialsFile, terraformTokens } from '../terraform-credentials.ts'
import { grantText } from '../whoami.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

const soonDays = 14

export async function checkToken(choice: RegistryChoice, flags: GlobalFlags): Promise<Finding[]> {
  const passedOver = choice.passedOver.map((says) => warning('token', says, 'Name the host that it is for beside it.'))
  const { token, tokenFrom } = choice
  if (token === undefined)
    return [
      ...passedOver,
      warning(
        'token',
        'There is none: only what is public can be read.',
        'Run cadastre login, or name an API key in TFR_CLI_TOKEN.',
      ),
    ]
  return [...passedOver, await accepted('token', choice, tokenFrom!, flags)]
}

/** What terraform and tofu would send, which may be another token than ours. */
export async function checkTerraformToken(
  choice: RegistryChoice,
  flags: GlobalFlags,
  here: Surroundings,
): Promise<Finding[]> {
  const check = 'terraform token'
  const stored = storedCredentialsFile(here)
  const all = terraformTokens(choice.key, here)
  // With this variable, what `login` has written is not read.
  const isHidden = (from: string) => from === stored && Boolean(here.env.TF_CLI_CONFIG_FILE)
  const [first, ...others] = all.filter(({ from }) => !isHidden(from))
  const found = misspelt(choice.key, here).map((name) =>
    warning(
      check,
      `${name} looks as if it were for ${choice.key}, and is not.`,
      'A dot of the host is written _, a hyphen __, and the colon before a port stays a colon.',
    ),
  )
  if (all.some(({ from }) => isHidden(from)))
    found.push(
      warning(
        check,
        `TF_CLI_CONFIG_FILE is set, so ${stored} is not read, and the token in it is not sent.`,
        'Unset the variable and keep the settings in ~/.terraformrc, or write a credentials block into its file.',
      ),
    )
  const shadowed = others.find(({ token }) => token !== first!.token)
  if (shadowed)
    found.push(
      warning(check, `${first!.from} wins over another token in ${shadowed.from}.`, 'Take away the one that is old.'),
    )
  if (!first) {
    if (found.length === 0) found.push(ok(check, 'There is none: terraform and tofu read what is public.'))
    return found
  }
  if (first.token === choice.token) return [...found, ok(check, `The same, from ${first.from}.`)]
  return [...found, await accepted(check, { ...choice, token: first.token }, first.from, flags)]
}

/** `login` writes into this folder, and does not make it. */
export function checkLoginFolder(here: Surroundings): Finding {
  const folder = dirname(storedCredentialsFile(here))
  if (existsSync(folder)) return ok('login folder', `${folder} is there.`)
  return warning(
    'login folder',
    `${folder} is missing: terraform login would fail at its very end.`,
    `mkdir -p ${folder}`,
  )
}

async function accepted(check: string, choice: RegistryChoice, from: string, flags: GlobalFlags): Promise<Finding> {
  try {
    const registry = await connect(choice, flags)
    const caller = await answered(registry.api.GET('/api/v1/whoami'))
    const rights = caller.grants.map(grantText).join('; ') || 'nothing yet'
    const says = `${from}: ${caller.name}, ${rights}`
    const { expiresAt } = caller
    if (!expiresAt) return ok(check, `${says}.`)
    const days = Math.floor((Date.parse(expiresAt) - Date.now()) / 86_400_000)
    const until = `${says}; until ${expiresAt}, ${days} more days.`
    return days < soonDays ? warning(check, until, 'Make a new key before that day.') : ok(check, until)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { message, hint, exitCode } = error
    if (exitCode !== exit.refused) return failed(check, message, hint, exitCode)
    return failed(check, `${from}: ${message}`, 'Ask for a new key, or take this one away.', exitCode)
  }
}

/** Variables that were meant for this host, by all that can be told, and do not name it. */
function misspelt(key: string, { env }: Surroundings): string[] {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '_')
  const meant = [bare(key), bare(key.replace(/:\d+$/, ''))]
  return Object.keys(env).filter((name) => {
    if (!name.startsWith('TF_TOKEN_') || !env[name]) return false
    const host = name.slice('TF_TOKEN_'.length)
    return meant.includes(bare(host)) && credentialKey(host.replaceAll('__', '-').replaceAll('_', '.')) !== key
  })
}
