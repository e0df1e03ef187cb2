/** What a lock file remembers of a provider, and what becomes of it (C-64 … C-68). */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zip } from '../server/test/archives.ts'
import { expectStatus } from '../server/test/client.ts'
import { type Dist, makeDist, makeSigningKey, type TestKey } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { addKey, allPlatforms, isList, lockedHashes, lockFile, platform, publish, servingInstead } from './providers.ts'
import { eachProgram, requiring, type Workplace, workplace } from './terraform.ts'
import { eachWay } from './ways.ts'

const provider = 'acme/greeter'
const init = ['init', '-input=false']

let registry: TestRegistry
let dist: Dist
let key: TestKey
beforeAll(async () => {
  registry = await startRegistry()
  key = await makeSigningKey()
  await registry.given.namespace('acme')
  await addKey(registry, 'acme', key)
  dist = await makeDist({ type: 'greeter', version: '1.0.0', platforms: allPlatforms })
  await publish(registry, 'acme', dist)
})
afterAll(() => registry?.stop())

/** As on the machine of a colleague, who gets the configuration and the lock file. */
const forgetInstalled = (cli: Workplace) => rm(join(cli.folder, '.terraform'), { recursive: true })

eachProgram((program) =>
  eachWay((way) => {
    test('C-64 the lock file has one h1 of what was installed, and a zh for every line of the sums', async () => {
      const { cli } = await way.machine(program, registry.url, { provider })

      const { code } = await cli.run(...init)

      const hashes = lockedHashes(await lockFile(cli))
      const { packages } = (
        await registry.anonymous.get(`/v1/providers/acme/greeter/1.0.0/download/${platform.replace('_', '/')}`)
      ).json
      const [, h1] = packages[platform].hashes
      expect(code).toBe(0)
      expect(hashes.filter((hash) => hash.startsWith('zh:'))).toEqual(
        dist.sums
          .trimEnd()
          .split('\n')
          .map((line) => `zh:${line.slice(0, 64)}`)
          .sort(),
      )
      expect(hashes).toContain(h1)
      // OpenTofu from 1.12 on takes those of all platforms from the registry.
      if (program.name === 'terraform') expect(hashes.filter((hash) => hash.startsWith('h1:'))).toEqual([h1])
    })

    test('C-65 a second init asks for the list alone', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider })
      const codes = [(await cli.run(...init)).code]
      front.seen.length = 0

      codes.push((await cli.run(...init)).code, (await cli.run(...init, '-upgrade')).code)

      const list = 'GET /v1/providers/acme/greeter/versions'
      expect(codes).toEqual([0, 0, 0])
      expect(front.requests().filter((request) => !request.includes('/.well-known/'))).toEqual([list, list])
    })

    test('C-66 a version that is deleted can no longer be installed from a lock file, and can again when it is restored', async () => {
      const type = newType()
      await publish(registry, 'acme', await makeDist({ type, version: '1.0.0', platforms: [platform] }))
      await publish(registry, 'acme', await makeDist({ type, version: '1.1.0', platforms: [platform] }))
      const { cli } = await way.machine(program, registry.url, { provider: `acme/${type}` })
      const version = `/api/v1/providers/acme/${type}/1.1.0`

      const before = await cli.run(...init)
      expectStatus(await registry.admin.send('DELETE', version), 200)
      const deleted = await cli.run(...init)
      const upgraded = await cli.run(...init, '-upgrade')
      expectStatus(await registry.admin.send('POST', `${version}/restore`), 200)
      const restored = await cli.run(...init, '-upgrade')

      expect([before.code, deleted.code, upgraded.code, restored.code]).toEqual([0, 1, 0, 0])
      expect(deleted.text).toMatch(/the previously-selected version 1\.1\.0 is no longer available/)
      expect(upgraded.text).toMatch(/Installed \S+ v1\.0\.0/)
      expect(restored.text).toMatch(/v1\.1\.0/)
    })

    test('C-66 a version that is deprecated still installs from a lock file', async () => {
      const type = newType()
      await publish(registry, 'acme', await makeDist({ type, version: '1.0.0', platforms: [platform] }))
      const { cli } = await way.machine(program, registry.url, { provider: `acme/${type}` })

      const before = await cli.run(...init)
      const message = 'It greets too loudly.'
      expectStatus(
        await registry.admin.send('POST', `/api/v1/providers/acme/${type}/1.0.0/deprecate`, { message }),
        200,
      )
      await forgetInstalled(cli)
      const after = await cli.run(...init)

      expect([before.code, after.code]).toEqual([0, 0])
      expect(after.text).toContain('- Version 1.0.0 is deprecated: It greets too loudly.')
    })

    test('C-67 a version that is published never changes: other files are refused', async () => {
      const changed = await otherRelease()
      for (const name of [...changed.files.keys()].filter((each) => each.endsWith('.zip'))) {
        const path = `/api/v1/providers/acme/greeter/1.0.0/files/${name}`
        const answer = await registry.admin.send('PUT', path, changed.files.get(name))
        expect([answer.status, answer.json.code]).toEqual([409, 'version-exists'])
      }
    })

    test('C-67 a registry that changed one is not believed by whoever has a lock file', async () => {
      const honest = await way.machine(program, registry.url, { provider })
      const through = await way.front(registry.url, servingInstead(await otherRelease()))
      const deceived = await workplace(program, {
        through,
        files: { 'providers.tf': requiring({ [`${through.host}/${provider}`]: undefined }) },
      })

      const first = await honest.cli.run(...init)
      // Over TLS the name has a port, which is another one for each front.
      const lock = (await lockFile(honest.cli)).replace(honest.front.host, through.host)
      await deceived.write({ '.terraform.lock.hcl': lock })
      const second = await deceived.run(...init)

      expect(first.code).toBe(0)
      expect(second.code).toBe(1)
      expect(second.text).toMatch(/doesn't match any of the checksums previously recorded in the dependency lock file/)
    })

    test('C-68 a lock file can be made for every platform that there is', async () => {
      const { front, cli } = await way.machine(program, registry.url, { provider })
      const wanted = allPlatforms.map((each) => `-platform=${each}`)

      const { code, text } = await cli.run('providers', 'lock', ...wanted)

      const hashes = lockedHashes(await lockFile(cli))
      expect(code, text).toBe(0)
      expect(hashes.filter((hash) => hash.startsWith('h1:'))).toHaveLength(allPlatforms.length)
      expect(front.seen.filter((request) => isList(request)).length).toBeGreaterThanOrEqual(1)
    })

    test('C-68 the platform that there is not is named', async () => {
      const { cli } = await way.machine(program, registry.url, { provider })

      const { code, text } = await cli.run('providers', 'lock', `-platform=${platform}`, '-platform=solaris_amd64')

      expect(code).toBe(1)
      expect(text).toMatch(/provider \S+\/acme\/greeter 1\.0\.0 is not available for solaris_amd64/)
    })

    test('what a machine has installed is counted once for each download', async () => {
      const type = newType()
      await publish(registry, 'acme', await makeDist({ type, version: '1.0.0', platforms: [platform] }))
      const { cli } = await way.machine(program, registry.url, { provider: `acme/${type}` })

      const codes = [(await cli.run(...init)).code, (await cli.run(...init)).code]
      await forgetInstalled(cli)
      codes.push((await cli.run(...init)).code)

      const downloads = async () => (await registry.admin.get(`/api/v1/providers/acme/${type}/1.0.0`)).json.downloads
      expect(codes).toEqual([0, 0, 0])
      await expect.poll(downloads).toBe(2)
    })
  }),
)

/** Of the same version and by the same key, and yet another one. */
const otherRelease = () =>
  makeDist({
    type: 'greeter',
    version: '1.0.0',
    platforms: allPlatforms,
    key,
    change(files) {
      for (const name of files.keys())
        if (name.endsWith('.zip'))
          files.set(name, zip({ 'terraform-provider-greeter_v1.0.0': '#!/bin/sh\necho another\n' }))
    },
  })

let types = 0
function newType(): string {
  types += 1
  return `greeter-${types}`
}
