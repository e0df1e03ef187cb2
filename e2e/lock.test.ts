/** Dependency lock files: one from the registry holds for the mirror and the other way round, and `cadastre lock` completes them. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cadastreProgram } from '../cli/test/cadastre.ts'
import { publishProvider, trustKey, zipFolders } from '../server/test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { startFront } from './front.ts'
import {
  cliEnvironment,
  eachProgram,
  type Program,
  requiring,
  runToEnd,
  type Workplace,
  workplace,
} from './terraform.ts'
import { overTls } from './ways.ts'

const host = 'registry.example.test'
const lockFile = '.terraform.lock.hcl'
const platforms = ['linux_amd64', 'darwin_arm64', 'windows_amd64', 'linux_arm64']

/** One with a constraint and one without, since they are laid out differently; zips that name their folders among them. */
const required: Requires = { [`${host}/acme/greeter`]: '~> 1.0', [`${host}/acme/folders`]: undefined }

const onlyGreeter = { [`${host}/acme/greeter`]: '~> 1.0' }

let registry: TestRegistry
let reader: string
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_SERVER_HOSTNAMES: host } })
  await registry.given.namespace('acme', 'private')
  await trustKey(registry.admin, 'acme')
  await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.2.0' })
  await publishProvider(registry.admin, 'acme', { type: 'folders', version: '1.0.0', change: zipFolders })
  reader = await registry.given.key(['providers:read'])
})
afterAll(() => registry?.stop())

eachProgram((program) => {
  test('terraform adds nothing to what cadastre lock has written, and would have written the same', async () => {
    const [ours, theirs] = [await initialised(program), await initialised(program)]

    const said = await lock(ours)
    const written = await lockOf(ours)
    await lockAsClient(theirs, platforms)
    await lockAsClient(ours, platforms)

    expect(said.code, said.text).toBe(0)
    expect(written).toMatch(/^ {2}version {5}= "1\.2\.0"\n {2}constraints = "~> 1\.0"\n {2}hashes = \[\n/m)
    expect(await lockOf(theirs)).toBe(written)
    expect(await lockOf(ours)).toBe(written)
  })

  test('the same goes for some of the platforms', async () => {
    const some = ['darwin_arm64', 'windows_amd64']
    const [ours, theirs] = [await initialised(program), await initialised(program)]

    const said = await lock(ours, ...some.map((platform) => `--platform=${platform}`))
    await lockAsClient(theirs, some)

    expect(said.code, said.text).toBe(0)
    expect(await lockOf(ours)).toBe(await lockOf(theirs))
  })

  test('init is content with a completed lock file, and leaves it as it is', async () => {
    const cli = await initialised(program)
    await lock(cli)
    const written = await lockOf(cli)
    const elsewhere = await directly(program, { [lockFile]: written })

    const { code, text } = await elsewhere.run('init', '-lockfile=readonly')

    expect(code, text).toBe(0)
    expect(await lockOf(elsewhere)).toBe(written)
  })

  test('the block that the API gives is one that init takes', async () => {
    const blocks = await Promise.all(
      ['greeter/1.2.0', 'folders/1.0.0'].map((version) =>
        registry.as(reader).get(`/api/v1/providers/acme/${version}/lock?hostname=${host}`),
      ),
    )
    const cli = await directly(program, { [lockFile]: blocks.map(({ text }) => text).join('\n') })

    const { code, text } = await cli.run('init')

    expect(code, text).toBe(0)
    for (const { json, text } of blocks) {
      expect(json).toBeUndefined()
      for (const line of text.split('\n').filter((each) => each.startsWith('    ')))
        expect(await lockOf(cli)).toContain(line)
    }
  })

  overTls((tls) => {
    test('a lock file from the registry holds for the mirror', async () => {
      const locked = await lockOf(await initialised(program))
      const cli = await throughMirror(program, tls, { [lockFile]: locked })

      const { code, text } = await cli.run('init', '-lockfile=readonly')

      expect(code, text).toBe(0)
      expect(text).toContain('verified checksum')
      expect(await lockOf(cli)).toBe(locked)
    })

    test('a lock file from the mirror holds for the registry', async () => {
      const mirrored = await throughMirror(program, tls, {}, onlyGreeter)
      const first = await mirrored.run('init')
      const locked = await lockOf(mirrored)
      const cli = await directly(program, { [lockFile]: locked }, onlyGreeter)

      const { code, text } = await cli.run('init')

      expect(first.code, first.text).toBe(0)
      expect(locked).not.toContain('zh:')
      expect(code, text).toBe(0)
    })

    test('of zips that name their folders it holds, even for the mirror, only once it is completed', async () => {
      const mirrored = await throughMirror(program, tls)
      const first = await mirrored.run('init')
      const locked = await lockOf(mirrored)
      const said = await lock(mirrored)
      const completed = await lockOf(mirrored)

      // Clients record the hash of the unpacked zip, and compare that of the zip itself with it.
      const incomplete = await (await throughMirror(program, tls, { [lockFile]: locked })).run('init')
      const again = await (await throughMirror(program, tls, { [lockFile]: completed })).run('init')
      const direct = await directly(program, { [lockFile]: completed })
      await lockAsClient(direct, platforms)

      expect([first.code, said.code, incomplete.code, again.code]).toEqual([0, 0, 1, 0])
      expect(incomplete.text).toContain("doesn't match any of the checksums previously recorded")
      expect(await lockOf(direct)).toBe(completed)
    })
  })

  test('a lock file of other bytes is refused and left alone', async () => {
    const cli = await initialised(program)
    const foreign = (await lockOf(cli)).replace(/zh:[0-9a-f]{8}/, 'zh:00000000')
    await writeFile(join(cli.folder, lockFile), foreign)

    const { code, text } = await lock(cli)

    expect(code).toBe(8)
    expect(text).toContain('the lock file holds a hash that this registry does not know: zh:00000000')
    expect(await lockOf(cli)).toBe(foreign)
  })
})

type Requires = Record<string, string | undefined>

async function directly(
  program: Program,
  files: Record<string, string> = {},
  requires: Requires = required,
): Promise<Workplace> {
  const through = await startFront(registry.url)
  return workplace(program, { through, token: reader, files: { 'main.tf': requiring(requires), ...files } })
}

async function initialised(program: Program): Promise<Workplace> {
  const cli = await directly(program)
  const { code, text } = await cli.run('init')
  expect(code, text).toBe(0)
  return cli
}

async function throughMirror(
  program: Program,
  tls: Parameters<Parameters<typeof overTls>[0]>[0],
  files: Record<string, string> = {},
  requires: Requires = required,
): Promise<Workplace> {
  const front = await startFront(registry.url, {}, tls())
  const cliConfig = `provider_installation {\n  network_mirror {\n    url = "${front.url}/v1/mirror/"\n  }\n}\n`
  const through = { ...front, cliConfig }
  return workplace(program, { through, token: reader, files: { 'main.tf': requiring(requires), ...files } })
}

const lockOf = ({ folder }: Workplace) => readFile(join(folder, lockFile), 'utf8')

const lock = ({ folder }: Workplace, ...flags: string[]) =>
  runToEnd(process.execPath, [cadastreProgram, 'lock', folder, ...flags], folder, {
    ...cliEnvironment(join(folder, '..', 'home')),
    TFR_CLI_HOST: registry.url,
    TFR_CLI_TOKEN: reader,
  })

async function lockAsClient(cli: Workplace, wanted: string[]): Promise<void> {
  const { code, text } = await cli.run('providers', 'lock', ...wanted.map((platform) => `-platform=${platform}`))
  expect(code, text).toBe(0)
}
