import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz, zip } from '../../server/test/archives.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let token: string
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  token = await registry.given.key(['modules:write'])
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: token })
})
afterEach(() => here.clear())

const publish = (path: string, address: string, version: string, ...more: string[]) =>
  here.run(['publish', 'module', path, '--address', address, '--version', version, ...more])

async function publishedFiles(address: string, version: string): Promise<Record<string, string>> {
  const download = await registry.anonymous.get(`/v1/modules/${address}/${version}/download`)
  const link = new URL(download.headers.get('x-terraform-get')!, registry.url)
  const bytes = Buffer.from(await (await fetch(link)).arrayBuffer())
  const files: Record<string, string> = {}
  const tar = extract()
  tar.on('entry', (header, content, next) => {
    let text = header.type === 'symlink' ? `-> ${header.linkname}` : ''
    content.on('data', (chunk) => {
      text += chunk
    })
    content.on('end', () => {
      files[header.name] = text
      next()
    })
  })
  await new Promise<void>((resolve, reject) =>
    tar
      .on('finish', () => resolve())
      .on('error', reject)
      .end(gunzipSync(bytes)),
  )
  return files
}

describe('a folder', () => {
  test.each([
    ['.terraformignore', ['--address', 'acme/pipe/aws'], 6],
    ['cadastre.yaml', [], 2],
  ])('with a pipe in place of %s is not waited for', async (name, address, code) => {
    here.write({ 'main.tf': 'output "one" { value = 1 }\n' })
    execFileSync('mkfifo', [join(here.folder, name)])

    const run = await here.run(['publish', 'module', '.', '--version', '1.0.0', ...address])

    const sentence = `${name} cannot be read: it is something else than a file.`
    expect(run).toMatchObject({ code, err: expect.stringContaining(sentence) })
  })

  test('with a .terraformignore that never ends is not read to the end', async () => {
    here.write({ 'main.tf': 'output "one" { value = 1 }\n' })
    symlinkSync('/dev/zero', join(here.folder, '.terraformignore'))

    const run = await publish('.', 'acme/endless/aws', '1.0.0')

    expect(run).toMatchObject({ code: 6, err: expect.stringContaining('something else than a file') })
  })

  test.each([
    ['is larger than 64 KiB', '*.md\n'.repeat(20_000)],
    ['has more than 4096 characters in line 2', `a\n${'['.repeat(5000)}`],
    ['takes too long to go through', '*a*b*c\n'.repeat(8000)],
  ])('with a .terraformignore that %s is refused', async (why, rules) => {
    here.write({ 'main.tf': 'output "one" { value = 1 }\n', '.terraformignore': rules })
    for (let index = 0; index < 100; index += 1) here.write({ [`cb${'a'.repeat(200)}/${index}${'a'.repeat(200)}`]: '' })

    const run = await publish('.', 'acme/rules/aws', '1.0.0')

    expect(run).toMatchObject({ code: 6, err: expect.stringContaining(`.terraformignore ${why}`) })
    expect((await registry.anonymous.get('/api/v1/modules/acme/rules/aws')).status).toBe(404)
  })

  test('is published, and a second time is already published', async () => {
    here.write({ 'main.tf': 'output "one" { value = 1 }\n', 'modules/sub/main.tf': '', 'README.md': '# One\n' })

    const first = await publish('.', 'acme/twice/aws', 'v1.0.0')
    const second = await publish('.', 'acme/twice/aws', '1.0.0')

    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('Published acme/twice/aws 1.0.0 (3 files, ') })
    expect(first.out).toMatch(/^acme\/twice\/aws\t1\.0\.0\tpublished\t[0-9a-f]{64}\n$/)
    expect(second).toMatchObject({ code: 0, err: expect.stringContaining('already published with the same content') })
    expect(second.out).toMatch(/\talready-published\t/)
  })

  test('that was touched and moved, but not changed, is the same content', async () => {
    here.write({ 'a/main.tf': 'locals {}\n', 'b/main.tf': 'locals {}\n' })
    await publish('a', 'acme/moved/aws', '1.0.0')

    const again = await publish('b', 'acme/moved/aws', '1.0.0', '--json')

    expect(again.json).toMatchObject({
      schema: 'cadastre.publish.v1',
      ok: true,
      data: { outcome: 'already-published' },
    })
  })

  test('with other content under a published version is a conflict', async () => {
    here.write({ 'a/main.tf': 'locals {}\n', 'b/main.tf': 'variable "b" {}\n' })
    await publish('a', 'acme/changed/aws', '1.0.0')

    const refused = await publish('b', 'acme/changed/aws', '1.0.0')

    expect(refused.code).toBe(5)
    expect(refused.err).toContain('Versions never change.\nPublish 1.0.1.')
    expect(refused.out).toBe('')
  })

  test('that breaks more than its number says is published, and the warning names what and the number that would do', async () => {
    here.write({ 'a/main.tf': 'variable "gone" {\n  default = 1\n}\n', 'b/main.tf': '# nothing\n' })
    await publish('a', 'acme/promised/aws', '1.0.0')

    const plain = await publish('b', 'acme/promised/aws', '1.0.1', '--quiet')
    const json = await publish('a', 'acme/promised/aws', '1.0.2', '--json')

    expect(plain.code).toBe(0)
    expect(plain.err).toBe(
      'Warning: acme/promised/aws 1.0.1 changes more since 1.0.0 than its number says: 1 input was removed in a patch release. The input gone was removed. Publish it as 2.0.0, or take those changes back.\n',
    )
    expect(json.json).toMatchObject({
      ok: true,
      warnings: [expect.stringContaining('Publish it as 1.1.0')],
      next: [{ run: 'cadastre diff acme/promised/aws 1.0.1 1.0.2' }],
    })
  })

  test('goes without .git, .terraform and what .terraformignore names', async () => {
    here.write({
      'main.tf': '',
      '.git/HEAD': 'ref',
      '.terraform/modules/x/main.tf': '',
      'modules/sub/.terraform/providers/big': 'x',
      'modules/sub/main.tf': '',
      '.terraform.lock.hcl': '# kept',
      '.terraformignore': '# secrets\n*.tfvars\n!example.tfvars\n/build/\n',
      'secret.tfvars': 'x',
      'example.tfvars': 'y',
      'build/out': 'x',
      'modules/sub/build/kept': 'z',
    })

    expect(await publish('.', 'acme/ignored/aws', '1.0.0')).toMatchObject({ code: 0 })

    expect(Object.keys(await publishedFiles('acme/ignored/aws', '1.0.0')).sort()).toEqual([
      '.terraform.lock.hcl',
      '.terraformignore',
      'example.tfvars',
      'main.tf',
      'modules/sub/build/kept',
      'modules/sub/main.tf',
    ])
  })

  test('goes without state and crash logs, which are named, and values are warned of outside of examples', async () => {
    here.write({
      'main.tf': '',
      'terraform.tfstate': '{}',
      'terraform.tfstate.backup': '{}',
      'terraform.tfstate.d/dev/terraform.tfstate': '{}',
      'crash.log': 'x',
      '.terraform/x': 'x',
      'build/out': 'x',
      '.terraformignore': 'build/\n',
      'prod.tfvars': 'x',
      'examples/one/main.tf': '',
      'examples/one/terraform.tfvars': 'x',
    })

    const published = await publish('.', 'acme/state/aws', '1.0.0')

    expect(published.err).toContain(
      'Left out: .terraform/, build/, crash.log, terraform.tfstate, terraform.tfstate.backup, terraform.tfstate.d/.\n',
    )
    expect(published.err).toContain('Warning: prod.tfvars goes along, and it often holds secrets')
    expect(published.err).not.toContain('examples/one')
    expect(Object.keys(await publishedFiles('acme/state/aws', '1.0.0')).sort()).toEqual([
      ...['.terraformignore', 'examples/one/main.tf', 'examples/one/terraform.tfvars', 'main.tf', 'prod.tfvars'],
    ])
  })

  test('may have spaces and other letters in its name and in the names of its files', async () => {
    here.write({
      'mein Modül/main.tf': '',
      'mein Modül/日本語 と.md': 'hello',
      [`mein Modül/${'long-'.repeat(30)}.md`]: 'x',
    })

    expect(await publish('mein Modül', 'acme/letters/aws', '1.0.0')).toMatchObject({ code: 0 })

    const files = await publishedFiles('acme/letters/aws', '1.0.0')
    expect(files['日本語 と.md']).toBe('hello')
    expect(Object.keys(files)).toContain(`${'long-'.repeat(30)}.md`)
  })

  test('keeps links inside of it, also when they are written as absolute paths', async () => {
    here.write({ 'main.tf': '', 'docs/README.md': 'read' })
    symlinkSync('docs/README.md', join(here.folder, 'README.md'))
    symlinkSync(join(here.folder, 'main.tf'), join(here.folder, 'docs/absolute.tf'))

    expect(await publish('.', 'acme/links/aws', '1.0.0')).toMatchObject({ code: 0 })

    expect(await publishedFiles('acme/links/aws', '1.0.0')).toMatchObject({
      'README.md': '-> docs/README.md',
      'docs/absolute.tf': '-> ../main.tf',
    })
  })

  test.each([
    ['directly', '../elsewhere.tf'],
    ['as an absolute path', '/etc/hostname'],
    ['by way of another link', 'away/elsewhere.tf'],
  ])('with a link that leaves it %s is refused', async (_how, target) => {
    here.write({ 'elsewhere.tf': 'secret', 'module/main.tf': '' })
    symlinkSync('..', join(here.folder, 'module/away'))
    symlinkSync(target, join(here.folder, 'module/link.tf'))
    writeFileSync(join(here.folder, 'module/.terraformignore'), 'away\n')

    const refused = await publish('module', 'acme/leaving/aws', '1.0.0')

    expect(refused).toMatchObject({ code: 6, err: expect.stringContaining('"link.tf" links to') })
    expect(refused.err).toContain('outside of the module')
  })

  test.each([
    ['an empty one', {}, 'holds no files'],
    ['one without configuration', { 'README.md': 'x', 'deep/main.tf': '' }, 'no .tf or .tofu file at its top'],
  ])('is refused when it is %s', async (_what, files, sentence) => {
    mkdirSync(join(here.folder, 'module'))
    here.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`module/${path}`, text as string])))

    expect(await publish('module', 'acme/none/aws', '1.0.0')).toMatchObject({
      code: 6,
      err: expect.stringContaining(sentence),
    })
  })

  test.each(['main.tofu', 'main.tf.json'])('needs only a %s', async (name) => {
    here.write({ [name]: '{}' })

    expect(await publish('.', `acme/${name.replaceAll('.', '-')}/aws`, '1.0.0')).toMatchObject({ code: 0 })
  })

  test('keeps what can be executed executable', async () => {
    here.write({ 'main.tf': '', 'run.sh': '#!/bin/sh\n' })
    const plain = await publish('.', 'acme/plain/aws', '1.0.0', '--json')
    chmodSync(join(here.folder, 'run.sh'), 0o755)

    const executable = await publish('.', 'acme/executable/aws', '1.0.0', '--json')

    expect(executable.json.data.sha256).not.toBe(plain.json.data.sha256)
  })

  test('leaves cadastre.yaml out, with the token that it may hold, and names it', async () => {
    here.write({
      'main.tf': '',
      'cadastre.yaml': `address: acme/kept/aws\n`,
      'examples/one/cadastre.yaml': 'token: t\n',
    })

    const { json } = await here.run(['publish', 'module', '.', '--version', '1.0.0', '--json'])

    expect(json.data.leftOut).toEqual(['cadastre.yaml', 'examples/one/cadastre.yaml'])
    const { items } = (await registry.admin.get('/api/v1/modules/acme/kept/aws/1.0.0/files')).json
    expect(items.map(({ path }: { path: string }) => path)).toEqual(['main.tf'])
  })

  test('takes its address from cadastre.yaml, and its description from a flag', async () => {
    here.write({ 'main.tf': '', 'cadastre.yaml': 'address: acme/settings/aws\n' })

    const published = await here.run([
      'publish',
      'module',
      '.',
      '--version',
      '1.0.0',
      '--description',
      'Nets & sub–nets',
      '--json',
    ])

    expect(published.json.data).toMatchObject({ address: 'acme/settings/aws', description: 'Nets & sub–nets' })
  })
})

describe('an archive', () => {
  test.each([
    ['tar.gz', tarGz(moduleFiles())],
    ['zip', zip(moduleFiles())],
  ])('as %s is sent as it is', async (kind, bytes) => {
    here.write({ [`module.${kind}`]: bytes })

    const published = await publish(`module.${kind}`, `acme/${kind.replace('.', '-')}/aws`, '1.0.0')

    expect(published).toMatchObject({ code: 0, err: expect.stringContaining('Published') })
  })

  test('that holds state is published with a warning that says how to take it back', async () => {
    here.write({ 'module.tar.gz': tarGz(moduleFiles({ 'env/prod.tfstate': '{}' })) })

    const published = await publish('module.tar.gz', 'acme/stateful/aws', '1.0.0')

    expect(published).toMatchObject({ code: 0, err: expect.stringContaining('in the clear: env/prod.tfstate.') })
    expect(published.err).toContain('delete this one with cadastre module delete acme/stateful/aws 1.0.0')
  })

  test('that holds cadastre.yaml is published with a warning of the token that may stand there', async () => {
    here.write({ 'module.tar.gz': tarGz(moduleFiles({ 'cadastre.yaml': 'token: t' })) })

    const published = await publish('module.tar.gz', 'acme/told/aws', '1.0.0')

    expect(published).toMatchObject({
      code: 0,
      err: expect.stringContaining(
        'acme/told/aws 1.0.0 holds cadastre.yaml: whoever may read the module has the token',
      ),
    })
  })

  test('that is none is refused by the registry', async () => {
    here.write({ 'module.tar.gz': 'hello' })

    expect(await publish('module.tar.gz', 'acme/broken/aws', '1.0.0')).toMatchObject({
      code: 6,
      err: expect.stringContaining('not an archive'),
    })
  })
})

describe('before anything is sent', () => {
  test.each([
    ['two parts', ['--address', 'acme/vpc', '--version', '1.0.0'], 'NAMESPACE/NAME/SYSTEM'],
    ['a host', ['--address', 'reg.example.com/acme/vpc/aws', '--version', '1.0.0'], '--host reg.example.com'],
    ['a wrong system', ['--address', 'acme/vpc/AWS', '--version', '1.0.0'], 'The system "AWS" must be'],
    ['a reserved word', ['--address', 'acme/search/aws', '--version', '1.0.0'], 'reserved word'],
    ['a short version', ['--address', 'acme/vpc/aws', '--version', '1.0'], 'not a SemVer 2 version'],
    ['a leading zero', ['--address', 'acme/vpc/aws', '--version', '1.02.0'], 'not a SemVer 2 version'],
    ['no address', ['--version', '1.0.0'], 'The address of the module is missing'],
    ['no version', ['--address', 'acme/vpc/aws'], "'--version <version>' not specified"],
  ])('%s is wrong usage', async (_what, flags, sentence) => {
    here.write({ 'main.tf': '' })

    const refused = await here.run(['publish', 'module', '.', ...flags])

    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(sentence), out: '' })
  })

  test('a path that is not there is wrong usage', async () => {
    expect(await publish('nowhere', 'acme/vpc/aws', '1.0.0')).toMatchObject({
      code: 2,
      err: 'There is no folder or archive nowhere.\n',
    })
  })

  test('a dry run names what would be sent, and asks no registry', async () => {
    here.write({ 'main.tf': '', 'modules/a/main.tf': '', '.git/x': '' })

    const dry = await here.run(
      ['publish', 'module', '.', '--address', 'acme/vpc/aws', '--version', '1.0.0', '--dry-run'],
      { env: { TFR_CLI_HOST: '' } },
    )

    expect(dry).toMatchObject({ code: 0, out: 'main.tf\nmodules/a/main.tf\n' })
    expect(dry.err).toContain('acme/vpc/aws 1.0.0 would be sent')
    expect(dry.err).toContain('It was only packed')
  })

  test('a dry run asks the registry that is named what it would say, and publishes nothing', async () => {
    here.write({ 'a/main.tf': 'variable "gone" {\n  default = 1\n}\n', 'b/main.tf': '# nothing\n' })
    await publish('a', 'acme/tried/aws', '1.0.0')

    const dry = await publish('b', 'acme/tried/aws', '1.0.1', '--dry-run')
    const taken = await publish('b', 'acme/tried/aws', '1.0.0', '--dry-run')
    const json = await publish('b', 'acme/tried/aws', '2.0.0', '--dry-run', '--json')

    expect(dry).toMatchObject({ code: 0, out: 'main.tf\n' })
    expect(dry.err).toContain('acme/tried/aws 1.0.1 would be published; nothing was kept.')
    expect(dry.err).toContain('Its changes since 1.0.0 make a major step.')
    expect(dry.err).toContain('Publish it as 2.0.0')
    expect(taken.code).toBe(5)
    expect(json.json).toMatchObject({
      data: { outcome: 'dry-run', verdict: { outcome: 'would-publish', measuredStep: 'major', measuredFrom: '1.0.0' } },
      warnings: [],
    })
    expect((await here.run(['module', 'versions', 'acme/tried/aws'])).out.trim().split('\n')).toHaveLength(1)
  })
})

describe('refusals of the registry', () => {
  test('a namespace that nobody owns is not found', async () => {
    here.write({ 'main.tf': '' })

    expect(await publish('.', 'nobody/vpc/aws', '1.0.0')).toMatchObject({ code: 4 })
  })

  test('no token and a bad token are answered with 3', async () => {
    here.write({ 'main.tf': '' })
    const args = ['publish', 'module', '.', '--address', 'acme/vpc/aws', '--version', '1.0.0']

    expect(await here.run(args, { env: { TFR_CLI_TOKEN: '' } })).toMatchObject({ code: 3 })
    expect(await here.run([...args, '--token', 'tfr_wrong'])).toMatchObject({ code: 3 })
  })

  test('an archive that is too large is refused in words, although the upload is still running', async () => {
    here.write({ 'big.tar.gz': Buffer.alloc(101_000_000) })

    const refused = await publish('big.tar.gz', 'acme/big/aws', '1.0.0')

    expect(refused).toMatchObject({ code: 6, err: expect.stringContaining('The archive is larger than the 100 MB') })
  })
})

describe('progress', () => {
  test('is a line for every tenth where there is no terminal', async () => {
    here.write({ 'main.tf': '', 'noise.bin': noise(6_000_000) })

    const published = await publish('.', 'acme/large/aws', '1.0.0')

    const lines = published.err.split('\n').filter((line) => line.startsWith('Sent '))
    expect(published.code).toBe(0)
    expect(lines.at(-1)).toMatch(/^Sent 100 % of 6\.\d MB$/)
    expect(lines.length).toBeLessThanOrEqual(10)
  })

  test.each(['--quiet', '--json'])('is silent with %s', async (flag) => {
    here.write({ 'main.tf': '', 'noise.bin': noise(6_000_000) })

    const published = await publish('.', `acme/silent${flag}/aws`, '1.0.0', flag)

    expect(published).toMatchObject({ code: 0, err: '' })
  })
})

describe('an upload that does not come to its end', () => {
  /** A long way to the registry, which something happens on once the upload has begun. */
  async function longWay(happens: (way: Socket) => void): Promise<{ url: string; close(): void }> {
    const { hostname, port } = new URL(registry.url)
    const server = createServer((near) => {
      const far = connect(Number(port), hostname)
      far.pipe(near).on('error', () => {})
      far.on('error', () => {})
      let passed = 0
      near.on('data', (chunk) => {
        const before = passed
        passed += chunk.length
        if (passed < 1_000_000) far.write(chunk)
        else if (before < 1_000_000) happens(near)
      })
      near.on('close', () => far.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
  }

  const args = (address: string) => ['publish', 'module', '.', '--address', address, '--version', '1.0.0']

  async function expectNothingOf(address: string) {
    await expect.poll(() => registry.storedFiles().then((files) => files.join())).not.toContain('uploads')
    expect((await registry.admin.get(`/api/v1/modules/${address}/versions`)).status).toBe(404)
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('because of %s ends with %i, and leaves nothing anywhere', async (signal, code) => {
    here.write({ 'main.tf': '', 'noise.bin': noise(10_000_000) })
    const way = await longWay(() => running.child.kill(signal))
    const temporary = join(here.home, 'tmp')
    mkdirSync(temporary)
    const env = { TFR_CLI_HOST: way.url, TMPDIR: temporary }
    const running = here.start(args('acme/interrupted/aws'), { env })

    const ended = await running.ended

    expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining('Interrupted. Nothing was published.') })
    expect(readdirSync(temporary)).toEqual([])
    await expectNothingOf('acme/interrupted/aws')
    way.close()
  })

  test('because the connection is cut ends with 7, and leaves nothing published', async () => {
    here.write({ 'main.tf': '', 'noise.bin': noise(10_000_000) })
    const way = await longWay((near) => near.resetAndDestroy())

    const ended = await here.run(args('acme/severed/aws'), { env: { TFR_CLI_HOST: way.url } })

    expect(ended).toMatchObject({ code: 7, out: '', err: expect.stringContaining('the connection was cut') })
    await expectNothingOf('acme/severed/aws')
    way.close()
  })
})

/** Bytes that do not pack. */
function noise(bytes: number): Buffer {
  const noisy = Buffer.alloc(bytes)
  let state = 1
  for (let at = 0; at < bytes; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    noisy.writeUInt32LE(state, at)
  }
  return noisy
}
