/** Which refusals are kept in the audit trail, and what no fact ever holds. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../../test/archives.ts'
import { expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let now = Date.now()
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now })
  await registry.given.namespace('acme', 'private')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
})
afterAll(() => registry.stop())

const otherArchive = tarGz(moduleFiles({ 'other.txt': 'other' }))

type Refused = { kind: string; subject: string; namespace: string; organization: string; caller_name: string }
const refused = () =>
  registry.sql<Refused & { details: { code: string }; address: string; request_id: string }>(
    "select * from audit_logs where outcome = 'refused' order by id",
  )

test('a refused publish says who tried what from where, and the code that they got', async () => {
  const publisher = registry.as(await registry.given.key(['modules:write', 'providers:write']))

  const answer = await publisher.publishModule('acme/vpc/aws', '1.0.0', otherArchive)
  await publisher.publishModule('acme/vpc/aws', '1.1.0', Buffer.from('no archive'))
  await publisher.send('POST', '/api/v1/providers/acme/greeter/1.0.0/publish')
  const form = new FormData()
  for (const [name, text] of Object.entries({ namespace: 'acme', name: 'net', system: 'aws', version: '1.0.0' }))
    form.append(name, text)
  form.append('file', new Blob(['no archive']), 'x.zip')
  await publisher.send('POST', '/api/v1/modules', form)

  const caller = { caller_name: 'test modules:write providers:write', namespace: 'acme', organization: 'default' }
  expect(await refused()).toEqual([
    expect.objectContaining({
      ...caller,
      kind: 'module.published',
      subject: 'acme/vpc/aws 1.0.0',
      address: '127.0.0.1',
      request_id: answer.headers.get('x-request-id'),
      details: expect.objectContaining({ code: 'version-exists' }),
    }),
    expect.objectContaining({ ...caller, subject: 'acme/vpc/aws 1.1.0' }),
    expect.objectContaining({ ...caller, kind: 'provider.published', subject: 'acme/greeter 1.0.0' }),
    expect.objectContaining({ ...caller, subject: 'acme/net/aws 1.0.0' }),
  ])
})

test('what is refused to those who can change nothing, or are not known, is not kept', async () => {
  const before = await refused()
  const reader = registry.as(await registry.given.key(['modules:read']))

  expectStatus(await reader.publishModule('acme/vpc/aws', '1.2.0'), 403)
  expectStatus(await registry.anonymous.publishModule('acme/vpc/aws', '1.2.0'), 401)
  expectStatus(await registry.as('tfr_wrong').publishModule('acme/vpc/aws', '1.2.0'), 401)

  expect(await refused()).toEqual(before)
})

test('a refused change of roles, of a key and of a namespace is kept', async () => {
  const keeper = registry.as(await registry.given.key(['users:write', 'api_keys:manage']))
  const [user] = await registry.sql("insert into users (email) values ('reader@acme.example') returning id")
  const before = (await refused()).length

  const roles = await keeper.send('PUT', `/api/v1/organizations/default/members/${user.id}`, { roles: ['admin'] })
  const key = await keeper.send('POST', '/api/v1/api-keys', { name: 'more', scopes: ['admin'] })
  const seen = await keeper.send('PATCH', '/api/v1/namespaces/acme', { visibility: 'public' })

  expect([roles.status, key.status, seen.status]).toEqual([403, 403, 404])
  expect((await refused()).slice(before).map(({ kind, subject, details }) => [kind, subject, details.code])).toEqual([
    ['member.changed', user.id, 'roles-exceeded'],
    ['api_key.created', 'more', 'scopes-exceeded'],
    ['namespace.changed', 'acme', 'not-found'],
  ])
})

test('a loop of one caller fills no trail: twenty refusals a minute are kept, and in the next minute others', async () => {
  const looping = registry.as(await registry.given.key(['modules:write']))
  const before = (await refused()).length

  for (let n = 0; n < 30; n += 1) await looping.publishModule('acme/vpc/aws', '1.0.0', otherArchive)
  const kept = (await refused()).length - before
  now += 61_000
  await looping.publishModule('acme/vpc/aws', '1.0.0', otherArchive)

  expect(kept).toBe(20)
  expect((await refused()).length - before).toBe(21)
})

test('names with SQL, control characters or line breaks stay one line of text, and change nothing else', async () => {
  const publisher = registry.as(await registry.given.key(['modules:write']))
  const names = ["x'; drop table audit_logs; --", 'a\n{"level":"error"}', 'a\r\nset-cookie: b', 'a\u0000b', '\u001b[2J']
  const before = (await refused()).length

  for (const name of names) {
    const answer = await publisher.publishModule(`acme/${encodeURIComponent(name)}/aws`, '1.0.0')
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
  }

  for (const { subject, details } of (await refused()).slice(before))
    expect(JSON.stringify([subject, details])).not.toMatch(/\\[nr]|\\u00/)
  const csv = await registry.admin.get('/api/v1/audit-logs/export?format=csv&outcome=refused')
  expect(csv.text.split('\r\n').length - 2).toBe((await refused()).length)
})

test('a fact names a key by its name and id alone: neither the key nor its hash is anywhere in the trail', async () => {
  const token = await registry.given.key(['admin'])
  const client = registry.as(token)
  await client.send('POST', '/api/v1/namespaces', { name: 'secretive', visibility: 'public' })
  await client.publishModule(`acme/${token.toLowerCase().slice(4, 30)}/aws`, 'x')

  const rows = await registry.sql<{ all: string }>('select a::text as all from audit_logs a')
  const hash = createHash('sha256').update(token).digest()

  for (const { all } of rows) {
    expect(all).not.toContain(token)
    expect(all).not.toContain(hash.toString('hex'))
    expect(all).not.toContain(hash.toString('base64'))
  }
})
