/** The first minutes with Cadastre: `npm start`, the two lines that it prints, stop, start again; two at once; and the demo. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../server/test/archives.ts'
import { clientOf } from '../server/test/client.ts'
import { freePort } from '../server/test/free-port.ts'
import { tokenForms } from '../web/src/account/token-forms.ts'
import { cliEnvironment, type Outcome, onPath, runToEnd } from './terraform.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const example = '/api/v1/modules/examples/network/generic/1.1.0'
const exampleProvider = '/api/v1/providers/examples/greeter/1.0.0'

let top: string
const running = new Map<ChildProcess, Promise<number>>()
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'cadastre-start-'))
  // Else PostgreSQL, which does not run as root, could not enter.
  await chmod(top, 0o755)
})
afterAll(async () => {
  for (const [child, ended] of running) {
    child.kill('SIGTERM')
    await ended
  }
  await rm(top, { recursive: true, force: true })
})

type Started = {
  url: string
  lines: string[]
  adminToken(): Promise<string>
  /** @returns the exit code */
  stop(): Promise<number>
}

/** As somebody types it in a shell of this checkout, with settings in the environment. */
async function start(args: string[], env: Record<string, string>): Promise<Started> {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: top,
      TFR_SERVER_PORT: String(port),
      TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: String(metricsPort),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number>((resolve) =>
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code ?? -1)
    }),
  )
  running.set(child, ended)
  const text = await saidUntil(child, /terraform init\n/)
  const lines = text.trimEnd().split('\n')
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    adminToken: async () => (await readFile(join(env.TFR_DATA_DIR!, 'admin-token'), 'utf8')).trim(),
    stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

const npmStart = (dataDir: string) => start([join(root, 'scripts/start.mjs')], { TFR_DATA_DIR: dataDir })

/** The last two lines that were printed, in a shell that knows nothing but PATH, beside a copy of what they install. */
async function runPrintedLines({ lines }: Started): Promise<Outcome> {
  const home = await mkdtemp(join(top, 'home-'))
  await cp(join(root, 'examples/consume/main.tf'), join(home, 'examples/consume/main.tf'))
  return runToEnd('sh', ['-ec', lines.slice(-2).join('\n')], home, cliEnvironment(home))
}

/** As the README tells people: the example is signed once, so a lock file of one machine is good on another. */
async function exampleKeyId(): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  return /self-signed, key ID ([0-9A-F]{16})`/.exec(readme)![1]!
}

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

const terraform = onPath('terraform')

describe.skipIf(process.platform === 'win32')('npm start', () => {
  let dataDir: string
  let registry: Started
  beforeAll(async () => {
    dataDir = join(top, 'first')
    registry = await npmStart(dataDir)
  })
  afterAll(() => registry?.stop())

  /** Of the example module and the example provider. They are counted a moment after they were asked for. */
  const downloads = async () => [
    (await clientOf(registry.url).get(example)).json.downloads,
    (await clientOf(registry.url).get(exampleProvider)).json.downloads,
  ]

  test('says in at most twelve lines where it is and what to do next, and leaves two files for it', async () => {
    const text = registry.lines.join('\n')

    expect(registry.lines.length).toBeLessThanOrEqual(12)
    expect(text).toContain(registry.url.replace('127.0.0.1', 'localhost'))
    expect(text).toMatch(/sign in .*\/setup\?token=[\w-]{43}$/m)
    expect(text).toMatch(/admin token .*admin-token$/m)
    expect(registry.lines.at(-2)!.trim()).toBe('cd examples/consume')
    expect(registry.lines.at(-1)!.trim()).toBe(`TF_CLI_CONFIG_FILE=${join(dataDir, 'cli.tfrc')} terraform init`)
    expect(await modeOf(join(dataDir, 'admin-token'))).toBe('600')
    expect(await modeOf(join(dataDir, 'cli.tfrc'))).toBe('600')
    expect((await clientOf(registry.url, await registry.adminToken()).get('/api/v1/whoami')).json).toMatchObject({
      kind: 'api-key',
      grants: [{ scopes: ['admin'] }],
    })
  })

  test.skipIf(!terraform)(`a new token works in each form that its page shows${named(terraform)}`, async () => {
    const [, data] = /id="page">(.*?)<\/script>/s.exec((await clientOf(registry.url).get('/')).text)!
    const created = await clientOf(registry.url, await registry.adminToken()).send('POST', '/api/v1/api-keys', {
      name: 'laptop',
      scopes: ['modules:read', 'providers:read'],
    })
    const forms = tokenForms(created.json.token, JSON.parse(data!))
    const home = await mkdtemp(join(top, 'token-'))
    const run = (line: string, folder = home) => runToEnd('sh', ['-ec', line], folder, cliEnvironment(home))
    const form = (label: RegExp) => forms.find((each) => label.test(each.label))!.text
    await writeFile(join(home, 'cli.tfrc'), form(/TF_CLI_CONFIG_FILE/))
    await cp(join(root, 'examples/consume/main.tf'), join(home, 'main.tf'))

    const init = await run(`TF_CLI_CONFIG_FILE=cli.tfrc terraform init`)
    const whoami = await run(`${form(/^cadastre$/)}\n'${process.execPath}' '${root}cli/bin/cadastre.mjs' whoami`)
    const curl = await run(form(/^curl$/))

    expect(forms).toHaveLength(3)
    expect(init.code, init.text).toBe(0)
    expect(whoami.code, whoami.text).toBe(0)
    expect(whoami.text).toContain('laptop')
    expect(curl.text).toContain('"name":"laptop"')
    await expect.poll(downloads).toEqual([1, 1])
  })

  test.skipIf(!terraform)(
    `the two lines install the examples, verified, and the downloads are counted${named(terraform)}`,
    async () => {
      const before = await downloads()
      const keyId = await exampleKeyId()

      const { code, text } = await runPrintedLines(registry)

      expect(code, text).toBe(0)
      expect(text).toMatch(/Terraform has been successfully initialized/)
      expect(text).toMatch(/Downloading registry\.localhost\/examples\/network\/generic 1\.1\.0 for network/)
      expect(text).toContain(`Installed registry.localhost/examples/greeter v1.0.0 (self-signed, key ID ${keyId})`)
      await expect.poll(downloads).toEqual(before.map((count) => count + 1))
    },
  )

  test.skipIf(!terraform)(`another one runs beside it, and knows nothing of it${named(terraform)}`, async () => {
    const other = await npmStart(join(top, 'second'))
    try {
      const { code, text } = await runPrintedLines(other)

      expect(code, text).toBe(0)
      expect(other.url).not.toBe(registry.url)
      expect((await clientOf(other.url, await registry.adminToken()).get('/api/v1/whoami')).status).toBe(401)
      expect((await clientOf(registry.url).get('/ready')).status).toBe(200)
    } finally {
      expect(await other.stop()).toBe(0)
    }
  })

  test('ends in order on an interrupt, and the next start has everything still', async () => {
    const token = await registry.adminToken()
    const published = await clientOf(registry.url, token).publishModule(
      'examples/mine/aws',
      '1.0.0',
      tarGz(moduleFiles()),
    )
    const before = (await clientOf(registry.url).get(example)).json

    const code = await registry.stop()
    registry = await npmStart(dataDir)

    const admin = clientOf(registry.url, token)
    expect(published.status).toBe(201)
    expect(code).toBe(0)
    expect(await registry.adminToken()).toBe(token)
    expect((await admin.get('/api/v1/modules/examples/mine/aws/1.0.0')).json.version).toBe('1.0.0')
    expect((await admin.get(example)).json).toEqual(before)
  })
})

describe.skipIf(process.platform === 'win32')('cadastre demo', () => {
  test('leaves nothing behind when it stops', async () => {
    // A closed folder is the harder case: PostgreSQL, which does not run as root, gets a place outside of it.
    const temporary = join(top, 'temporary')
    await mkdir(temporary, { mode: 0o700 })

    const demo = await start([join(root, 'cli/bin/cadastre.mjs'), 'demo'], { TMPDIR: temporary })
    const [dataDir] = (await readdir(temporary)).filter((name) => name.startsWith('cadastre-demo-'))
    const outside = await readFile(join(temporary, dataDir!, 'postgres.location'), 'utf8').catch(() => undefined)
    const client = clientOf(demo.url)
    const seeded = [(await client.get(example)).status, (await client.get(exampleProvider)).status]
    const saysSo = (await client.get('/')).text.includes('"isPassing":true')
    const code = await demo.stop()

    expect(saysSo).toBe(true)
    expect(seeded).toEqual([200, 200])
    expect(code).toBe(0)
    expect(await readdir(temporary)).toEqual([])
    expect(outside !== undefined && existsSync(outside.trim())).toBe(false)
  })
})

function named(program: string | undefined): string {
  return program ? '' : ' (terraform is not on PATH)'
}

function saidUntil(child: ChildProcess, end: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let [said, complained] = ['', '']
    child.stderr!.setEncoding('utf8').on('data', (more) => (complained += more))
    child.stdout!.setEncoding('utf8').on('data', (more) => {
      said += more
      if (end.test(said)) resolve(said)
    })
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}${complained}`)))
  })
}
