/**
 * Renovate looks up private modules and providers with a token. Of a registry that it does not know it reads the version
 * lists of the protocols alone; dates and sources it reads from the API of the public registry, which it asks only where
 * that name leads. `node scripts/renovate.mjs` installs it.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { expectStatus } from '../server/test/client.ts'
import { publishProvider, trustKey } from '../server/test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { canTrustAuthorities, makeAuthority } from './certificates.ts'
import { type Front, startFront } from './front.ts'

const isInstalled = existsSync(new URL('./renovate/node_modules/renovate', import.meta.url))
const publicName = 'registry.terraform.io'

type Found = {
  releases: { version: string; releaseTimestamp?: string }[]
  sourceUrl?: string
  sourceDirectory?: string
  registryUrl?: string
} | null

const name = 'Renovate'
describe.skipIf(!isInstalled)(isInstalled ? name : `${name} (needs node scripts/renovate.mjs)`, () => {
  let registry: TestRegistry
  let token: string
  beforeAll(async () => {
    registry = await startRegistry()
    const { admin, given } = registry
    await given.namespace('acme', 'private')
    await trustKey(admin, 'acme')
    for (const version of ['1.0.0', '1.1.0']) {
      const ofModule = { source: 'https://git.example/acme/module', folder: 'modules/vpc' }
      const ofProvider = { source: 'https://git.example/acme/provider' }
      expectStatus(await admin.publishModule('acme/vpc/aws', version, undefined, ofModule), 201)
      await publishProvider(admin, 'acme', { type: 'greeter', version }, ofProvider)
    }
    for (const [kind, date] of [
      ['module', '2026-02-03T04:05:06.789Z'],
      ['provider', '2026-03-04T05:06:07.891Z'],
    ]) {
      await registry.sql(`update ${kind}_versions set published_at = $1 where version = '1.1.0'`, [date])
      await registry.sql(`update ${kind}_versions set published_at = '2026-01-01T00:00:00Z' where version = '1.0.0'`)
    }
    token = await given.key(['modules:read', 'providers:read'], { namespaces: ['acme'] })
  })
  afterAll(() => registry?.stop())

  const module = { datasource: 'terraform-module', packageName: 'acme/vpc/aws' }
  const provider = { datasource: 'terraform-provider', packageName: 'acme/greeter' }
  const bothVersions = [{ version: '1.0.0' }, { version: '1.1.0' }].map((each) => expect.objectContaining(each))

  test('finds the versions of a module and of a provider over http, at a port, with the token of a host rule', async () => {
    const front = await startFront(registry.url)
    const registryUrls = [front.url]

    const found = await lookUp({
      hostRules: [{ matchHost: front.url, token }],
      lookUps: [module, provider].map((each) => ({ ...each, registryUrls })),
    })

    expect(found.map((each) => each?.releases)).toEqual([bothVersions, bothVersions])
    expect(front.find('/v1/modules/acme/vpc/aws/versions').headers.authorization).toBe(`Bearer ${token}`)
    expect(front.find('/v1/providers/acme/greeter/versions').answer.status).toBe(200)
  })

  test('finds nothing of them without a token', async () => {
    const registryUrls = [registry.url]

    const found = await lookUp({
      hostRules: [],
      lookUps: [module, provider].map((each) => ({ ...each, registryUrls })),
    })

    expect(found).toEqual([null, null])
  })

  test.skipIf(!canTrustAuthorities)(
    'finds versions, release dates and sources with its look-ups for the public registry, where its name leads here',
    async () => {
      const { front, env } = await asPublicRegistry(registry.url)

      const found = await lookUp({ hostRules: [{ matchHost: publicName, token }], lookUps: [module, provider] }, env)

      expect(found).toEqual([
        expect.objectContaining({
          releases: [
            expect.objectContaining({ version: '1.0.0' }),
            expect.objectContaining({ version: '1.1.0', releaseTimestamp: '2026-02-03T04:05:06.789Z' }),
          ],
          sourceUrl: 'https://git.example/acme/module',
        }),
        expect.objectContaining({
          releases: [
            expect.objectContaining({ version: '1.0.0' }),
            expect.objectContaining({ version: '1.1.0', releaseTimestamp: '2026-03-04T05:06:07.891Z' }),
          ],
          sourceUrl: 'https://git.example/acme/provider',
        }),
      ])
      expect(front.requests()).toContain('GET /v1/modules/acme/vpc/aws')
      expect(front.requests()).toContain('GET /v1/providers/acme/greeter')
    },
  )

  test('finds the release date of every version, and the source, as a custom datasource, over http with a token', async () => {
    const dated = (kind: string, address: string, path: string, transform: string) => ({
      datasource: `custom.${kind}`,
      packageName: address,
      customDatasources: {
        [kind]: { defaultRegistryUrlTemplate: `${registry.url}${path}`, transformTemplates: [transform] },
      },
    })

    const found = await lookUp({
      hostRules: [{ matchHost: registry.url, token }],
      lookUps: [
        dated(
          'cadastre-module',
          'acme/vpc/aws',
          '/api/v1/modules/{{packageName}}/versions?limit=100',
          '{"releases": items.{"version": version, "releaseTimestamp": publishedAt}, "sourceUrl": items[source][0].source.url, "sourceDirectory": items[source][0].source.folder}',
        ),
        dated(
          'cadastre-provider',
          'acme/greeter',
          '/v2/providers/{{packageName}}?include=provider-versions',
          '{"releases": included.{"version": attributes.version, "releaseTimestamp": attributes."published-at"}, "sourceUrl": data.attributes.source}',
        ),
      ],
    })

    const dates = found.map((each) =>
      each?.releases.map(({ version, releaseTimestamp }) => [version, releaseTimestamp]),
    )
    expect(dates).toEqual([
      [
        ['1.0.0', '2026-01-01T00:00:00.000Z'],
        ['1.1.0', '2026-02-03T04:05:06.789Z'],
      ],
      [
        ['1.0.0', '2026-01-01T00:00:00.000Z'],
        ['1.1.0', '2026-03-04T05:06:07.891Z'],
      ],
    ])
    expect(found[0]).toMatchObject({ sourceUrl: 'https://git.example/acme/module', sourceDirectory: 'modules/vpc' })
    expect(found[1]?.sourceUrl).toBe('https://git.example/acme/provider')
  })
})

type Asked = { hostRules: { matchHost: string; token: string }[]; lookUps: object[] }

async function lookUp(asked: Asked, env: Record<string, string> = {}): Promise<Found[]> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./renovate/look-up.mjs', import.meta.url))], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'fatal', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(asked))
  return (await json(child.stdout)) as Found[]
}

/** As in a network that leads the name of the public registry to one of its own. */
async function asPublicRegistry(target: string): Promise<{ front: Front; env: Record<string, string> }> {
  const authority = await makeAuthority()
  onTestFinished(() => authority.remove())
  const certificate = await authority.issue('leaf', `subjectAltName=DNS:${publicName}`)
  const front = await startFront(target, {}, { authority, certificate })
  const proxy = createServer()
  proxy.on('connect', ({ url }, socket) => {
    if (url !== `${publicName}:443`) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const onward = connect(Number(new URL(front.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [socket, onward]) end.on('error', () => [socket, onward].map((each) => each.destroy()))
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void proxy.close())
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  return { front, env: { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: authority.file } }
}
