/** What is different on a terminal: tables, a bar, questions. `script` (util-linux) lends one. */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectStatus } from '../../server/test/client.ts'
import { makeDist, makeSigningKey, writeDist } from '../../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { cadastreProgram, type Desk, desk } from './cadastre.ts'

const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

describe.skipIf(!hasScript)('on a terminal (needs script of util-linux)', () => {
  let registry: TestRegistry
  let here: Desk
  beforeAll(async () => {
    registry = await startRegistry()
    await registry.given.namespace('acme')
  })
  afterAll(() => registry.stop())
  beforeEach(() => {
    here = desk()
  })
  afterEach(() => here.clear())

  /** @param answer what is typed whenever a question has been asked */
  async function onTerminal(args: string[], env: Record<string, string> = {}, answer?: string) {
    const command = [process.execPath, cadastreProgram, ...args].map((word) => `'${word}'`).join(' ')
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: here.folder,
      env: {
        PATH: process.env.PATH,
        HOME: here.home,
        TERM: 'xterm',
        TFR_CLI_HOST: registry.url,
        TFR_CLI_TOKEN: registry.adminToken,
        ...env,
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let screen = ''
    let answered = 0
    child.stdout.setEncoding('utf8').on('data', (text) => {
      screen += text
      const asked = [...screen.matchAll(/(?:to do it|Password): /g)].length
      if (answer === undefined || answered === asked) return
      answered = asked
      child.stdin.write(answer)
    })
    const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)))
    return { code, screen: screen.replaceAll('\r\n', '\n') }
  }

  const given = async (address: string, version: string) =>
    expectStatus(await registry.admin.publishModule(address, version), 201)

  test('lists are tables with heads, bold where colours are wanted', async () => {
    await given('acme/table/aws', '1.0.0')

    const bold = await onTerminal(['module', 'list'])

    expect(bold.screen).toContain('\u001b[1mADDRESS         LATEST  DOWNLOADS  DESCRIPTION\u001b[22m\n')
    expect(bold.screen).toContain('acme/table/aws  1.0.0   0\n')
  })

  test.each([
    ['--no-color', ['--no-color'], {}],
    ['NO_COLOR', [], { NO_COLOR: '1' }],
    ['TERM=dumb', [], { TERM: 'dumb' }],
  ])('%s takes the colours away', async (_what, flags, env) => {
    await registry.admin.publishModule('acme/table/aws', '1.0.0')

    expect((await onTerminal(['module', 'list', ...flags], env)).screen).not.toContain('\u001b')
  })

  test('what was published is said in a line', async () => {
    here.write({ 'main.tf': '' })

    const { screen } = await onTerminal(['publish', 'module', '.', '--address', 'acme/line/aws', '--version', '1.0.0'])

    expect(screen).toMatch(/^Published acme\/line\/aws 1\.0\.0 \(1 file, \d+ bytes sent\)\.\nNext, /)
  })

  test('a provider that is published is a table first, and a line in the end', async () => {
    const { armoredPublic: armored } = await makeSigningKey()
    expectStatus(await registry.admin.send('POST', '/api/v1/namespaces/acme/signing-keys', { armored }), 201)
    const dist = await makeDist({ type: 'greeter', version: '1.2.0', platforms: ['linux_amd64', 'darwin_arm64'] })
    await writeDist(dist, join(here.folder, 'dist'))

    const { code, screen } = await onTerminal(['publish', 'provider', 'dist', '--namespace', 'acme'])

    expect(code).toBe(0)
    expect(screen).toMatch(
      /^PLATFORM +SIZE +SHA256 +STATE\nlinux_amd64 +\d+ bytes +[0-9a-f]{12} +to send\ndarwin_arm64 .*\n/,
    )
    expect(screen).toMatch(/\nPublished acme\/greeter 1\.2\.0 for 2 platforms \(5 files, [\d.]+ kB sent\)\.\nNext, /)
  })

  test('a large upload has a bar, and leaves no trace of it', async () => {
    here.write({ 'module.zip': Buffer.alloc(5_000_000, 'x') })

    const { screen } = await onTerminal([
      'publish',
      'module',
      'module.zip',
      '--address',
      'acme/bar/aws',
      '--version',
      '1.0.0',
    ])

    expect(screen).toMatch(/Sending =*-* \d+ % of 5\.0 MB/)
    expect(screen).toContain('not an archive')
  })

  test('a deletion is asked about, and done when its version is typed', async () => {
    await given('acme/asked/aws', '1.2.0')

    const { code, screen } = await onTerminal(['module', 'delete', 'acme/asked/aws', '1.2.0'], {}, '1.2.0\n')

    expect(code).toBe(0)
    expect(screen).toContain('downloaded 0 times')
    expect(screen).toContain('Deleted acme/asked/aws 1.2.0.\n')
  })

  test.each([
    ['another word', 'yes\n', 2],
    ['the end of input', '\u0004', 2],
    ['Ctrl-C', '\u0003', 130],
  ])('%s as an answer changes nothing', async (what, answer, code) => {
    const address = `acme/${what.toLowerCase().replaceAll(' ', '-')}/aws`
    await given(address, '1.2.0')

    expect((await onTerminal(['module', 'delete', address, '1.2.0'], {}, answer)).code).toBe(code)
    expectStatus(await registry.anonymous.get(`/v1/modules/${address}/1.2.0/download`), 204)
  })

  test('a password is asked for twice, and stays unseen', async () => {
    const words = ['admin', 'users', 'create', 'typed@acme.example', '--password']

    const { code, screen } = await onTerminal(words, {}, 'correct horse battery\n')

    expect(code).toBe(0)
    expect(screen).toContain('Added typed@acme.example, with a password; no roles yet.\n')
    expect(screen).not.toContain('horse')
  })

  test('nobody is asked in CI', async () => {
    await given('acme/ci/aws', '1.0.0')

    const refused = await onTerminal(['module', 'delete', 'acme/ci/aws', '1.0.0'], { CI: 'true' })

    expect(refused).toMatchObject({ code: 2, screen: expect.stringContaining('Say --yes to do it.') })
  })
})
