/** `cadastre logout`: ends the key of a sign-in at the registry, and forgets it here. */
import type { Command } from 'commander'
import { action, type Call } from './call.ts'
import { forgetToken, storedToken } from './credentials-file.ts'
import { Failure, usage } from './exit.ts'
import { examples } from './help.ts'
import { chosenHost } from './login/chosen-host.ts'
import { fileWithBlock } from './login/other-tokens.ts'
import { answered, connect } from './registry.ts'
import type { RegistryChoice } from './registry-choice.ts'
import type { Report } from './report.ts'
import { storedCredentialsFile } from './terraform-credentials.ts'

export function addLogout(program: Command): void {
  const command = program
    .command('logout')
    .description('End the sign-in of this machine, at the registry and here.')
    .argument('[host]', 'as it was given to login')
    .action(action(logout))
  examples(command, ['cadastre logout registry.example.com'])
}

async function logout(call: Call, host: string | undefined): Promise<Report> {
  const choice = await chosenHost(call, host)
  const { key } = choice
  const token = storedToken(key, call.here)
  if (token === undefined) return notSignedIn(call, choice)
  const { revoked, says } = await revoke(call, { ...choice, token, tokenFrom: storedCredentialsFile(call.here) })
  forgetToken(key, call.here)
  return {
    schema: 'cadastre.logout.v1',
    data: { host: key, forgotten: true, revoked },
    rows: [[key, revoked ? 'revoked' : 'forgotten']],
    lines: [`Signed out of ${choice.base}.`],
    warnings: says,
  }
}

function notSignedIn({ here }: Call, { key, base }: RegistryChoice): Report {
  const byHand = fileWithBlock(key, here)
  if (byHand) throw usage(`The token for ${key} was written by hand, in ${byHand}.`, 'Take its credentials block away.')
  return {
    schema: 'cadastre.logout.v1',
    data: { host: key, forgotten: false, revoked: false },
    rows: [[key, 'not signed in']],
    lines: [`There was no sign-in for ${base}.`],
  }
}

/** Only the key that a sign-in made goes with it; one that was passed to login may be in use elsewhere. */
async function revoke(call: Call, choice: RegistryChoice): Promise<{ revoked: boolean; says: string[] }> {
  try {
    const registry = await connect(choice, call.flags)
    const { id, kind, keyKind, name } = await answered(registry.api.GET('/api/v1/whoami'))
    if (keyKind === 'cli') {
      await answered(registry.api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }))
      return { revoked: true, says: [] }
    }
    const stays = `The API key ${name} was made elsewhere and stays good. To end it: cadastre token revoke ${id}`
    return { revoked: false, says: kind === 'api-key' ? [stays] : [] }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    // A key that is refused needs no end.
    if (error.code === 'token-invalid') return { revoked: false, says: [] }
    const says = `The key could not be revoked, and stays good until it expires: ${error.message}`
    return { revoked: false, says: [says] }
  }
}
