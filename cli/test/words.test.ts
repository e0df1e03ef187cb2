/** How the command speaks: help, usage, versions, documents, completion. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { cadastreProgram, type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk()
})
afterEach(() => here.clear())

const asAdmin = () => ({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })

describe('cadastre alone', () => {
  test('says where you stand and what to do next', async () => {
    const stand = await here.run([], { env: asAdmin() })

    expect(stand.code).toBe(0)
    expect(stand.out).toBe(
      `registry\t${registry.url} (TFR_CLI_HOST)\ncaller\ttest admin (api-key)\ngrant\tadmin on platform\nserver\t0.1.0\ncadastre\t0.1.0\n`,
    )
    expect(stand.err).toContain('Next, claim a namespace:  cadastre namespace create NAME\n')
  })

  test('leads on from a namespace to a module to a list', async () => {
    await registry.given.namespace('acme')
    expect((await here.run([], { env: asAdmin() })).err).toContain('cadastre publish module DIR --address acme/')
    await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
    expect((await here.run([], { env: asAdmin() })).err).toContain('cadastre module list')
    expect((await here.run([], { env: { TFR_CLI_HOST: registry.url } })).err).toContain('cadastre login http:')
  })

  test('without a registry says how to come to one', async () => {
    const stand = await here.run(['--json'])

    expect(stand.code).toBe(0)
    expect(stand.json).toMatchObject({ schema: 'cadastre.status.v1', ok: true, data: { host: null } })
    expect(stand.json.next).toContainEqual({ why: 'or try one out', run: 'cadastre demo' })
  })

  test('without an answer ends with 7', async () => {
    expect(await here.run([], { env: { TFR_CLI_HOST: 'http://127.0.0.1:1' } })).toMatchObject({ code: 7, out: '' })
  })
})

describe('version', () => {
  test.each([['version'], ['--version']])('as %s is that of the command and of the registry', async (word) => {
    expect(await here.run([word!], { env: asAdmin() })).toMatchObject({
      code: 0,
      out: `cadastre\t0.1.0\nserver\t0.1.0\t${registry.url}\n`,
    })
  })

  test('is said without a registry, too, and remarks on one that does not answer', async () => {
    expect(await here.run(['version'])).toMatchObject({ code: 0, out: 'cadastre\t0.1.0\n', err: '' })
    const { json } = await here.run(['version', '--json', '--host', 'http://127.0.0.1:1'])
    expect(json).toMatchObject({ schema: 'cadastre.version.v1', data: { cli: '0.1.0', server: null } })
    expect(json.warnings).toEqual([expect.stringContaining('cannot be reached')])
  })
})

describe('help', () => {
  test.each([
    ['--help'],
    ['help'],
    ['publish module --help'],
    ['help token create'],
    ['module --help'],
    ['token list -h'],
  ])('by %s starts with examples, and ends with where to read on', async (words) => {
    const help = await here.run(words.split(' '))

    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toMatch(/^Examples:\n {2}cadastre/)
    expect(help.out).toMatch(/\nDocumentation: docs\/cli\.md\n$/)
  })

  test('costs little more than starting node: one file is loaded, and of it no more than that is run', async () => {
    await here.run(['--help'])
    const meter = `data:text/javascript,import { createRequire } from 'node:module';
      process.on('exit', () => {
        const { user, system } = process.cpuUsage();
        const loaded = Object.keys(createRequire('file:///').cache);
        process.stderr.write(JSON.stringify({ loaded, ms: (user + system) / 1000 }));
      })`
    const metered = (args: string[]) =>
      Array.from({ length: 7 }, () =>
        JSON.parse(spawnSync(process.execPath, ['--import', meter, ...args], { encoding: 'utf8' }).stderr),
      )
    // Processor time, since the machine may be busy with other tests. It may be a slow one as well.
    const costMs = (args: string[]) => Math.min(...metered(args).map(({ ms }) => ms))

    expect(metered([cadastreProgram, '--help'])[0].loaded).toEqual([
      expect.stringMatching(/[\\/]cli[\\/]dist[\\/]cadastre\.cjs$/),
    ])
    expect(costMs([cadastreProgram, '--help']) - costMs(['-e', '0'])).toBeLessThan(400)
  })

  test('of a family of commands is shown when its command is missing', async () => {
    const refused = await here.run(['publish'])

    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toMatch(/Usage: cadastre publish(.|\n)*A command is missing\./)
  })
})

describe('wrong usage', () => {
  test.each([
    [['modul', 'list'], 'Did you mean module?'],
    [['module', 'lst'], 'Did you mean list?'],
    [['module', 'list', '--namespce', 'x'], 'Did you mean --namespace?'],
    [['publish', 'provider', 'dist', '--namespce', 'x'], "not specified, and there is no option '--namespce'"],
    [['whoami', 'me'], "too many arguments for 'whoami'"],
    [['whoami', '--timeout', 'soon'], 'It has to be a number of seconds'],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
    [['--host', 'x', 'serve'], "flags of 'serve' stand after it"],
    [['whoami', '--host', 'https://user:pass@a.example'], 'does not name a registry'],
  ])('%j ends with 2 and a sentence', async (args, sentence) => {
    expect(await here.run(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
  })

  test.each([
    [['nonsense'], 'cadastre --help'],
    [['publsh', 'provider'], 'cadastre --help'],
    [['publish', './vpc'], 'cadastre publish --help'],
    [['token', 'create', 'ci'], 'cadastre token create --help'],
  ])('%j names the help that says more', async (args, help) => {
    expect((await here.run(args)).err).toContain(`Its help: ${help}\n`)
  })

  test('is a document, too, with --json', async () => {
    const refused = await here.run(['modul', '--json'])

    expect(refused).toMatchObject({ code: 2, err: '' })
    expect(refused.json).toEqual({
      schema: 'cadastre.error.v1',
      ok: false,
      exitCode: 2,
      error: {
        code: 'usage',
        detail: expect.stringContaining("unknown command 'modul'"),
        hint: 'Its help: cadastre --help',
      },
    })
  })
})

describe('--json', () => {
  test('holds the words of the registry when it refuses, but for how a key is sent', async () => {
    const refused = await here.run(['token', 'list', '--json'], { env: { TFR_CLI_HOST: registry.url } })

    expect(refused).toMatchObject({ code: 3, err: '' })
    expect(refused.json).toEqual({
      schema: 'cadastre.error.v1',
      ok: false,
      exitCode: 3,
      error: {
        code: 'sign-in-needed',
        detail: expect.any(String),
        hint: 'Sign in with cadastre login, or name an API key: in TFR_CLI_TOKEN, or with --token.',
        requestId: expect.any(String),
      },
    })
  })

  test('holds who is asking', async () => {
    expect((await here.run(['whoami', '--json'], { env: asAdmin() })).json).toMatchObject({
      schema: 'cadastre.whoami.v1',
      data: { host: registry.url, tokenFrom: 'TFR_CLI_TOKEN', name: 'test admin', kind: 'api-key', expiresAt: null },
    })
  })

  test('holds whose key it is, and until when', async () => {
    const { email } = await registry.given.user({ email: 'dev@acme.example' })
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const token = await registry.given.key(['modules:read'], { owner: email, expiresAt })

    const { out } = await here.run(['whoami'], { env: { TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: token } })

    expect(out).toContain(`caller\t${email}, with the key test modules:read\nuntil\t${expiresAt}\n`)
  })
})

test('a reader who has read enough is no error', async () => {
  const child = spawn(process.execPath, [cadastreProgram, 'completion', 'bash'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (text) => {
    err += text
  })

  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
  expect(err).toBe('')
})

describe('completion', () => {
  const hasBash = spawnSync('bash', ['--version']).status === 0

  test.skipIf(!hasBash).each([
    ['cadastre mod', ['module']],
    ['cadastre module ', ['list', 'versions', 'delete', 'restore']],
    ['cadastre publish module --ad', ['--address']],
    ['cadastre publish module ./dir --ver', ['--version', '--verbose']],
    ['cadastre token create ci --sc', ['--scope']],
    ['cadastre ser', ['serve']],
  ])('in bash of "%s" offers %j (needs bash)', async (line, offered) => {
    const { out } = await here.run(['completion', 'bash'])
    const words = line.split(' ')
    const list = words.map((word) => `'${word}'`).join(' ')
    const script = `${out}\nCOMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _cadastre; printf '%s\\n' "\${COMPREPLY[@]}"`

    const found = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n')

    expect(found).toEqual(expect.arrayContaining(offered))
    expect(found.filter((word) => !word.startsWith(words.at(-1)!))).toEqual([])
  })

  test.each([
    ['zsh', 'bashcompinit'],
    ['fish', "case 'module'"],
  ])('for %s holds its own form', async (shell, text) => {
    expect(await here.run(['completion', shell])).toMatchObject({ code: 0, out: expect.stringContaining(text) })
  })
})
