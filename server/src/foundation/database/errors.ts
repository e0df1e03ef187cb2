/** What PostgreSQL refused, read from its codes and those of the system; drivers bring classes of their own. */
import { Refusal } from '../refusal.ts'
import { type Address, shownAddress } from './login.ts'

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code

/** @param constraint when given, only that one */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return codeOf(error) === '23505' && (!constraint || (error as { constraint?: string }).constraint === constraint)
}

export type ConnectionCause = 'host' | 'password' | 'tls' | 'database' | 'right' | 'busy'

/** Why a connection could not be made, as far as it can be told; undefined for anything else. */
export function connectionCause(error: unknown): ConnectionCause | undefined {
  const [code = '', message] = [codeOf(error), (error as Error).message ?? '']
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ENOENT|EACCES)$/.test(code))
    return 'host'
  if (code === '28P01' || /SASL|password must be a string/.test(message)) return 'password'
  if (code === '28000' && /pg_hba\.conf entry/.test(message))
    return /no encryption|SSL off/.test(message) ? 'tls' : 'right'
  if (code === '28000') return 'password'
  if (code === '3D000') return 'database'
  if (code === '42501') return 'right'
  if (code === '53300') return 'busy'
  if (/SSL|TLS|certificate|altnames|self.signed/i.test(`${code} ${message}`)) return 'tls'
  if (/timeout/i.test(message)) return 'host'
  return undefined
}

const causes: Record<ConnectionCause, [sentence: string, hint: string]> = {
  host: [
    'PostgreSQL cannot be reached',
    'Check host and port, that the server runs, and that it listens there (listen_addresses).',
  ],
  password: [
    'PostgreSQL does not accept this user with this password',
    'Check user and password; make them anew with: cadastre db create-user',
  ],
  tls: [
    'The encrypted connection could not be made',
    'Check ssl_mode, and for verify-ca and verify-full ssl_root_cert and the host name.',
  ],
  database: ['There is no database of that name', 'Make it with: cadastre db create'],
  right: ['The user lacks a right', 'Let an administrator of the server grant it, or check pg_hba.conf.'],
  busy: [
    'The server has no connection left',
    'Lower database.max_connections, or raise max_connections of the server.',
  ],
}

/** The refusal that names the cause; other errors come back as they are. */
export function connectionRefusal(error: unknown, address: Address): unknown {
  const cause = connectionCause(error)
  if (!cause) return error
  const [sentence, hint] = causes[cause]
  const detail = (error as Error).message || codeOf(error)
  return new Refusal(
    'unavailable',
    `database-${cause}`,
    `${sentence}: ${shownAddress(address)}. It says: ${detail}`,
    hint,
  )
}
