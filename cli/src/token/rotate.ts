/** `cadastre token rotate`: a new API key in place of an old one, which stays good for a while. */
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import { expiry, spanSeconds } from './expiry.ts'
import { keyId } from './key-id.ts'

type Flags = { grace?: number; expires?: string }

export function addTokenRotate(token: Command): void {
  const command = token
    .command('rotate')
    .description('Make a key of the same name and rights in place of this one, and print it: this once.')
    .argument('<id>', 'as token list shows it')
    .option('--grace <span>', 'how long the old key stays good: 0h, 12h, 7d, at most 30d (default: 24h)', spanSeconds)
    .option(
      '--expires <span|time>',
      'when the new one ends (default: it lives as long as the old one was to)',
      (text) => expiry(text),
    )
    .action(action(rotateToken))
  examples(command, [
    'cadastre token rotate 3f8b6f0e-5a0e-4a6e-9d1f-2f6a1c0b7d11',
    'cadastre token rotate 3f8b6f0e-5a0e-4a6e-9d1f-2f6a1c0b7d11 --grace 7d --expires 90d',
  ])
}

async function rotateToken(call: Call, id: string, flags: Flags): Promise<Report> {
  const path = { id: keyId(id) }
  const { api } = await call.registry()
  const body = { graceSeconds: flags.grace ?? 86_400, expiresAt: flags.expires }
  const rotated = await answered(api.POST('/api/v1/api-keys/{id}/rotate', { params: { path }, body }))
  const { apiKey } = rotated
  const until = apiKey.expiresAt ? `until ${apiKey.expiresAt}` : 'it never expires'
  return {
    schema: 'cadastre.token.rotate.v1',
    data: rotated,
    rows: [[rotated.token]],
    notes: [
      `Made the key ${apiKey.name} (${apiKey.id}) in place of ${id}; ${until}.`,
      body.graceSeconds === 0 ? 'The old one has ended.' : 'The old one stays good until its grace ends.',
      'The new one is shown this once.',
    ],
    next: [{ why: 'to end the old one now', run: `cadastre token revoke ${id}` }],
  }
}
