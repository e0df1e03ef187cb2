/** Issuers that were added while the registry ran, ready for signing people in: their secrets are readable here. */
import type { App } from '../../foundation/app.ts'
import { type SecretBox, secretBox } from '../../foundation/secret-box.ts'
import {
  findIdentityProviderRow,
  type IdentityProviderRow,
  listIdentityProviderRows,
} from './identity-provider-queries.ts'
import type { Issuer } from './issuer.ts'

/** Those that are switched on, by name. */
export async function rowIssuers(app: App): Promise<Issuer[]> {
  const rows = await listIdentityProviderRows(app.db)
  return rows.filter(({ enabled }) => enabled).flatMap((row) => readableIssuer(app, row) ?? [])
}

/** @throws unavailable when its secret cannot be read */
export async function findRowIssuer(app: App, name: string): Promise<Issuer | undefined> {
  const row = await findIdentityProviderRow(app.db, name)
  return row?.enabled ? rowIssuer(app, row) : undefined
}

/** One whose secret is lost does not take the others along. */
function readableIssuer(app: App, row: IdentityProviderRow): Issuer | undefined {
  try {
    return rowIssuer(app, row)
  } catch (error) {
    app.log.error({ issuer: row.name, error: (error as Error).message }, 'an identity provider cannot be used')
    return undefined
  }
}

export function rowIssuer(app: Pick<App, 'derivedKey'>, row: IdentityProviderRow): Issuer {
  const { sealedSecret } = row
  return {
    name: row.name,
    kind: row.kind,
    displayName: row.displayName || row.name,
    issuerUrl: row.issuerUrl,
    clientId: row.clientId,
    ...(sealedSecret && { clientSecret: clientSecrets(app).open(sealedSecret, secretOf(row.name)) }),
    scopes: row.scopes,
    groupClaim: row.groupClaim,
    groupMappings: row.groupMappings,
    source: 'database',
  }
}

export const sealClientSecret = (app: App, name: string, secret: string): Buffer =>
  clientSecrets(app).seal(secret, secretOf(name))

const clientSecrets = (app: Pick<App, 'derivedKey'>): SecretBox =>
  secretBox(app.derivedKey('client secrets of identity providers'))
const secretOf = (name: string) => `identity provider ${name}`
