/** The TLS modes against servers with and without TLS, as libpq means them. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Certificates, hasOpenssl, makeCertificates } from '../../../test/certificates.ts'
import { query, removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { type LoopbackPostgres, startLoopbackPostgres } from '../../../test/loopback-postgres.ts'
import { loadSettings } from '../config/load.ts'
import type { Environment } from '../config/sources.ts'
import { Refusal } from '../refusal.ts'
import { connectionCause, connectionRefusal } from './errors.ts'
import { type Address, applicationAddress, loginFor, ownerAddress, type SslMode, shownAddress } from './login.ts'

const modes: SslMode[] = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full']

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(removeTemporaryFolders)

/** `TLS`, `plain`, or why not. */
async function connect(address: Address): Promise<string> {
  let client: pg.Client | undefined
  try {
    client = new pg.Client(await loginFor(address))
    client.on('error', () => {})
    await client.connect()
    const { rows } = await client.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()')
    return rows[0].ssl ? 'TLS' : 'plain'
  } catch (error) {
    const refused = connectionRefusal(error, address)
    return refused instanceof Refusal ? refused.code : String(refused)
  } finally {
    await client?.end().catch(() => {})
  }
}

function addressFrom(env: Environment): Address {
  return applicationAddress(loadSettings({ cwd: folder, env }).config)!
}

describe('a server without TLS', () => {
  let server: LoopbackPostgres

  beforeAll(async () => {
    server = await startLoopbackPostgres()
  })
  afterAll(() => server?.stop())

  test.each([
    ['disable', 'plain'],
    ['prefer', 'plain'],
    ['require', 'database-tls'],
    ['verify-ca', 'database-tls'],
    ['verify-full', 'database-tls'],
  ] as const)('with %s: %s', async (sslMode, expected) => {
    expect(await connect(superuserOf(server, { sslMode }))).toBe(expected)
  })

  test('a refusal names the address without the password, what was said and what to do', async () => {
    const address = superuserOf(server, { sslMode: 'require' })

    const refused = connectionRefusal(await failureOf(address), address) as Refusal

    expect(refused.message).toContain(`postgres@127.0.0.1:${server.port}/postgres (ssl_mode require)`)
    expect(refused.message).toContain('The server does not support SSL connections')
    expect(refused.message).not.toContain(address.password)
    expect(refused.hint).toContain('ssl_mode')
    expect(refused.reason).toBe('invalid')
  })

  test('a wrong password, a missing database, and nobody at the port are told apart', async () => {
    const address = superuserOf(server, { sslMode: 'disable' })

    const outcomes = [
      await connect({ ...address, password: 'wrong' }),
      await connect({ ...address, password: undefined }),
      await connect({ ...address, user: 'stranger' }),
      await connect({ ...address, name: 'missing' }),
      await connect({ ...address, port: 1 }),
      await connect({ ...address, host: 'no-such-host.invalid' }),
      await connect({ ...address, host: '/no/such/folder' }),
    ]

    expect(outcomes).toEqual([
      'database-password',
      'database-password',
      'database-password',
      'database-database',
      'database-host',
      'database-host',
      'database-host',
    ])
  })

  test('a user who may not connect to the database lacks a right', async () => {
    await query(server.superuser, "create role guest login password 'guest'")
    await query(server.superuser, 'revoke connect on database template1 from public')
    const address = superuserOf(server, { sslMode: 'disable', user: 'guest', password: 'guest', name: 'template1' })

    expect(await connect(address)).toBe('database-right')
  })
})

describe.skipIf(!hasOpenssl)('a server with TLS (needs openssl)', () => {
  let server: LoopbackPostgres
  let certificates: Certificates

  beforeAll(async () => {
    certificates = makeCertificates(folder, testUser)
    server = await startLoopbackPostgres({ tls: certificates })
  })
  afterAll(() => server?.stop())

  const everywhere = (line: string) => [`${line} 127.0.0.1/32 scram-sha-256`, `${line} ::1/128 scram-sha-256`]

  test.each([
    // mode, root certificate, host, outcome
    ['disable', 'none', 'localhost', 'plain'],
    ['prefer', 'none', 'localhost', 'TLS'],
    ['prefer', 'wrong', '127.0.0.1', 'TLS'],
    ['require', 'none', 'localhost', 'TLS'],
    ['require', 'none', '127.0.0.1', 'TLS'],
    ['require', 'right', '127.0.0.1', 'TLS'],
    ['require', 'wrong', 'localhost', 'database-tls'],
    ['verify-ca', 'right', 'localhost', 'TLS'],
    ['verify-ca', 'right', '127.0.0.1', 'TLS'],
    ['verify-ca', 'wrong', 'localhost', 'database-tls'],
    ['verify-ca', 'none', 'localhost', 'database-tls'],
    ['verify-full', 'right', 'localhost', 'TLS'],
    ['verify-full', 'right', '127.0.0.1', 'database-tls'],
    ['verify-full', 'wrong', 'localhost', 'database-tls'],
    ['verify-full', 'none', 'localhost', 'database-tls'],
  ] as const)('with %s, %s root certificate and host %s: %s', async (sslMode, root, host, expected) => {
    const sslRootCert = { none: undefined, right: certificates.ca, wrong: certificates.otherCa }[root]

    expect(await connect(superuserOf(server, { sslMode, sslRootCert, host }))).toBe(expected)
  })

  test.each(modes)('sslmode=%s in database.url means the same as database.ssl_mode', async (sslMode) => {
    const { user, password } = server.superuser
    const url = (host: string) =>
      `postgresql://${user}:${password}@${host}:${server.port}/postgres?sslmode=${sslMode}&sslrootcert=${certificates.ca}`
    const full = sslMode === 'verify-full' ? 'database-tls' : 'TLS'

    const outcomes = [
      await connect(addressFrom({ TFR_DATABASE_URL: url('localhost') })),
      await connect(addressFrom({ TFR_DATABASE_URL: url('127.0.0.1') })),
    ]

    expect(outcomes).toEqual(sslMode === 'disable' ? ['plain', 'plain'] : ['TLS', full])
  })

  test('database.ssl_mode and database.ssl_root_cert count for an address that does not say otherwise', async () => {
    const { user, password } = server.superuser
    const place = (host: string) => `postgresql://${user}:${password}@${host}:${server.port}/postgres`
    const rest = { TFR_DATABASE_SSL_MODE: 'verify-full', TFR_DATABASE_SSL_ROOT_CERT: certificates.ca }

    const outcomes = [
      await connect(addressFrom({ TFR_DATABASE_URL: place('localhost'), ...rest })),
      await connect(addressFrom({ TFR_DATABASE_URL: place('127.0.0.1'), ...rest })),
      await connect(addressFrom({ TFR_DATABASE_URL: `${place('127.0.0.1')}?sslmode=require`, ...rest })),
    ]

    expect(outcomes).toEqual(['TLS', 'database-tls', 'TLS'])
  })

  test('a server that takes only encrypted connections names TLS to those without', async () => {
    await server.letIn(everywhere('hostssl all all'))

    const outcomes: string[] = []
    for (const sslMode of ['disable', 'prefer', 'require'] as const) {
      outcomes.push(await connect(superuserOf(server, { sslMode, name: 'template1' })))
    }

    expect(outcomes).toEqual(['database-tls', 'TLS', 'TLS'])
  })

  test('a line of pg_hba.conf that rejects connections without TLS names TLS as well', async () => {
    await server.letIn(['hostnossl all all all reject', ...everywhere('hostssl all all')])

    const outcomes: string[] = []
    for (const sslMode of ['disable', 'prefer', 'require'] as const) {
      outcomes.push(await connect(superuserOf(server, { sslMode, name: 'template1' })))
    }

    expect(outcomes).toEqual(['database-tls', 'TLS', 'TLS'])
  })

  test('a server that takes only plain connections is reached by prefer, and refuses require', async () => {
    await server.letIn(everywhere('hostnossl all all'))

    const outcomes: string[] = []
    for (const sslMode of ['disable', 'prefer', 'require'] as const) {
      outcomes.push(await connect(superuserOf(server, { sslMode, name: 'template1' })))
    }

    expect(outcomes).toEqual(['plain', 'plain', 'database-right'])
  })
})

describe('addresses', () => {
  test('parts in a URL are decoded, and what it leaves out comes from the settings', () => {
    const address = addressFrom({
      TFR_DATABASE_URL: 'postgresql://us%40er:p%3Aw%2F@[::1]/my%20db',
      TFR_DATABASE_PORT: '6000',
      TFR_DATABASE_SSL_MODE: 'verify-ca',
    })

    expect(address).toEqual({
      host: '::1',
      port: 6000,
      name: 'my db',
      user: 'us@er',
      password: 'p:w/',
      sslMode: 'verify-ca',
      sslRootCert: undefined,
    })
  })

  test('a socket folder needs no TLS, whatever the mode', async () => {
    const address = addressFrom({
      TFR_DATABASE_URL: 'postgresql:///name?host=/run/postgresql',
      TFR_DATABASE_USER: 'me',
    })

    expect(address).toMatchObject({ host: '/run/postgresql', user: 'me', sslMode: 'require' })
    expect((await loginFor(address)).ssl).toBe(false)
    expect(shownAddress(address)).toBe('me@/run/postgresql/name (ssl_mode require)')
  })

  test('sslrootcert=system means the usual authorities, and checks the host as libpq then does', () => {
    const address = addressFrom({ TFR_DATABASE_URL: 'postgresql://h/n?sslrootcert=system&sslmode=require' })

    expect(address).toMatchObject({ sslMode: 'verify-full', sslRootCert: undefined })
  })

  test('sslmode=allow is read as prefer, and a mode that does not exist is refused', () => {
    expect(addressFrom({ TFR_DATABASE_URL: 'postgresql://h/n?sslmode=allow' }).sslMode).toBe('prefer')
    expect(() => addressFrom({ TFR_DATABASE_URL: 'postgresql://h/n?sslmode=strict' })).toThrow('strict is no sslmode')
  })

  test('a root certificate that cannot be read is a matter of TLS, and not of the host', async () => {
    const address = addressFrom({ TFR_DATABASE_URL: 'postgresql://h/n?sslmode=verify-ca&sslrootcert=/no/such/file' })

    await expect(loginFor(address)).rejects.toMatchObject({ code: 'database-tls', reason: 'invalid' })
  })

  test('migrations use database.migration_url, and the application its own login', () => {
    const { config } = loadSettings({
      cwd: folder,
      env: { TFR_DATABASE_URL: 'postgresql://app@h/n', TFR_DATABASE_MIGRATION_URL: 'postgresql://owner@h/n' },
    })

    expect([applicationAddress(config)!.user, ownerAddress(config)!.user]).toEqual(['app', 'owner'])
  })
})

describe('causes', () => {
  test.each([
    [{ code: 'ECONNREFUSED' }, 'host'],
    [{ code: 'ENOENT', syscall: 'connect' }, 'host'],
    [{ code: 'ENOENT', syscall: 'open' }, undefined],
    [{ code: 'EACCES', syscall: 'open' }, undefined],
    [{ message: 'Connection terminated unexpectedly' }, 'host'],
    [{ message: 'timeout expired' }, 'host'],
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN', message: 'self-signed certificate in certificate chain' }, 'tls'],
    [{ code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }, 'tls'],
    [databaseError('53300', 'sorry, too many clients already'), 'busy'],
    [databaseError('57P03', 'the database system is starting up'), 'host'],
    [databaseError('28000', 'role "x" is not permitted to log in'), 'password'],
    [databaseError('22P02', 'invalid input syntax: "certificate"'), undefined],
    [null, undefined],
  ])('%o is %s', (error, cause) => {
    expect(connectionCause(error)).toBe(cause)
  })
})

function databaseError(code: string, message: string): Error {
  return Object.assign(new pg.DatabaseError(message, 0, 'error'), { code })
}

function superuserOf({ superuser }: LoopbackPostgres, rest: Partial<Address>): Address {
  const { host, port, user, password } = superuser
  return { host, port, name: 'postgres', user, password, sslMode: 'disable', sslRootCert: undefined, ...rest }
}

async function failureOf(address: Address): Promise<unknown> {
  const client = new pg.Client(await loginFor(address))
  client.on('error', () => {})
  return client.connect().then(
    () => undefined,
    (error) => error,
  )
}
