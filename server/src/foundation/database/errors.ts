/** What PostgreSQL refused, read from its codes and those of the system; drivers bring classes of their own. */
import pg from 'pg'
import { type Reason, Refusal } from '../refusal.ts'
import { type Address, shownAddress } from './login.ts'

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code

/** @param constraint when given, only that one */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return codeOf(error) === '23505' && (!constraint || (error as { constraint?: string }).constraint === constraint)
}

/** What a new row refers to is not there, or not any more. */
export const isForeignKeyViolation = (error: unknown): boolean => codeOf(error) === '23503'

export type ConnectionCause = 'host' | 'password' | 'tls' | 'database' | 'right' | 'busy'

/** Why a connection could not be made, as far as it can be told; undefined for anything else. */
export function connectionCause(error: unknown): ConnectionCause | undefined {
  const { code = '', message = '', syscall } = (error ?? {}) as NodeJS.ErrnoException
  if (error instanceof pg.DatabaseError) return causeOfCode(code, message)
  // A missing socket, and not some file.
  if (/^(ENOENT|EACCES)$/.test(code)) return syscall === 'connect' ? 'host' : undefined
  if (/^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/.test(code)) return 'host'
  if (/SASL|password must be a string/.test(message)) return 'password'
  if (/SSL|TLS|certificate|altnames|self.signed/i.test(`${code} ${message}`)) return 'tls'
  return /timeout|connection terminated/i.test(message) ? 'host' : undefined
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function causeOfCode(code: string, message: string): ConnectionCause | undefined {
  // "no entry", and "rejects connection" where a line says so; without encryption that is nearly always the reason.
  if (code === '28000' && /pg_hba\.conf/.test(message)) return /no encryption|SSL off/.test(message) ? 'tls' : 'right'
  if (code === '28P01' || code === '28000') return 'password'
  if (code === '3D000') return 'database'
  if (code === '42501') return 'right'
  if (code === '53300') return 'busy'
  return /^(57P0[123]|08)/.test(code) ? 'host' : undefined
}

/** Only what may pass by itself is unavailable: waiting does not mend a wrong password. */
const causes: Record<ConnectionCause, [reason: Reason, sentence: string, hint: string]> = {
  host: [
    'unavailable',
    'PostgreSQL cannot be reached',
    'Check host and port, that the server runs, and that it listens there (listen_addresses).',
  ],
  password: [
    'unauthenticated',
    'PostgreSQL does not accept this user with this password',
    'Check user and password; make them anew with: cadastre db create-user',
  ],
  tls: [
    'invalid',
    'The encrypted connection could not be made',
    'A server without TLS needs ssl_mode disable, for which the network has to be yours; one that demands it, require. For verify-ca and verify-full check ssl_root_cert and the host name.',
  ],
  database: ['not-found', 'There is no database of that name', 'Make it with: cadastre db create'],
  right: ['forbidden', 'The user lacks a right', 'Let an administrator of the server grant it, or check pg_hba.conf.'],
  busy: [
    'unavailable',
    'The server has no connection left',
    'Lower database.max_connections, or raise max_connections of the server.',
  ],
}

/** The refusal that names the cause; other errors come back as they are. */
export function connectionRefusal(error: unknown, address: Address): unknown {
  if (error instanceof Refusal) return error
  const cause = connectionCause(error)
  if (!cause) return error
  const [reason, sentence, hint] = causes[cause]
  const detail = (error as Error).message || codeOf(error)
  return new Refusal(reason, `database-${cause}`, `${sentence}: ${shownAddress(address)}. It says: ${detail}`, hint)
}
