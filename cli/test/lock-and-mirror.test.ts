import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publishProvider, trustKey } from '../../server/test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk
let known: { h1: string[]; zh: string[] }
beforeAll(async () => {
  registry = await startRegistry({
    env: { TFR_SERVER_BASE_URL: 'https://registry.example.test:8443', TFR_SERVER_HOSTNAMES: 'registry.localhost' },
  })
  await registry.given.namespace('acme', 'private')
  await trustKey(registry.admin, 'acme')
  await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.0.0' })
  const { json } = await registry.admin.get('/api/v1/providers/acme/greeter/1.0.0/lock', { accept: 'application/json' })
  const [h1, zh] = ['h1:', 'zh:'].map((scheme) => json.hashes.filter((hash: string) => hash.startsWith(scheme)))
  known = { h1, zh }
})
afterAll(() => registry?.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
})
afterEach(() => here.clear())

const lockName = '.terraform.lock.hcl'
const block = (address: string, hashes: string[], version = '1.0.0') =>
  `provider "${address}" {\n  version = "${version}"\n  hashes = [\n${hashes.map((hash) => `    "${hash}",\n`).join('')}  ]\n}\n`
const lockFile = () => readFileSync(join(here.folder, lockName), 'utf8')
const null_ = block('registry.terraform.io/hashicorp/null', [`h1:${'c'.repeat(43)}=`], '3.2.4')

describe('lock', () => {
  test('completes what is of this registry, by whichever name, and names what it leaves alone', async () => {
    const names = () => [
      'registry.example.test:8443/acme/greeter',
      'registry.example.test/acme/greeter',
      'registry.localhost/acme/greeter',
      `${new URL(registry.url).host}/acme/greeter`,
    ]
    here.write({ [lockName]: [...names().map((name) => block(name, [known.h1[0]!])), null_].join('\n') })

    const { code, out, err } = await here.run(['lock'])

    expect(code, err).toBe(0)
    expect(lockFile()).toBe([...names().map((name) => block(name, [...known.h1, ...known.zh])), null_].join('\n'))
    expect(out).toBe(
      names()
        .map((name) => `${name}\t1.0.0\t${known.h1.length + known.zh.length - 1}\n`)
        .join(''),
    )
    expect(err).toBe('Not of this registry, and left alone: registry.terraform.io/hashicorp/null.\n')
  })

  test('says so when there is nothing to add, and does not write', async () => {
    here.write({ [lockName]: block('registry.localhost/acme/greeter', [...known.zh, ...known.h1]) })
    const before = statSync(join(here.folder, lockName)).ino

    const { code, out, err } = await here.run(['lock'])

    expect([code, out]).toEqual([0, 'registry.localhost/acme/greeter\t1.0.0\t0\n'])
    expect(err).toBe(`${lockName} is unchanged.\n`)
    expect(statSync(join(here.folder, lockName)).ino).toBe(before)
  })

  test('in another folder, for one platform, keeping the mode of the file and nothing beside it', async () => {
    here.write({ [`infra/${lockName}`]: block('registry.localhost/acme/greeter', []) })
    const path = join(here.folder, 'infra', lockName)
    chmodSync(path, 0o640)

    const { code, json } = await here.run(['lock', 'infra', '--platform', 'linux_amd64', '--json'])

    expect(code).toBe(0)
    expect(json).toMatchObject({
      schema: 'cadastre.lock.v1',
      ok: true,
      data: { changed: true, providers: [{ version: '1.0.0', added: known.zh.length + 1 }], leftAlone: [] },
    })
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(here.folder, 'infra'))).toEqual([lockName])
  })

  test('refuses a hash that the registry does not know with 8, and changes nothing', async () => {
    const before = block('registry.localhost/acme/greeter', [known.h1[0]!, `zh:${'0'.repeat(64)}`])
    here.write({ [lockName]: before })

    const { code, err } = await here.run(['lock'])

    expect(code).toBe(8)
    expect(err).toContain(`the lock file holds a hash that this registry does not know: zh:${'0'.repeat(64)}\n`)
    expect(lockFile()).toBe(before)
  })

  test.each([
    ['a version that the registry does not have', block('registry.localhost/acme/greeter', [], '9.9.9'), [], 4],
    ['a platform that the version is not for', block('registry.localhost/acme/greeter', []), ['plan9_386'], 4],
    ['what is no platform', block('registry.localhost/acme/greeter', []), ['linux'], 2],
    ['a file that terraform has not written', 'provider {}\n', [], 2],
  ])('refuses %s', async (_what, text, platforms, expected) => {
    here.write({ [lockName]: text })

    const { code } = await here.run(['lock', ...platforms.flatMap((platform) => ['--platform', platform])])

    expect(code).toBe(expected)
    expect(lockFile()).toBe(text)
  })

  test('without a lock file says who makes one', async () => {
    const { code, err } = await here.run(['lock'])

    expect(code).toBe(2)
    expect(err).toContain('Run terraform init first')
  })

  test('without a key learns nothing of a private namespace', async () => {
    here.write({ [lockName]: block('registry.localhost/acme/greeter', []) })

    expect(await here.run(['lock'], { env: { TFR_CLI_TOKEN: '' } })).toMatchObject({ code: 3, out: '' })
  })
})

describe('mirror config', () => {
  test('prints the block for the CLI configuration, and warns of what a port prevents', async () => {
    const { code, out, err } = await here.run(['mirror', 'config'])

    expect(code).toBe(0)
    expect(out).toBe(`provider_installation {
  network_mirror {
    url     = "https://registry.example.test:8443/v1/mirror/"
    include = ["registry.example.test/*/*", "registry.localhost/*/*"]
  }
  direct {
    exclude = ["registry.example.test/*/*", "registry.localhost/*/*"]
  }
}

# What is not public needs an API key, which is looked up by the host of the mirror:
# credentials "registry.example.test:8443" {
#   token = "…"
# }
`)
    expect(err).toContain('Warning: Providers whose address begins with registry.example.test:8443/ cannot be mirrored')
  })

  test('warns that plain http will be refused, and is one document with --json', async () => {
    const plain = await startRegistry({ env: { TFR_SERVER_BASE_URL: 'http://localhost:8080' } })
    const { json } = await here.run(['mirror', 'config', '--json', '--host', plain.url])
    await plain.stop()

    expect(json).toMatchObject({
      schema: 'cadastre.mirror.config.v1',
      data: { url: 'http://localhost:8080/v1/mirror/', hostnames: ['localhost'] },
    })
    expect(json.data.config).toMatch(/^provider_installation \{\n/)
    expect(json.warnings).toContainEqual(expect.stringContaining('plain http, which terraform and tofu refuse'))
  })
})

test('mirror host prints the block with which this registry answers for another', async () => {
  const { code, out } = await here.run(['mirror', 'host'])

  expect(code).toBe(0)
  expect(out).toBe(`host "registry.opentofu.org" {
  services = {
    "modules.v1"   = "https://registry.example.test:8443/v1/upstream/registry.opentofu.org/modules/"
    "providers.v1" = "https://registry.example.test:8443/v1/upstream/registry.opentofu.org/providers/"
    "login.v1" = {
      client      = "terraform-cli"
      grant_types = ["authz_code"]
      authz       = "https://registry.example.test:8443/oauth/authorize"
      token       = "https://registry.example.test:8443/oauth/token"
      ports       = [10000, 10010]
    }
  }
}

# What is not public needs an API key of this registry, which is looked up by the host of the address:
# terraform login registry.opentofu.org, or tofu login registry.opentofu.org; for a pipeline
# credentials "registry.opentofu.org" {
#   token = "…"
# }
`)
})
