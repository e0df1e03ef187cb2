/** Signing keys of a namespace: added, renewed, rotated, removed; and whose signatures count where. */
import { readPrivateKey, reformatKey } from 'openpgp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../test/client.ts'
import { hasGpg, startGpg } from '../../test/gpg.ts'
import { makeDist, makeSigningKey, type TestKey } from '../../test/provider-dist.ts'
import { finish, putFiles } from '../../test/provider-uploads.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { standingClock, startRegistry, type TestRegistry } from '../../test/registry.ts'
import { transaction } from '../foundation/database/database.ts'
import { findNamespace } from '../organizations/queries.ts'
import { holdSigningKey, listSigningKeys } from './signing-key-queries.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry({ clock: standingClock() })
  for (const name of ['acme', 'beta', 'gamma']) await registry.given.namespace(name)
  await registry.given.namespace('secret', 'private')
})
afterAll(() => registry?.stop())

const keysOf = (namespace: string) => `/api/v1/namespaces/${namespace}/signing-keys`
const add = (namespace: string, armored: unknown, client = registry.admin) =>
  client.send('POST', keysOf(namespace), { armored })
const remove = (namespace: string, fingerprint: string, client = registry.admin) =>
  client.send('DELETE', `${keysOf(namespace)}/${fingerprint}`)
const said = ({ status, json }: Answer) => [status, json.code ?? json.outcome]

const distOf = (type: string, version: string, key: TestKey) =>
  makeDist({ type, version, platforms: ['linux_amd64'], key })

const armorFor = async (namespace: string, type: string, version: string, client = registry.anonymous) =>
  (await client.get(`/v1/providers/${namespace}/${type}/${version}/download/linux/amd64`)).json.signing_keys
    .gpg_public_keys

test('a key is added once, shown to readers, and recorded', async () => {
  const key = await makeSigningKey({ name: 'Acme shown' })

  const added = await add('acme', key.armoredPublic)
  const again = await add('acme', key.armoredPublic)
  const shown = await registry.anonymous.get(keysOf('acme'))

  expect([said(added), said(again)]).toEqual([
    [201, 'added'],
    [200, 'already-added'],
  ])
  expect(added.json.key).toMatchObject({
    namespace: 'acme',
    fingerprint: key.fingerprint,
    keyId: key.keyId,
    userId: 'Acme shown <releases@acme.example>',
    expiresAt: null,
    expired: false,
    versions: 0,
    addedBy: 'test admin',
  })
  expect(shown.json.items).toContainEqual(again.json.key)
  expect((await registry.facts()).filter(({ subject }) => subject.includes(key.fingerprint))).toMatchObject([
    { kind: 'signing_key.added', subject: `acme ${key.fingerprint}` },
  ])
})

describe('no key is added', () => {
  const keyOf = (options: Parameters<typeof makeSigningKey>[0]) => makeSigningKey({ name: 'x', ...options })
  const twoOf = async () => `${(await keyOf({})).armoredPublic}\n${(await keyOf({})).armoredPublic}`

  test.each([
    ['that is a text', async () => 'our key', 422, 'key-unreadable'],
    ['that is empty', async () => '', 400, 'request-malformed'],
    ['that is no text', async () => 7, 400, 'request-malformed'],
    ['that is damaged', async () => (await keyOf({})).armoredPublic.replace(/[A-Z]{3}/g, 'AAA'), 422, 'key-unreadable'],
    ['that is private', async () => (await keyOf({})).armoredPrivate, 422, 'key-private'],
    [
      'that is private, with a passphrase',
      async () => (await keyOf({ passphrase: 'x' })).armoredPrivate,
      422,
      'key-private',
    ],
    ['beside another', twoOf, 422, 'key-several'],
    ['of 100 KB', async () => `${(await keyOf({})).armoredPublic}${' '.repeat(100_000)}`, 400, 'request-malformed'],
  ])('%s', async (_name, armored, status, code) => {
    const answer = await add('gamma', await armored())

    expect(said(answer)).toEqual([status, code])
    expect(answer.text).not.toContain('PRIVATE KEY BLOCK')
    expect((await registry.anonymous.get(keysOf('gamma'))).json.items).toEqual([])
    expect((await registry.facts()).filter(({ subject }) => subject.startsWith('gamma '))).toEqual([])
  })

  test.skipIf(!hasGpg)('that may only certify', async () => {
    const gpg = startGpg()
    const armored = gpg.publicKey(gpg.makeKey('certify <certify@acme.example>', 'ed25519', 'cert'))
    gpg.stop()

    expect(said(await add('gamma', armored))).toEqual([422, 'key-cannot-sign'])
    expect((await registry.anonymous.get(keysOf('gamma'))).json.items).toEqual([])
  })

  test('by who may not publish there', async () => {
    const { armoredPublic } = await keyOf({})
    const clients = [
      registry.anonymous,
      registry.as(await registry.given.key(['providers:read'])),
      registry.as(await registry.given.key(['modules:write'])),
      registry.as(await registry.given.key(['providers:write'], { namespaces: ['acme'] })),
    ]

    const open = await Promise.all(clients.map((client) => add('gamma', armoredPublic, client)))
    const hidden = await Promise.all(clients.map((client) => add('secret', armoredPublic, client)))
    const nowhere = await add('nobodys', armoredPublic)

    expect(open.map(({ status }) => status)).toEqual([401, 403, 403, 403])
    expect(hidden.map(({ status }) => status)).toEqual([401, 403, 403, 404])
    expect(nowhere.status).toBe(404)
    expect((await registry.anonymous.get(keysOf('gamma'))).json.items).toEqual([])
  })
})

test('a key counts in its own namespace alone', async () => {
  const key = await makeSigningKey({ name: 'Acme alone' })
  await trustKey(registry.admin, 'acme', key)
  const dist = await distOf('elsewhere', '1.0.0', key)
  await putFiles(registry.admin, 'beta', dist)

  const refused = await finish(registry.admin, 'beta', dist)

  expect(said(refused)).toEqual([422, 'signature-unknown-key'])
  expect((await registry.anonymous.get('/v1/providers/beta/elsewhere/versions')).status).toBe(404)
})

test('while one key replaces another, each version installs with the one that signed it', async () => {
  const [old, next] = [await makeSigningKey({ name: 'old', type: 'rsa' }), await makeSigningKey({ name: 'next' })]
  await trustKey(registry.admin, 'acme', old)
  await publishProvider(registry.admin, 'acme', {
    type: 'rotated',
    version: '1.0.0',
    platforms: ['linux_amd64'],
    key: old,
  })
  await trustKey(registry.admin, 'acme', next)
  await publishProvider(registry.admin, 'acme', {
    type: 'rotated',
    version: '2.0.0',
    platforms: ['linux_amd64'],
    key: next,
  })

  const [first, second] = [await armorFor('acme', 'rotated', '1.0.0'), await armorFor('acme', 'rotated', '2.0.0')]

  expect(first).toMatchObject([{ key_id: old.keyId, ascii_armor: expect.stringContaining('PUBLIC KEY') }])
  expect(second).toMatchObject([{ key_id: next.keyId }])
  expect(second[0].ascii_armor).not.toBe(first[0].ascii_armor)
})

test('a key that comes again with a later expiry changes what versions say of it, at every server', async () => {
  const other = await registry.another()
  const key = await makeSigningKey({ expired: true, name: 'renewed' })
  await trustKey(registry.admin, 'acme', key)
  const platforms = ['linux_amd64']
  await publishProvider(registry.admin, 'acme', { type: 'renewed', version: '1.0.0', platforms, key })
  const path = '/v1/providers/acme/renewed/1.0.0/download/linux/amd64'
  const before = await registry.anonymous.get(path)
  await other.anonymous.get(path)
  const renewed = await withExpiryIn2099(key)

  const added = await add('acme', renewed)
  const after = await registry.anonymous.get(path, { 'if-none-match': before.headers.get('etag')! })

  expect(said(added)).toEqual([200, 'already-added'])
  expect([added.json.key.expired, added.json.key.expiresAt.slice(0, 4), added.json.warnings]).toEqual([
    false,
    '2099',
    [],
  ])
  expect(after.status).toBe(200)
  const [{ ascii_armor: now }] = after.json.signing_keys.gpg_public_keys
  expect(now).not.toBe(before.json.signing_keys.gpg_public_keys[0].ascii_armor)
  expect({ ...after.json, signing_keys: null }).toEqual({ ...before.json, signing_keys: null })
  await expect
    .poll(() => armorFor('acme', 'renewed', '1.0.0', other.anonymous).then(([{ ascii_armor }]) => ascii_armor))
    .toBe(now)
  const version = await registry.anonymous.get('/api/v1/providers/acme/renewed/1.0.0')
  expect(version.json.signingKey.expiresAt.slice(0, 4)).toBe('2099')
})

describe('a key is removed', () => {
  test('when no version needs it, by fingerprint or key id, and then counts no more', async () => {
    const [first, second] = [await makeSigningKey({ name: 'first' }), await makeSigningKey({ name: 'second' })]
    for (const key of [first, second]) await trustKey(registry.admin, 'beta', key)
    const dist = await distOf('late', '1.0.0', first)
    await putFiles(registry.admin, 'beta', dist)

    const removed = [await remove('beta', first.fingerprint), await remove('beta', second.keyId.toLowerCase())]
    const again = await remove('beta', first.fingerprint)

    expect(removed.map(({ status, json }) => [status, json.fingerprint])).toEqual([
      [200, first.fingerprint],
      [200, second.fingerprint],
    ])
    expect(said(again)).toEqual([404, 'signing-key-not-found'])
    expect(said(await finish(registry.admin, 'beta', dist))).toEqual([422, 'signature-unknown-key'])
  })

  test('not while versions need it, deleted ones included', async () => {
    const key = await makeSigningKey({ name: 'needed' })
    await trustKey(registry.admin, 'beta', key)
    const platforms = ['linux_amd64']
    await publishProvider(registry.admin, 'beta', { type: 'needing', version: '1.0.0', platforms, key })
    const live = await remove('beta', key.fingerprint)
    await registry.admin.send('DELETE', '/api/v1/providers/beta/needing/1.0.0')
    const restorable = await remove('beta', key.fingerprint)

    expect([live, restorable].map(said)).toEqual([
      [409, 'signing-key-in-use'],
      [409, 'signing-key-in-use'],
    ])
    expect((await registry.anonymous.get(keysOf('beta'))).json.items).toMatchObject([{ versions: 1 }])
  })

  test('not while a publish is about to need it', async () => {
    const key = await makeSigningKey({ name: 'about' })
    await trustKey(registry.admin, 'gamma', key)
    const other = await makeSigningKey({ name: 'until then' })
    await trustKey(registry.admin, 'gamma', other)
    const platforms = ['linux_amd64']
    await publishProvider(registry.admin, 'gamma', { type: 'about', version: '1.0.0', platforms, key: other })
    const { id: namespaceId } = (await findNamespace(registry.app.db, 'gamma'))!
    const rows = await listSigningKeys(registry.app.db, namespaceId)
    const { id } = rows.find(({ fingerprint }) => fingerprint === key.fingerprint)!

    const { removing } = await transaction(registry.app.db, async (tx) => {
      await holdSigningKey(tx, id)
      await tx
        .updateTable('provider_versions')
        .set({ signing_key_id: id })
        .where('signing_key_id', 'is not', null)
        .execute()
      const removing = remove('gamma', key.fingerprint)
      await new Promise((resolve) => setTimeout(resolve, 500))
      return { removing }
    })

    expect(said(await removing)).toEqual([409, 'signing-key-in-use'])
  })

  test('by who may publish there, and nobody else', async () => {
    const key = await makeSigningKey({ name: 'kept' })
    await trustKey(registry.admin, 'acme', key)
    const clients = [registry.anonymous, registry.as(await registry.given.key(['providers:read']))]

    const answers = await Promise.all(clients.map((client) => remove('acme', key.fingerprint, client)))
    const elsewhere = await remove('beta', key.fingerprint)

    expect(answers.map(({ status }) => status)).toEqual([401, 403])
    expect(said(elsewhere)).toEqual([404, 'signing-key-not-found'])
    expect((await remove('acme', key.fingerprint)).status).toBe(200)
  })
})

/** The same key with newer signatures of its own. */
async function withExpiryIn2099({ armoredPrivate }: TestKey): Promise<string> {
  const privateKey = await readPrivateKey({ armoredKey: armoredPrivate })
  const created = privateKey.getCreationTime().getTime()
  const { publicKey } = await reformatKey({
    privateKey,
    userIDs: [{ name: 'renewed', email: 'releases@acme.example' }],
    keyExpirationTime: Math.round((Date.parse('2099-06-01T00:00:00Z') - created) / 1000),
    date: new Date(),
    format: 'armored',
  })
  return publicKey
}
