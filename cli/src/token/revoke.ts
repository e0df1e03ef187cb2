/** `cadastre token revoke`: ends an API key at once and for good. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { keyId } from './key-id.ts'

export function addTokenRevoke(token: Command): void {
  const command = token
    .command('revoke')
    .description('End an API key, at once and for good.')
    .argument('<id>', 'as token list shows it')
    .action(action(revokeToken))
  examples(command, ['cadastre token revoke 3f8b6f0e-5a0e-4a6e-9d1f-2f6a1c0b7d11'])
}

async function revokeToken(call: Call, id: string): Promise<Report> {
  const path = { id: keyId(id) }
  const { api } = await call.registry()
  const key = await answered(api.DELETE('/api/v1/api-keys/{id}', { params: { path } }))
  const line = `Revoked ${key.name} (${key.id}).`
  return {
    schema: 'cadastre.token.revoke.v1',
    data: key,
    rows: [[key.id, key.name, 'revoked']],
    lines: [line],
  }
}
