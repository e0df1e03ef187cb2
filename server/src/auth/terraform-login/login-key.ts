/** The key that a person's own machine gets: whatever they may, for a while. */
import type { Asker } from '../../access/asker.ts'
import type { App } from '../../foundation/app.ts'
import type { Tx } from '../../foundation/database/database.ts'
import { addKey } from '../api-keys.ts'
import { newToken } from '../token.ts'

const livesMs = 90 * 24 * 60 * 60_000

export const loginKeyExpiry = (app: App): Date =>
  new Date(app.clock() + Math.min(livesMs, app.config.auth.api_keys.max_age ?? livesMs))

/** Every scope, everywhere: what its owner does not hold when it is used it does not give (`commonGrants`). */
export async function addLoginKey(tx: Tx, app: App, by: Asker, userId: string): Promise<{ id: string; token: string }> {
  const token = newToken(app.config.auth.api_keys.prefix)
  const wanted = {
    kind: 'cli' as const,
    name: 'terraform login',
    scopes: ['admin' as const],
    organization: null,
    organizationId: null,
    userId,
    namespaces: [],
    expiresAt: loginKeyExpiry(app),
  }
  const { id } = await addKey(tx, app, by, wanted, token, { via: 'terraform login' })
  return { id, token }
}
