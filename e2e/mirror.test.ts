/** Providers through the network mirror (C-69, C-73 … C-82). It is https alone, so there is one way. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dist } from '../server/test/provider-dist.ts'
import { publishProvider, trustKey, zipFolders } from '../server/test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { type Front, type FrontOptions, type Reply, startFront, type Tls } from './front.ts'
import { eachProgram, type Program, requiring, type Workplace, workplace } from './terraform.ts'
import { overTls } from './ways.ts'

const host = 'registry.example.test'
const greeter = `${host}/acme/greeter`

let registry: TestRegistry
let dist: Dist
let reader: string
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_SERVER_HOSTNAMES: host } })
  await registry.given.namespace('acme', 'private')
  await trustKey(registry.admin, 'acme')
  await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.0.0' })
  dist = await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.1.0' })
  await publishProvider(registry.admin, 'acme', { type: 'folders', version: '1.0.0', change: zipFolders })
  await publishProvider(registry.admin, 'acme', { type: 'elsewhere', version: '1.0.0', platforms: ['plan9_amd64'] })
  reader = await registry.given.key(['providers:read'])
})
afterAll(() => registry?.stop())

const allPlatforms = ['linux_amd64', 'darwin_arm64', 'windows_amd64', 'linux_arm64']

type Archive = { url: string; hashes: string[] }

type Wanted = {
  /** source → version constraint */
  requires?: Record<string, string | undefined>
  token?: string | null
  front?: FrontOptions
  /** of the mirror, below the front or complete */
  url?: string
  include?: string
  files?: Record<string, string>
}

eachProgram((program) =>
  overTls((tls) => {
    test('C-73 at an https address that ends in a slash the mirror installs', async () => {
      const { cli, front } = await machine(program, tls(), {})

      const { code, text } = await cli.run('init')

      expect(code, text).toBe(0)
      expect(text).toContain(`Installed ${greeter} v1.1.0 (verified checksum)`)
      expect(front.requests().filter((request) => request.includes('/v1/mirror/'))).toEqual([
        `GET /v1/mirror/${greeter}/index.json`,
        `GET /v1/mirror/${greeter}/1.1.0.json`,
      ])
    })

    test('C-73 plain http is refused by the client before it asks', async () => {
      const { cli, front } = await machine(program, tls(), { url: `${registry.url}/v1/mirror/` })

      const { code, text } = await cli.run('init')

      expect(code).not.toBe(0)
      expect(text).toContain('the mirror must be at an https: URL')
      expect(front.seen).toEqual([])
    })

    test('C-73 without the slash the last part of the address is lost', async () => {
      const { cli, front } = await machine(program, tls(), { url: '/v1/mirror' })

      const { code, text } = await cli.run('init')

      expect(code).toBe(1)
      expect(text).toContain('was not found in any of the search locations')
      expect(front.requests()).toEqual([`GET /v1/${greeter}/index.json`])
    })

    test('C-74 both documents are application/json, and a client takes no other', async () => {
      const asked = await machine(program, tls(), {})
      await asked.cli.run('init')
      const types = ['/index.json', '/1.1.0.json'].map((end) => asked.front.find(end).answer.headers['content-type'])

      const spoiled = await Promise.all(
        ['/index.json', '/1.1.0.json'].map(async (end) => {
          const { cli } = await machine(program, tls(), { front: { change: withType(end, 'text/json') } })
          return cli.run('init')
        }),
      )

      expect(types).toEqual(['application/json', 'application/json'])
      expect(spoiled.map(({ code }) => code)).toEqual([1, 1])
      for (const { text } of spoiled) expect(text).toContain('response has invalid Content-Type')
    })

    test('C-75 the index is an object keyed by version', async () => {
      const { cli, front } = await machine(program, tls(), { requires: { [greeter]: '~> 1.0.0' } })

      const { code, text } = await cli.run('init')

      expect(code, text).toBe(0)
      expect(text).toContain(`Installed ${greeter} v1.0.0`)
      expect(jsonOf(front, '/index.json')).toEqual({ versions: { '1.0.0': {}, '1.1.0': {} } })
    })

    test('C-75 an unknown provider is not found', async () => {
      const { cli, front } = await machine(program, tls(), { requires: { [`${host}/acme/nothing`]: undefined } })

      const { code, text } = await cli.run('init')

      expect(code).toBe(1)
      expect(text).toMatch(/was not found in any of the search locations - provider mirror at https:/)
      expect(front.find('/index.json').answer.status).toBe(404)
    })

    test('C-76 the address of the zip is relative to the document, and works without a token', async () => {
      const { cli, front } = await machine(program, tls(), {})

      const { code } = await cli.run('init')

      const { url } = jsonOf(front, '/1.1.0.json').archives.linux_amd64
      const zips = front.seen.filter(({ path }) => path.endsWith('.zip'))
      expect(code).toBe(0)
      expect(url).toMatch(/^\/archives\/providers\//)
      expect(zips.length).toBeGreaterThan(0)
      expect(zips.map(({ url, headers, answer }) => [url, headers.authorization, answer.status])).toEqual(
        zips.map(() => [url, undefined, 200]),
      )
    })

    test('C-77 both hashes are listed, also of a zip that names its folders', async () => {
      const { cli, front } = await machine(program, tls(), { requires: { [`${host}/acme/folders`]: undefined } })

      const { code, text } = await cli.run('init')

      expect(code, text).toBe(0)
      expect(text).toContain('(verified checksum)')
      expect(jsonOf(front, '/1.0.0.json').archives.linux_amd64.hashes).toEqual([
        expect.stringMatching(/^h1:/),
        expect.stringMatching(/^zh:/),
      ])
    })

    test('C-77 each of the two hashes is enough by itself', async () => {
      for (const scheme of ['h1:', 'zh:']) {
        const only = (hashes: string[]) => hashes.filter((hash) => hash.startsWith(scheme))
        const { cli } = await machine(program, tls(), {
          requires: { [`${host}/acme/folders`]: undefined },
          front: { change: withHashes(only) },
        })

        const { code, text } = await cli.run('init')

        expect(code, text).toBe(0)
        expect(text).toContain('(verified checksum)')
      }
    })

    const wrongZip = `zh:${'0'.repeat(64)}`
    test.each([
      ['a wrong one beside a right one passes', ([h1]: string[]) => [h1!, wrongZip], 0, '(verified checksum)'],
      ['none at all is said', () => [], 0, '(unauthenticated)'],
      ['a wrong one alone is refused', () => [wrongZip], 1, "doesn't match the expected checksum"],
    ])('C-77 of the hashes %s', async (_what, hashes, expected, sentence) => {
      const { cli } = await machine(program, tls(), { front: { change: withHashes(hashes) } })

      const { code, text } = await cli.run('init')

      expect(code, text).toBe(expected)
      expect(text).toContain(sentence)
    })

    test('C-78 a malformed hash fails before the download', async () => {
      const { cli, front } = await machine(program, tls(), { front: { change: withHashes(() => ['abc']) } })

      const { code, text } = await cli.run('init')

      expect(code).toBe(1)
      expect(text).toContain('hash string must start with a scheme keyword followed by a colon')
      expect(front.requests().filter((request) => request.endsWith('.zip'))).toEqual([])
    })

    test('C-79 a version without this platform says so', async () => {
      const { cli } = await machine(program, tls(), { requires: { [`${host}/acme/elsewhere`]: undefined } })

      const { code, text } = await cli.run('init')

      expect(code).toBe(1)
      expect(text).toContain('does not have a package available for your current platform')
    })

    test('C-79 a version that is deleted between the two documents has no archive index', async () => {
      await publishProvider(registry.admin, 'acme', { type: `going-${program.name}`, version: '1.0.0' })
      const { cli, front } = await machine(program, tls(), {
        requires: { [`${host}/acme/going-${program.name}`]: undefined },
        front: {
          async answer({ url }) {
            if (url.endsWith('/1.0.0.json'))
              await registry.admin.send('DELETE', `/api/v1/providers/acme/going-${program.name}/1.0.0`)
            return undefined
          },
        },
      })

      const { code, text } = await cli.run('init')

      expect(code).toBe(1)
      expect(text).toContain('does not have archive index for previously-reported')
      expect(front.find('/1.0.0.json').answer.status).toBe(404)
    })

    test('C-80 the token for host and port of the mirror goes to the documents alone', async () => {
      const { cli, front } = await machine(program, tls(), {})
      const without = await machine(program, tls(), { token: null })

      const { code } = await cli.run('init')
      const refused = await without.cli.run('init')

      const tokens = front.seen.map(({ path, headers }) => [path.endsWith('.json'), headers.authorization])
      expect(code).toBe(0)
      expect(tokens).toEqual(tokens.map(([isDocument]) => [isDocument, isDocument ? `Bearer ${reader}` : undefined]))
      expect(refused.code).toBe(1)
      expect(refused.text).toMatch(/host 127\.0\.0\.1:\d+ rejected the given authentication credentials/)
    })

    test('C-81 a provider whose host name has a port cannot be mirrored', async () => {
      const source = 'localhost:8443/acme/greeter'
      const { cli, front } = await machine(program, tls(), { requires: { [source]: undefined }, include: '*/*/*' })

      const { code, text } = await cli.run('init')

      expect(code).toBe(1)
      expect(text).toContain('unsupported protocol scheme')
      expect(front.seen).toEqual([])
    })

    test('C-82 the zip is that of the registry, so a lock with its checksum alone holds', async () => {
      const zip = dist.files.get('terraform-provider-greeter_1.1.0_linux_amd64.zip')!
      const checksum = createHash('sha256').update(zip).digest('hex')
      const lock = `provider "${greeter}" {\n  version = "1.1.0"\n  hashes = [\n    "zh:${checksum}",\n  ]\n}\n`
      const { cli, front } = await machine(program, tls(), { files: { '.terraform.lock.hcl': lock } })

      const { code, text } = await cli.run('init')

      const got = front.seen.find(({ method, path }) => method === 'GET' && path.endsWith('.zip'))!
      expect(code, text).toBe(0)
      expect(got.answer.body.equals(zip)).toBe(true)
    })

    test('C-82 another zip does not satisfy the lock', async () => {
      const lock = `provider "${greeter}" {\n  version = "1.1.0"\n  hashes = [\n    "${wrongZip}",\n  ]\n}\n`
      const { cli } = await machine(program, tls(), { files: { '.terraform.lock.hcl': lock } })

      const { code, text } = await cli.run('init')

      expect(code).toBe(1)
      expect(text).toContain("doesn't match any of the checksums previously recorded in the dependency lock file")
    })

    test('the alias of the mirror serves the same', async () => {
      const { cli } = await machine(program, tls(), { url: '/terraform/providers/' })

      const { code, text } = await cli.run('init')

      expect(code, text).toBe(0)
      expect(text).toContain('(verified checksum)')
    })
  }),
)

eachProgram((program) => {
  test('C-69 providers mirror makes the tree that this mirror answers with', async () => {
    // It asks the registry, whatever the configuration says of mirrors.
    const front = await startFront(registry.url)
    const cli = await workplace(program, {
      through: front,
      token: reader,
      files: { 'main.tf': requiring({ [`${host}/acme/folders`]: '1.0.0' }) },
    })

    const { code, text } = await cli.run(
      'providers',
      'mirror',
      ...allPlatforms.map((each) => `-platform=${each}`),
      'out',
    )

    const folder = join(cli.folder, 'out', host, 'acme/folders')
    const documents = ['index.json', '1.0.0.json']
    const [index, version] = await Promise.all(
      documents.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))),
    )
    const [ourIndex, ourVersion] = await Promise.all(
      documents.map((name) => registry.as(reader).get(`/v1/mirror/${host}/acme/folders/${name}`)),
    )
    expect(code, text).toBe(0)
    expect(index).toEqual(ourIndex!.json)
    expect(Object.keys(version.archives).sort()).toEqual(Object.keys(ourVersion!.json.archives).sort())
    for (const [platform, { url, hashes }] of Object.entries<Archive>(version.archives)) {
      const ours = ourVersion!.json.archives[platform] as Archive
      const { bytes } = await registry.anonymous.get(ours.url)
      expect(hashes).toEqual([ours.hashes[0]])
      expect(bytes.equals(await readFile(join(folder, url)))).toBe(true)
    }
  })
})

/** A machine whose configuration wants providers of the registry, and gets them through its mirror. */
async function machine(
  program: Program,
  tls: Tls,
  { requires = { [greeter]: undefined }, token = reader, front: options, url, include, files }: Wanted,
): Promise<{ front: Front; cli: Workplace }> {
  const front = await startFront(registry.url, options, tls)
  const mirror = new URL(url ?? '/v1/mirror/', front.url).href
  const cli = await workplace(program, {
    through: { ...front, cliConfig: throughMirror(mirror, include ?? `${host}/*/*`) },
    token: token ?? undefined,
    files: { 'main.tf': requiring(requires), ...files },
  })
  return { front, cli }
}

const throughMirror = (url: string, pattern: string) =>
  `provider_installation {\n  network_mirror {\n    url     = "${url}"\n    include = ["${pattern}"]\n  }\n}\n`

// biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
const jsonOf = (front: Front, pathEnd: string): any => parsed(front.find(pathEnd).answer)

const parsed = ({ headers, body }: { headers: NonNullable<Reply['headers']>; body: Buffer | string }) =>
  JSON.parse((headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString())

const withType =
  (pathEnd: string, type: string): NonNullable<FrontOptions['change']> =>
  (reply, { url }) =>
    url.endsWith(pathEnd) ? { ...reply, headers: { ...reply.headers, 'content-type': type } } : reply

/** Spoils the hashes of every version document. */
const withHashes =
  (change: (hashes: string[]) => string[]): NonNullable<FrontOptions['change']> =>
  (reply, { url }): Reply => {
    if (!/\/\d+\.\d+\.\d+\.json$/.test(url)) return reply
    const { archives } = parsed(reply)
    for (const archive of Object.values<Archive>(archives)) archive.hashes = change(archive.hashes)
    const { 'content-encoding': _packed, ...headers } = reply.headers
    return { ...reply, headers, body: JSON.stringify({ archives }) }
  }
