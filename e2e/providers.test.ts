/** Which providers, versions and platforms are installed, and what is said when there are none. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectStatus } from '../server/test/client.ts'
import { makeDist } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import {
  addKey,
  allPlatforms,
  arch,
  changingJson,
  documentOf,
  findRequest,
  isList,
  isMetadata,
  isZip,
  lockedHashes,
  lockFile,
  os,
  plain,
  platform,
  publish,
  tryToPublish,
  zipName,
} from './providers.ts'
import { eachProgram, requiring, type Workplace } from './terraform.ts'
import { eachWay } from './ways.ts'

const greeter = { type: 'greeter', version: '1.1.0', platforms: allPlatforms }
const provider = 'acme/greeter'
const other = platform === 'darwin_arm64' ? 'linux_amd64' : 'darwin_arm64'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await addKey(registry, 'acme')
  for (const version of ['1.0.0', '1.1.0', '2.0.0-rc1'])
    await publish(registry, 'acme', await makeDist({ ...greeter, version }))
  const kinds = { five: ['5.0'], six: ['6.0'], both: ['5.1', '6.0'], unsaid: null, four: ['4.0'] }
  for (const [type, protocols] of Object.entries(kinds))
    await publish(registry, 'acme', await makeDist({ type, version: '1.0.0', protocols, platforms: [platform] }))
  for (const [version, protocols] of [
    ['0.9.0', ['5.0']],
    ['1.0.0', ['4.0']],
  ] as const)
    await publish(
      registry,
      'acme',
      await makeDist({ type: 'aged', version, protocols: [...protocols], platforms: [platform] }),
    )
  await publish(registry, 'acme', await makeDist({ type: 'elsewhere', version: '1.0.0', platforms: [other] }))
  await publish(registry, 'acme', await makeDist({ type: 'old', version: '1.0.0', platforms: [platform] }))
  const message = 'Use acme/greeter, which greets in more languages.'
  expectStatus(await registry.admin.send('POST', '/api/v1/providers/acme/old/deprecate', { message }), 200)
})
afterAll(() => registry?.stop())

const init = ['init', '-input=false']

eachProgram((program) => {
  eachWay((way) => {
    test.each([
      [undefined, '1.1.0'],
      ['~> 1.0.0', '1.0.0'],
      ['2.0.0-rc1', '2.0.0-rc1'],
    ])('of version constraint %s the newest that fits is installed', async (version, installed) => {
      const { cli } = await way.machine(program, registry.url, { provider, version })

      const { code, text } = await cli.run(...init)

      expect(code, text).toBe(0)
      expect(await selections(cli)).toEqual([installed])
    })

    test.each([
      ['~> 3.0', /no available releases match the given constraints ~> 3\.0/],
      ['1.9.9', /no available releases match the given constraints 1\.9\.9/],
    ])('version constraint %s, which nothing fits, is told so', async (version, says) => {
      const { cli } = await way.machine(program, registry.url, { provider, version })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(says)
    })

    test('a provider that is not there is not found', async () => {
      const token = await registry.given.key(['providers:read'])
      const { front, cli } = await way.machine(program, registry.url, { provider: 'acme/nothing', token })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(/provider registry \S+ does not have a provider named \S+\/acme\/nothing/)
      expect(findRequest(front, isList).answer.status).toBe(404)
    })

    test('C-44 the list has strict versions without a v, each with its protocols and platforms', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider, front: plain })
      const platforms = allPlatforms.map((each) => ({ os: each.split('_')[0], arch: each.split('_')[1] }))

      const { code } = await cli.run(...init)

      const { versions } = documentOf(front, isList)
      expect(code).toBe(0)
      expect(versions.map(({ version }: { version: string }) => version)).toEqual(['2.0.0-rc1', '1.1.0', '1.0.0'])
      for (const each of versions) {
        expect(each.protocols).toEqual(['6.0'])
        expect(each.platforms).toHaveLength(platforms.length)
        expect(each.platforms).toEqual(expect.arrayContaining(platforms))
      }
    })

    test('C-44 a version that is none is refused at the upload', async () => {
      for (const version of ['1.2', 'latest', '1.0.0.0', '01.0.0']) {
        const answer = await tryToPublish(registry, 'acme', await makeDist({ ...greeter, version }))
        expect([version, answer.status, answer.json.code]).toEqual([version, 422, 'version-invalid'])
      }
    })

    test('C-44 a registry that lists one with a v cannot be installed from, or the client has learned to leave it out', async () => {
      const { cli } = await way.machine(program, registry.url, {
        provider,
        front: changingJson(isList, ({ versions }) => versions.push({ version: 'v9.9.9' })),
      })
      const { terraform_version } = JSON.parse((await cli.run('version', '-json')).said)
      const leavesOut = program.name === 'terraform' && Number(terraform_version.split('.')[1]) >= 13

      const { code, text } = await cli.run(...init)

      if (!leavesOut) expect(text).toMatch(/invalid version string "v9\.9\.9"/)
      expect(code).toBe(leavesOut ? 0 : 1)
    })

    test('C-45 the case of an address does not matter', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider })
      const written = requiring({ [`${front.host}/${provider}`]: undefined })
      await cli.write({ 'providers.tf': written.replace('/acme/greeter"', '/ACME/Greeter"') })

      const { code, text } = await cli.run(...init)

      expect(code, text).toBe(0)
      expect(findRequest(front, isList).path).toBe('/v1/providers/acme/greeter/versions')
      for (const path of ['versions', `1.1.0/download/${os}/${arch}`])
        expect((await registry.anonymous.get(`/v1/providers/ACME/Greeter/${path}`)).status).toBe(200)
    })

    test('C-46 what is said of a deprecated provider is printed after its installation', async () => {
      const { cli } = await way.machine(program, registry.url, { provider: 'acme/old' })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(0)
      expect(text).toMatch(/Warning: Additional provider information from registry/)
      expect(text).toContain('- acme/old is deprecated: Use acme/greeter, which greets in more languages.')
    })

    test.each([
      ['five', ['5.0']],
      ['six', ['6.0']],
      ['both', ['5.1', '6.0']],
      ['unsaid', ['5.0']],
    ])('C-47 the plugin protocols of acme/%s are said, and it installs', async (type, protocols) => {
      const { front, cli } = await way.machine(program, registry.url, { provider: `acme/${type}`, front: plain })

      const { code } = await cli.run(...init)

      expect(code).toBe(0)
      expect(documentOf(front, isMetadata).protocols).toEqual(protocols)
    })

    test('C-47 one that speaks protocol 4 alone does not install', async () => {
      const { cli } = await way.machine(program, registry.url, { provider: 'acme/four' })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(/No compatible versions of provider \S+\/acme\/four were found/)
    })

    test('C-48 from the list the client knows which version to go back to', async () => {
      const { cli } = await way.machine(program, registry.url, { provider: 'acme/aged' })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(/Incompatible provider version/)
      expect(text).toMatch(/downgrade to v0\.9\.0 or earlier/)
    })

    test('C-49 the metadata names the platform that was asked for', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider, front: plain })

      const { code } = await cli.run(...init)

      expect(code).toBe(0)
      expect(findRequest(front, isMetadata).path).toBe(`/v1/providers/acme/greeter/1.1.0/download/${os}/${arch}`)
      expect(documentOf(front, isMetadata)).toMatchObject({ os, arch })
    })

    test('C-49 another platform would be an error', async () => {
      const { cli } = await way.machine(program, registry.url, {
        provider,
        front: changingJson(isMetadata, (document) => Object.assign(document, { os: 'plan9', arch: 'mips' })),
      })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(/archive has incorrect target plan9_mips/)
    })

    test('C-50 a platform that the version does not have is not found', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider: 'acme/elsewhere' })

      const { code, text } = await cli.run(...init)

      expect(code).toBe(1)
      expect(text).toMatch(/does not have a package available for your current platform/)
      expect(findRequest(front, isMetadata).answer.status).toBe(404)
    })

    test('C-51 the platforms of the list are those that can be downloaded', async () => {
      for (const type of ['greeter', 'elsewhere']) {
        const { versions } = (await registry.anonymous.get(`/v1/providers/acme/${type}/versions`)).json
        const listed = versions[0].platforms.map((each: { os: string; arch: string }) => `${each.os}_${each.arch}`)
        for (const each of [...allPlatforms, 'solaris_amd64']) {
          const path = `/v1/providers/acme/${type}/${versions[0].version}/download/${each.replace('_', '/')}`
          const { status } = await registry.anonymous.get(path)
          expect([each, status]).toEqual([each, listed.includes(each) ? 200 : 404])
        }
      }
    })

    test('C-51 the client does not go by them', async () => {
      const { cli } = await way.machine(program, registry.url, {
        provider,
        front: changingJson(isList, ({ versions }) => {
          for (const each of versions) each.platforms = []
        }),
      })

      expect((await cli.run(...init)).code).toBe(0)
    })

    test('C-61 addresses in the metadata count from where a redirect led', async () => {
      const there = await way.front(registry.url)
      const { front, cli } = await way.machine(program, registry.url, {
        provider,
        front: {
          answer: ({ url }) =>
            isMetadata({ url }) ? { status: 302, headers: { location: there.url + url } } : undefined,
        },
      })

      const { code, text } = await cli.run(...init)

      const archives = (paths: string[]) => paths.filter((path) => path.includes('/archives/'))
      expect(code, text).toBe(0)
      expect(archives(front.requests())).toEqual([])
      expect(archives(there.requests()).length).toBeGreaterThanOrEqual(3)
    })

    test('C-61 they are relative to the registry, whatever it is called', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider, front: plain })

      const { code } = await cli.run(...init)

      const { download_url, shasums_url, shasums_signature_url } = documentOf(front, isMetadata)
      expect(code).toBe(0)
      for (const url of [download_url, shasums_url, shasums_signature_url])
        expect(url).toMatch(/^\/archives\/providers\/acme\/greeter\/1\.1\.0\//)
    })

    test('C-62 the signed address of the zip comes back as it went out, with whatever stands in its query', async () => {
      const more = '&z=%2F+%7e&archive=zip&checksum=md5:0&a=1'
      const { front, cli } = await way.machine(program, registry.url, {
        provider,
        front: {
          ...changingJson(isMetadata, (document) => {
            document.download_url += more
          }),
          path: (url) => url.replace(more, ''),
        },
      })

      const { code, text } = await cli.run(...init)

      expect(code, text).toBe(0)
      const asked = front.seen.filter(isZip)
      expect(asked.map(({ method }) => method)).toContain('GET')
      for (const { url } of asked) expect(url).toBe(documentOf(front, isMetadata).download_url)
    })

    test('C-70 init -json says the warning of the registry as a diagnostic, and nothing that is no JSON', async () => {
      const { cli } = await way.machine(program, registry.url, { provider: 'acme/old' })

      const { code, said } = await cli.run(...init, '-json')

      const lines = said
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(code).toBe(0)
      expect(lines).toContainEqual(
        expect.objectContaining({
          type: 'diagnostic',
          '@level': 'warn',
          diagnostic: expect.objectContaining({
            detail: expect.stringContaining('acme/old is deprecated: Use acme/greeter'),
          }),
        }),
      )
    })

    test('C-72 packages names every platform of the version, with the size and the hashes of its zip', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider, front: plain })

      const { code, text } = await cli.run(...init)

      expect(code, text).toBe(0)
      const { packages, shasum } = documentOf(front, isMetadata)
      expect(Object.keys(packages).sort()).toEqual([...allPlatforms].sort())
      for (const each of allPlatforms) {
        const metadata = (
          await registry.anonymous.get(`/v1/providers/acme/greeter/1.1.0/download/${each.replace('_', '/')}`)
        ).json
        const zip = (await registry.anonymous.get(metadata.download_url)).bytes
        expect(packages[each]).toEqual({
          hashes: [`zh:${metadata.shasum}`, expect.stringMatching(/^h1:[A-Za-z0-9+/]{43}=$/)],
          package_size: zip.length,
        })
        expect(metadata.packages).toEqual(packages)
      }
      const [zh, h1] = packages[platform].hashes
      expect(zh).toBe(`zh:${shasum}`)
      expect(lockedHashes(await lockFile(cli))).toEqual(expect.arrayContaining([zh, h1]))
    })

    test('C-94 what the client gets it may also ask for with HEAD, and other methods are answered with 405 in JSON', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider })

      const { code } = await cli.run(...init)

      const asked = front.seen.filter(({ method, path }) => method === 'GET' && !path.startsWith('/.well-known/'))
      expect(code).toBe(0)
      expect(asked).toHaveLength(5)
      for (const { url, answer } of asked) {
        const head = await registry.anonymous.head(url, { 'accept-encoding': 'gzip' })
        expect([url, head.status, head.bytes.length]).toEqual([url, 200, 0])
        expect(head.headers.get('content-length'), url).toBe(answer.headers['content-length'] ?? null)
        const wrong = await registry.anonymous.send('DELETE', url)
        expect([wrong.status, wrong.headers.get('allow'), wrong.json.errors.length], url).toEqual([405, 'GET, HEAD', 1])
      }
    })
  })

  describe('below a path prefix', () => {
    let below: TestRegistry
    beforeAll(async () => {
      below = await startRegistry({ env: { TFR_SERVER_BASE_URL: 'https://tools.example.test/registry' } })
      await below.given.namespace('acme')
      await addKey(below, 'acme')
      await publish(below, 'acme', await makeDist(greeter))
    })
    afterAll(() => below?.stop())

    eachWay((way) => {
      test('C-61 addresses in the metadata keep the prefix', async () => {
        const { front, cli } = await way.machine(program, new URL(below.url).origin, {
          provider,
          front: { ...plain, providers: '/registry/v1/providers/' },
        })

        const { code, text } = await cli.run(...init)

        const paths = front.seen.map(({ path }) => path).filter((path) => !path.startsWith('/.well-known/'))
        expect(code, text).toBe(0)
        expect(paths.filter((path) => !path.startsWith('/registry/'))).toEqual([])
        expect(findRequest(front, isZip).path).toMatch(new RegExp(`/${zipName(greeter)}$`))
      })
    })
  })
})

async function selections(cli: Workplace): Promise<string[]> {
  const { said } = await cli.run('version', '-json')
  return Object.values(JSON.parse(said).provider_selections)
}
