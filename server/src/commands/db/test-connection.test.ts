/** `cadastre db test`: what it shows when all is well, and the cause it names when not. */
import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasOpenssl, makeCertificates } from '../../../test/certificates.ts'
import { cadastre } from '../../../test/command.ts'
import { query, removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { type LoopbackPostgres, startLoopbackPostgres } from '../../../test/loopback-postgres.ts'

let server: LoopbackPostgres
let cwd: string

beforeAll(async () => {
  cwd = await temporaryFolder()
  server = await startLoopbackPostgres(hasOpenssl ? { tls: makeCertificates(cwd, testUser) } : {})
  const made = await cadastre(['db', 'create'], { cwd, env: server.env })
  const user = await cadastre(['db', 'create-user'], { cwd, env: server.env })
  expect([made.code, user.code]).toEqual([0, 0])
})
afterAll(async () => {
  await server?.stop()
  await removeTemporaryFolders()
})

const testConnection = (env = {}, flags: string[] = []) => cadastre(['db', 'test', ...flags], { cwd, env })

describe('when all is well', () => {
  test('shows the settings without the password, the server, and that rows can be written and read', async () => {
    const { code, stdout, stderr } = await testConnection()

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('\t')),
    )
    expect(lines).toEqual({
      host: '127.0.0.1',
      port: String(server.port),
      database: 'terraform_registry',
      user: 'registry',
      password: '****',
      ssl_mode: hasOpenssl ? 'require' : 'disable',
      server: expect.stringMatching(/^PostgreSQL 1\d/),
      tls: hasOpenssl ? expect.stringMatching(/^TLSv1\.[23] \S+$/) : 'none',
      write: 'made a temporary table, wrote a row, read it back, dropped the table',
      schema: 'up to date',
      rights: 'reads and writes, and makes no tables',
    })
  })

  test('--json gives one document and nothing else', async () => {
    const { stdout } = await testConnection({}, ['--json'])

    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'cadastre.db.test.v1',
      ok: true,
      data: { user: 'registry', password: '****', schema: 'up to date' },
    })
  })

  test('says that a connection is not encrypted', async () => {
    const { stdout } = await testConnection({ TFR_DATABASE_SSL_MODE: 'disable' })

    expect(stdout).toContain('\ntls\tnone\n')
  })

  test('leaves nothing behind', async () => {
    const count = "select count(*)::int from pg_class where relname = 'cadastre_db_test'"

    await testConnection()

    expect(await query({ ...server.superuser, database: 'terraform_registry' }, count)).toEqual([{ count: 0 }])
  })

  test('works on the embedded database too', async () => {
    const dataDir = await temporaryFolder()
    const env = { TFR_DATA_DIR: dataDir }
    await cadastre(['migrate', 'up'], { cwd: dataDir, env })

    const { code, stdout } = await cadastre(['db', 'test'], { cwd: dataDir, env })

    expect(code).toBe(0)
    expect(stdout).toContain(`database\tembedded, in ${dataDir}`)
    expect(stdout).toContain('rights\treads and writes, and makes no tables')
  })
})

describe('names the cause', () => {
  test.each([
    ['host: nobody at the port', { TFR_DATABASE_PORT: '1' }, 7, 'PostgreSQL cannot be reached'],
    ['host: no such name', { TFR_DATABASE_HOST: 'no-such-host.invalid' }, 7, 'PostgreSQL cannot be reached'],
    ['password', { TFR_DATABASE_PASSWORD: 'wrong' }, 3, 'does not accept this user with this password'],
    ['user', { TFR_DATABASE_USER: 'stranger' }, 3, 'does not accept this user with this password'],
    ['database', { TFR_DATABASE_NAME: 'missing' }, 4, 'There is no database of that name'],
  ])('%s', async (_, wrong, code, sentence) => {
    const outcome = await testConnection(wrong)

    expect(outcome).toMatchObject({ code, stderr: expect.stringContaining(sentence) })
    // The settings come first, so that a wrong one is seen.
    expect(outcome.stdout).toContain(
      Object.values(wrong)[0] === 'wrong' ? 'password\t****' : `${Object.values(wrong)[0]}`,
    )
  })

  test.skipIf(!hasOpenssl)('TLS: an authority that is not trusted (needs openssl)', async () => {
    const outcome = await testConnection({ TFR_DATABASE_SSL_MODE: 'verify-full' })

    expect(outcome).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('The encrypted connection could not be made'),
    })
    expect(outcome.stderr).toContain('ssl_root_cert')
  })

  test('right: no TEMPORARY on the database', async () => {
    await asAdmin('revoke temporary on database terraform_registry from registry')

    const outcome = await testConnection()

    expect(outcome).toMatchObject({ code: 3, stderr: expect.stringContaining('The user lacks a right') })
    expect(outcome.stderr).toContain('permission denied to create temporary tables')
    await asAdmin('grant temporary on database terraform_registry to registry')
  })

  test('right: a table that the user may not read', async () => {
    await asAdmin('revoke select on modules from registry')

    const outcome = await testConnection()

    expect(outcome).toMatchObject({ code: 3, stderr: expect.stringContaining('may not read and write modules') })
    await cadastre(['db', 'create-user'], { cwd, env: server.env })
    expect((await testConnection()).code).toBe(0)
  })

  test('schema: no tables yet is no failure, and named', async () => {
    await query(server.superuser, 'create database bare')

    const { code, stdout } = await testConnection({ TFR_DATABASE_NAME: 'bare' })

    expect(code).toBe(0)
    expect(stdout).toContain('schema\tlacks 0001_registry')
  })

  describe('too old', () => {
    let old: Server

    beforeAll(async () => {
      old = createServer(speakAsVersion14)
      await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve))
    })
    afterAll(() => void old?.close())

    test.each([
      ['db test', ['db', 'test'], {}],
      ['db create', ['db', 'create'], { PGHOST: '127.0.0.1' }],
      ['migrate up', ['migrate', 'up'], {}],
    ])('in %s', async (_, args, more) => {
      const { port } = old.address() as { port: number }
      const place = {
        TFR_DATABASE_HOST: '127.0.0.1',
        TFR_DATABASE_PORT: String(port),
        TFR_DATABASE_SSL_MODE: 'disable',
      }

      const outcome = await cadastre(args, { cwd, env: { ...place, ...more, PGPORT: String(port) } })

      expect(outcome.code).toBe(6)
      expect(outcome.stderr).toContain('Cadastre needs PostgreSQL 15 or newer; this server is PostgreSQL 14.12.')
    })
  })
})

const asAdmin = (text: string) => query({ ...server.superuser, database: 'terraform_registry' }, text)

/** Lets everybody in, and answers whatever is asked with one row: its version. https://www.postgresql.org/docs/current/protocol.html */
function speakAsVersion14(socket: Socket): void {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(type), length, body])
  }
  const ready = message('Z', Buffer.from('I'))
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
  const column = (name: string, type: number) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      Buffer.alloc(6),
      Buffer.from([0, 0, 0, type]),
      int16(4),
      Buffer.alloc(4),
      int16(0),
    ])
  const value = (text: string) => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)])
  const row = Buffer.concat([
    message('T', Buffer.concat([int16(2), column('number', 23), column('name', 25)])),
    message('D', Buffer.concat([int16(2), value('140012'), value('14.12')])),
    message('C', Buffer.from('SELECT 1\0')),
  ])
  socket.on('error', () => {})
  let started = false
  socket.on('data', (bytes) => {
    if (!started) {
      started = true
      socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]))
    } else if (bytes[0] === 'X'.charCodeAt(0)) socket.end()
    else socket.write(Buffer.concat([row, ready]))
  })
}
