/**
 * The registry of the public world: a `host` block leads terraform and tofu here for addresses of another registry. All
 * metadata comes from the catalogue; zips, sums, signatures and repositories from where they lie, a server of the test.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk } from '../cli/test/cadastre.ts'
import {
  importFiles,
  knowVersionsAlone,
  moduleFile,
  providerFile,
  publicHost,
} from '../server/test/catalogue/imported.ts'
import { expectStatus } from '../server/test/client.ts'
import { freePort } from '../server/test/free-port.ts'
import { givenUser } from '../server/test/people.ts'
import { type Dist, makeDist, makeSigningKey } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { inChromium } from './browser.ts'
import { type Front, startFront } from './front.ts'
import { allow, keptTokens, openAs, startLogin } from './login.ts'
import { addKey, allPlatforms, lockedHashes, lockFile, platform, publish, sha256, zipName } from './providers.ts'
import { calling, eachProgram, onPath, type Program, requiring, type Workplace, workplace } from './terraform.ts'

const greeter = `${publicHost}/acme/greeter`
const chooser = `${publicHost}/hashicorp/chooser`
const email = 'ada@acme.example'
const otherHost = 'registry.other.example'
const vpc = `${publicHost}/acme/vpc/aws`

let registry: TestRegistry
/** A registry whose API tells versions alone. */
let other: TestRegistry
let downloads: DownloadHost
let repositories: Repositories | undefined
let token: string
beforeAll(async () => {
  const port = await freePort()
  registry = await startRegistry({
    env: { TFR_SERVER_PORT: String(port), TFR_SERVER_BASE_URL: `http://127.0.0.1:${port}` },
  })
  const id = await givenUser(registry, email)
  await registry.admin.send('PUT', `/api/v1/organizations/default/members/${id}`, { roles: ['viewer'] })
  const key = await makeSigningKey()
  const stranger = await makeSigningKey({ name: 'Somebody else' })
  const dists = {
    'acme/greeter': [await signed('greeter', '1.2.0'), await signed('greeter', '1.1.0')],
    'hashicorp/chooser': [await signed('chooser', '3.0.0')],
    'acme/foreign': [await makeDist({ type: 'foreign', version: '1.0.0', platforms: [platform], key: stranger })],
  }
  downloads = await serveDownloads(Object.values(dists).flat())
  repositories = onPath('git') ? await makeRepositories(['v1.0.0', 'v1.1.0', 'v2.0.0']) : undefined
  await importFiles(registry, {
    'providers/a/acme/greeter.json': {
      versions: dists['acme/greeter'].map(released),
      warnings: ['Say hello yourself.'],
    },
    'providers/h/hashicorp/chooser.json': { versions: dists['hashicorp/chooser'].map(released) },
    'providers/a/acme/foreign.json': { versions: dists['acme/foreign'].map(released) },
    'providers/a/acme/elsewhere.json': providerFile('acme/elsewhere', [{ version: '1.0.0', platforms: ['plan9_386'] }]),
    'keys/a/acme/provider.asc': key.armoredPublic,
    'keys/h/hashicorp/chooser/provider.asc': key.armoredPublic,
    'modules/a/acme/vpc/aws.json': moduleFile('v2.0.0', 'v1.1.0', 'v1.0.0', 'nightly'),
  })
  other = await startRegistry()
  await other.given.namespace('world')
  await addKey(other, 'world')
  await publish(other, 'world', await signed('greeter', '1.0.0'))
  expectStatus(await other.admin.publishModule('world/vpc/aws', '1.0.0'), 201)
  const ofWorld = {
    'modules/w/world/vpc/aws.json': moduleFile('1.0.0'),
    'providers/w/world/greeter.json': providerFile('world/greeter', [{ version: '1.0.0', platforms: allPlatforms }]),
  }
  await importFiles(registry, ofWorld, { hostname: otherHost })
  token = await registry.given.key(['modules:read', 'providers:read'])
})
afterAll(async () => {
  downloads?.close()
  await repositories?.remove()
  await registry?.stop()
  await other?.stop()
})

const signed = (type: string, version: string) => makeDist({ type, version, platforms: allPlatforms })

eachProgram((program) => {
  test('providers of a public registry are resolved here and installed from where they lie', async () => {
    const requires = { [greeter]: '~> 1.1', [chooser]: undefined }
    const { front, cli } = await machine(program, { 'main.tf': requiring(requires) })

    const { code, text } = await cli.run('init')

    expect(code, text).toBe(0)
    for (const installed of [`${greeter} v1.2.0`, `${chooser} v3.0.0`])
      expect(text).toMatch(new RegExp(`Installed ${installed} \\((self-)?signed, key ID`))
    expect(text).toContain('Say hello yourself.')
    expect(front.requests().sort()).toEqual(
      [
        `GET /v1/upstream/${publicHost}/providers/acme/greeter/versions`,
        `GET /v1/upstream/${publicHost}/providers/acme/greeter/1.2.0/download/${platform.replace('_', '/')}`,
        `GET /v1/upstream/${publicHost}/providers/hashicorp/chooser/versions`,
        `GET /v1/upstream/${publicHost}/providers/hashicorp/chooser/3.0.0/download/${platform.replace('_', '/')}`,
      ].sort(),
    )
    const hashes = lockedHashes(await lockFile(cli))
    for (const on of allPlatforms)
      expect(hashes).toContain(`zh:${sha256(downloads.files.get(zipName({ type: 'greeter', version: '1.2.0' }, on))!)}`)
  })

  test.each([
    [greeter, '~> 9.0', /no available releases match the given constraints ~> 9\.0/],
    [`${publicHost}/acme/nothing`, undefined, /does not have a provider named \S+\/acme\/nothing/],
    [`${publicHost}/acme/elsewhere`, undefined, /does not have a package available for your current platform/],
    [`${publicHost}/acme/foreign`, undefined, /authentication signature from unknown issuer/],
  ])('of %s %s is told why it cannot be installed', async (source, version, says) => {
    const { cli } = await machine(program, { 'main.tf': requiring({ [source]: version }) })

    const { code, text } = await cli.run('init')

    expect(code).toBe(1)
    expect(text).toMatch(says)
  })

  test('of a registry that told versions alone, the client fetches the rest itself', async () => {
    const files = {
      'main.tf':
        requiring({ [`${otherHost}/world/greeter`]: '~> 1.0' }) + calling(`${otherHost}/world/vpc/aws`, '~> 1.0'),
    }
    const address = await elsewhere()
    await knowVersionsAlone(registry, otherHost, address)
    const { front, cli } = await machine(program, files, { hostname: otherHost })

    const { code, text } = await cli.run('init')

    expect(code, text).toBe(0)
    expect(await cli.installed()).toMatchObject({ it: '1.0.0' })
    expect(text).toMatch(new RegExp(`Installed ${otherHost}/world/greeter v1.0.0 \\((self-)?signed, key ID`))
    const redirects = front.seen.filter(({ answer }) => answer.status === 302)
    expect(redirects.map(({ answer }) => new URL(String(answer.headers.location)).origin)).toEqual([address, address])
  })

  inChromium((visit) => {
    test('with the printed configuration, whoever signs in under the name of the public registry is served', async () => {
      const here = desk({ TFR_CLI_HOST: registry.url })
      const { json } = await here.run(['mirror', 'host', publicHost, '--json'])
      here.clear()
      const through = { host: publicHost, url: registry.url, cliConfig: json.data.config, trust: undefined }
      const cli = await workplace(program, { through, files: { 'main.tf': requiring({ [greeter]: undefined }) } })
      const page = await visit()

      const login = await startLogin(cli, publicHost)
      await openAs(page, email, login.address)
      await allow(page)

      expect((await login.running.ended).code).toBe(0)
      expect(Object.keys((await keptTokens(cli)).tokens)).toEqual([publicHost])
      const { code, text } = await cli.run('init')
      expect(code, text).toBe(0)
      expect(text).toContain(`Installed ${greeter} v1.2.0`)
    })
  })

  test('without a token, nobody is told more than that one is needed', async () => {
    const { cli } = await machine(program, { 'main.tf': requiring({ [greeter]: undefined }) }, { anonymous: true })

    const { code, text } = await cli.run('init')

    expect(code).toBe(1)
    expect(text).toMatch(/requires authentication credentials/)
  })

  test.skipIf(!onPath('git'))(
    'modules of a public registry are resolved here and fetched from their repository',
    async () => {
      const files = { 'main.tf': calling(vpc, '~> 1.0') + calling(vpc, undefined, 'newest') }
      const { front, cli } = await machine(program, files)
      await writeFile(join(cli.home, '.gitconfig'), repositories!.gitConfig)

      const { code, text } = await cli.run('init')

      expect(code, text).toBe(0)
      expect(await cli.installed()).toMatchObject({ it: '1.1.0', newest: '2.0.0' })
      expect(await cli.installedFile('it', 'version.txt')).toBe('v1.1.0')
      expect(
        front.requests().every((request) => request.startsWith(`GET /v1/upstream/${publicHost}/modules/acme/vpc/`)),
      ).toBe(true)
    },
  )

  test('of modules, too, a constraint that nothing fits names the newest version', async () => {
    const { cli } = await machine(program, { 'main.tf': calling(vpc, '~> 9.0') })

    const { code, text } = await cli.run('get')

    expect(code).toBe(1)
    expect(text).toMatch(/no available version of module .* matches the given version constraint/)
  })
})

/** The other registry, which names where things lie in full, as public ones do. @returns its address */
async function elsewhere(): Promise<string> {
  const { url } = await startFront(other.url, {
    change({ headers, ...reply }) {
      const location = headers['x-terraform-get']
      return { ...reply, headers: { ...headers, ...(location && { 'x-terraform-get': other.url + location }) } }
    },
  })
  // By another name than this registry has: clients take their token along to the same host.
  return url.replace('127.0.0.1', 'localhost')
}

/** A machine that asks this registry for whatever belongs to the public one. */
async function machine(
  program: Program,
  files: Record<string, string>,
  { anonymous = false, hostname = publicHost } = {},
): Promise<{ front: Front; cli: Workplace }> {
  const front = await startFront(registry.url)
  const upstream = `${front.url}/v1/upstream/${hostname}`
  const cliConfig = `host "${hostname}" {
  services = {
    "modules.v1"   = "${upstream}/modules/"
    "providers.v1" = "${upstream}/providers/"
  }
}
`
  const through = { host: hostname, url: front.url, cliConfig, trust: undefined }
  return { front, cli: await workplace(program, { through, files, ...(anonymous ? {} : { token }) }) }
}

/** As a folder of the registry says it. */
function released({ type, version, files, sumsName, signatureName }: Dist) {
  const zips = [...files].filter(([name]) => name.endsWith('.zip'))
  return {
    version,
    protocols: ['5.0', '6.0'],
    shasums_url: `${downloads.url}/${sumsName}`,
    shasums_signature_url: `${downloads.url}/${signatureName}`,
    targets: zips.map(([filename, content]) => {
      const [os, arch] = filename.slice(`terraform-provider-${type}_${version}_`.length, -'.zip'.length).split('_')
      return { os, arch, filename, download_url: `${downloads.url}/${filename}`, shasum: sha256(content) }
    }),
  }
}

type DownloadHost = { url: string; files: Map<string, Buffer>; close(): void }

async function serveDownloads(dists: Dist[]): Promise<DownloadHost> {
  const files = new Map(dists.flatMap((dist) => [...dist.files]))
  const server = createServer((request, response) => {
    const content = files.get(request.url!.slice(1))
    response.writeHead(content ? 200 : 404, { 'content-length': String(content?.length ?? 0) })
    response.end(request.method === 'HEAD' ? undefined : content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

type Repositories = { gitConfig: string; remove(): Promise<void> }

/** `acme/terraform-aws-vpc` with a commit for each tag, and what leads git there instead of to GitHub. */
async function makeRepositories(tags: string[]): Promise<Repositories> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-repositories-'))
  const repository = join(folder, 'acme', 'terraform-aws-vpc')
  const person = ['-c', 'user.name=Acme', '-c', 'user.email=releases@acme.example', '-c', 'commit.gpgsign=false']
  const git = (...args: string[]) => execFileSync('git', [...person, '-C', repository, ...args], { stdio: 'pipe' })
  execFileSync('git', ['init', '-q', repository], { stdio: 'pipe' })
  for (const tag of tags) {
    await writeFile(join(repository, 'version.txt'), tag)
    await writeFile(join(repository, 'main.tf'), `output "version" {\n  value = "${tag}"\n}\n`)
    git('add', '.')
    git('commit', '-q', '-m', tag)
    git('tag', tag)
  }
  return {
    gitConfig: `[url "file://${folder}/"]\n  insteadOf = https://github.com/\n[safe]\n  directory = *\n`,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
