/** Every kind of caller of the rights matrix, and the things of acme and of another organization that they ask for. */
import { browserAt } from './browser.ts'
import { importFiles, moduleFile, providerFile, publicHost } from './catalogue/imported.ts'
import { type Answer, expectStatus } from './client.ts'
import { givenUser, password } from './people.ts'
import { publishProvider, trustKey } from './published-provider.ts'
import type { TestRegistry } from './registry.ts'

/** What stands in front of a request: a key, a cookie, or nothing. */
export type Credentials = (method: string) => Record<string, string>

/** The namespace that is asked for decides who the callers are that are limited to one. */
export type CallersOf = (namespace: string) => Record<string, Credentials>

export type World = Awaited<ReturnType<typeof buildWorld>>

const people = {
  viewer: 'viewer@acme.example',
  publisher: 'publisher@acme.example',
  admin: 'admin@acme.example',
  platform: 'platform@acme.example',
  stranger: 'viewer@other.example',
  otherPublisher: 'publisher@other.example',
}

/** One of acme that this caller may lose or break without the others noticing. */
export const spareNamespace = (caller: string) => `spare-${caller.toLowerCase()}`

export async function buildWorld(registry: TestRegistry) {
  const { admin, given } = registry
  await given.organization('other')
  const spaces = { secret: 'private', shared: 'internal', open: 'public', elsewhere: 'private' } as const
  for (const [name, visibility] of Object.entries(spaces)) await given.namespace(name, visibility, 'acme')
  await given.namespace('foreign', 'private', 'other')
  for (const name of ['secret', 'shared', 'open']) await fill(name)
  await fillCatalogue()

  const viewer = await person(people.viewer, 'acme', 'viewer')
  const publisher = await person(people.publisher, 'acme', 'publisher')
  const acmeAdmin = await person(people.admin, 'acme', 'admin')
  const platform = await person(people.platform, null, 'admin')
  const stranger = await person(people.stranger, 'other', 'viewer')
  const otherPublisher = await person(people.otherPublisher, 'other', 'publisher')
  const publishes = ['modules:write', 'providers:write'] as const
  const ofPlatform = { organization: null, owner: people.platform }
  const [revoked, expired] = [await key(['admin'], ofPlatform), await key(['admin'], ofPlatform)]
  await revoke(revoked.id)
  await registry.sql("update api_keys set expires_at = now() - interval '1 minute' where id = $1", [expired.id])
  const limited: Record<string, { here: string; hadm: string }> = {}
  for (const name of ['secret', 'shared', 'open', 'absent']) {
    limited[name] = {
      here: (await key([...publishes], { namespaces: [name] })).token,
      hadm: (await key(['admin'], { namespaces: [name] })).token,
    }
  }
  const elsewhere = await key([...publishes], { namespaces: ['elsewhere'] })
  const sessions = { viewer: await session(people.viewer), admin: await session(people.admin) }

  const callersOf: CallersOf = (namespace) => ({
    anon: () => ({}),
    strg: bearer(stranger.token),
    view: bearer(viewer.token),
    pubA: bearer(publisher.token),
    pubB: bearer(otherPublisher.token),
    admA: bearer(acmeAdmin.token),
    plat: bearer(platform.token),
    here: bearer(limited[namespace]!.here),
    else: bearer(elsewhere.token),
    hadm: bearer(limited[namespace]!.hadm),
    revk: bearer(revoked.token),
    expd: bearer(expired.token),
    sess: sessions.viewer.withProof,
    sadm: sessions.admin.withProof,
    forg: sessions.admin.withoutProof,
  })

  for (const caller of Object.keys(callersOf('secret')))
    await given.namespace(spareNamespace(caller), 'private', 'acme')

  return {
    callersOf,
    /** A session of the same person that may be ended: there are none of the other callers. */
    spareSession: async (caller: string): Promise<Credentials | undefined> => {
      const email = { sess: people.viewer, sadm: people.admin }[caller]
      return email === undefined ? undefined : (await session(email)).withProof
    },
    emails: people,
    ids: { viewer: viewer.id, otherPublisher: otherPublisher.id },
    sessionOfOther: (await session(people.otherPublisher)).id,
    keys: {
      acme: (await key(['modules:read'])).id,
      viewer: (await key(['modules:read'], { owner: people.viewer })).id,
      other: (await key(['modules:read'], { organization: 'other' })).id,
    },
    revokedKeys: {
      acme: await revoke((await key(['modules:read'])).id),
      viewer: await revoke((await key(['modules:read'], { owner: people.viewer })).id),
      other: await revoke((await key(['modules:read'], { organization: 'other' })).id),
    },
    archives: await signedArchives(registry),
    /** of the provider greeter and its version 1.0.0, by namespace */
    providerNumbers: await providerNumbers(registry),
  }

  /** A module, and a provider of which one version is deleted for so long that nothing brings it back. */
  async function fill(namespace: string) {
    expectStatus(await admin.publishModule(`${namespace}/vpc/aws`, '1.0.0'), 201)
    await trustKey(admin, namespace)
    for (const version of ['1.0.0', '0.9.0'])
      await publishProvider(admin, namespace, { type: 'greeter', version, platforms: ['linux_amd64'] })
    expectStatus(await admin.send('DELETE', `/api/v1/providers/${namespace}/greeter/0.9.0`), 200)
    await registry.sql(`update provider_platforms set object_id = null where provider_version_id in
      (select id from provider_versions where version = '0.9.0')`)
  }

  /** Namespaces of another registry that have the names of our own. */
  async function fillCatalogue() {
    const files = ['secret', 'shared', 'open'].flatMap((name) => [
      [`modules/${name[0]}/${name}/vpc/aws.json`, moduleFile('v1.0.0')],
      [`providers/${name[0]}/${name}/greeter.json`, providerFile(`${name}/greeter`, [{ version: '1.0.0' }])],
    ])
    await importFiles(registry, Object.fromEntries(files))
    await registry.sql(
      `insert into catalogue_namespaces (hostname, namespace, visibility)
       values ($1, 'secret', 'private'), ($1, 'open', 'public')`,
      [publicHost],
    )
  }

  async function person(email: string, organization: string | null, role: string) {
    const id = await givenUser(registry, email)
    const place = organization === null ? 'platform' : `organizations/${organization}`
    expectStatus(await admin.send('PUT', `/api/v1/${place}/members/${id}`, { roles: [role] }), 200)
    return { ...(await key(['admin'], { organization: null, owner: email })), id }
  }

  async function key(scopes: string[], options: object = {}): Promise<{ id: string; token: string }> {
    const body = { name: 'of the matrix', organization: 'acme', scopes, ...options }
    const { apiKey, token } = expectStatus(await admin.send('POST', '/api/v1/api-keys', body), 201).json
    return { id: apiKey.id, token }
  }

  async function revoke(id: string): Promise<string> {
    expectStatus(await admin.send('DELETE', `/api/v1/api-keys/${id}`), 200)
    return id
  }

  async function session(email: string) {
    const browser = browserAt(registry.url)
    expectStatus(await browser.signIn(email, password), 303)
    const { id, csrfToken } = expectStatus(await browser.get('/api/v1/auth/session'), 200).json
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const withoutProof: Credentials = () => ({ cookie })
    const withProof: Credentials = (method) => ({
      cookie,
      ...(method !== 'GET' && method !== 'HEAD' && { 'x-csrf-token': csrfToken as string }),
    })
    return { id: id as string, withProof, withoutProof }
  }
}

const bearer =
  (token: string): Credentials =>
  () => ({ authorization: `Bearer ${token}` })

async function signedArchives({ admin, url }: TestRegistry) {
  const path = (address: string) => address.replace(url, '').replace(/^https?:\/\/[^/]+/, '')
  const module: Answer = await admin.get('/v1/modules/secret/vpc/aws/1.0.0/download')
  const provider = (await admin.get('/v1/providers/secret/greeter/1.0.0/download/linux/amd64')).json
  return {
    module: path(module.headers.get('x-terraform-get')!),
    provider: path(provider.download_url),
    sums: path(provider.shasums_url),
  }
}

async function providerNumbers(registry: TestRegistry): Promise<Record<string, { provider: string; version: string }>> {
  const rows = await registry.sql(`select p.namespace, p.id as provider, v.id as version
    from providers p join provider_versions v on v.provider_id = p.id and v.version = '1.0.0'
    where p.hostname = 'self' and p.type = 'greeter'`)
  return Object.fromEntries(rows.map(({ namespace, ...numbers }) => [namespace, numbers]))
}
