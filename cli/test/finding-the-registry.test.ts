import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Certificates, hasOpenssl, makeCertificates } from '../../server/test/certificates.ts'
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

const callerOf = (out: string) => /^caller\t(.*)$/m.exec(out)?.[1]

describe('host and token', () => {
  test('come from flags, before everything else', async () => {
    here.write({ 'cadastre.yaml': 'host: http://127.0.0.1:1\ntoken: nonsense\n' })

    const found = await here.run(['whoami', '--host', registry.url, '--token', registry.adminToken], {
      env: { TFR_CLI_HOST: 'http://127.0.0.1:2', TFR_CLI_TOKEN: 'nonsense' },
    })

    expect(found.code).toBe(0)
    expect(callerOf(found.out)).toBe('test admin (api-key)')
    expect(found.out).toContain('grant\tadmin on platform\n')
  })

  test('come from the environment, before cadastre.yaml', async () => {
    here.write({ 'cadastre.yaml': 'host: http://127.0.0.1:1\n' })

    const found = await here.run(['whoami'], {
      env: { TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken },
    })

    expect(callerOf(found.out)).toBe('test admin (api-key)')
  })

  test('come from cadastre.yaml, with a warning when others may read the token in it', async () => {
    const folder = here.write({ 'cadastre.yaml': `host: ${registry.url}\ntoken: ${registry.adminToken}\n` })
    chmodSync(join(folder, 'cadastre.yaml'), 0o600)
    const closed = await here.run(['whoami'])
    chmodSync(join(folder, 'cadastre.yaml'), 0o644)
    const open = await here.run(['whoami', '--json'])

    expect(callerOf(closed.out)).toBe('test admin (api-key)')
    expect(closed.err).toBe('')
    expect(open.json.warnings).toEqual([expect.stringContaining('chmod 600 cadastre.yaml')])
  })

  test.each([
    ['a broken file', 'host: [', 'cadastre.yaml cannot be read'],
    ['a list', '- host', 'has to be a list of settings'],
    ['a number as host', 'host: 12', 'host has to be a text'],
  ])('%s as cadastre.yaml is wrong usage', async (_what, content, sentence) => {
    here.write({ 'cadastre.yaml': content })

    expect(await here.run(['whoami'])).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
  })

  test('an unknown key of cadastre.yaml is a warning', async () => {
    here.write({ 'cadastre.yaml': `host: ${registry.url}\nhots: x\n` })

    expect(await here.run(['whoami'])).toMatchObject({
      code: 0,
      err: 'Warning: cadastre.yaml: hots is not known here; host, token, address are.\n',
    })
  })

  test("the token comes from terraform's own credentials", async () => {
    const { host, port } = new URL(registry.url)
    const at = { TFR_CLI_HOST: registry.url }
    mkdirSync(join(here.home, '.terraform.d'))
    writeFileSync(
      join(here.home, '.terraform.d/credentials.tfrc.json'),
      JSON.stringify({ credentials: { [host]: { token: registry.adminToken } } }),
    )
    const stored = await here.run(['whoami', '-v'], { env: at })
    writeFileSync(join(here.home, '.terraformrc'), `credentials "${host}" { token = "from-rc" }`)
    const configured = await here.run(['whoami', '-v'], { env: at })
    const variable = await here.run(['whoami', '-v'], {
      env: { ...at, [`TF_TOKEN_127_0_0_1:${port}`]: registry.adminToken },
    })

    expect(callerOf(stored.out)).toBe('test admin (api-key)')
    expect(stored.err).toContain('credentials.tfrc.json\n')
    expect(configured).toMatchObject({ code: 3, err: expect.stringContaining('.terraformrc') })
    expect(callerOf(variable.out)).toBe('test admin (api-key)')
  })

  test('with neither, the registry that runs on the data folder is taken, with its admin token', async () => {
    const data = join(here.folder, 'data')
    mkdirSync(data)
    const running = { address: registry.url, baseUrl: 'https://elsewhere.example/', pid: process.pid }
    writeFileSync(join(data, 'running.json'), JSON.stringify(running))
    writeFileSync(join(data, 'admin-token'), `${registry.adminToken}\n`)

    const found = await here.run(['whoami', '-v'], { env: { TFR_DATA_DIR: data } })

    expect(callerOf(found.out)).toBe('test admin (api-key)')
    expect(found.err).toBe(
      `Registry: ${registry.url} (the registry that runs on ${data})\nToken: ${join(data, 'admin-token')}\n`,
    )
  })

  test('a registry that has ended without cleaning up is not taken', async () => {
    const data = join(here.folder, 'data')
    mkdirSync(data)
    writeFileSync(
      join(data, 'running.json'),
      JSON.stringify({ address: registry.url, baseUrl: registry.url, pid: 2 ** 22 + 1 }),
    )

    expect(await here.run(['whoami'], { env: { TFR_DATA_DIR: data } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('No registry is named, and none runs here.'),
    })
  })

  test('a token is never sent in clear text across a network, nor printed', async () => {
    const refused = await here.run(['whoami', '-v'], {
      env: { TFR_CLI_HOST: 'http://registry.invalid', TFR_CLI_TOKEN: 'tfr_secret' },
    })

    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('plain http: the token is not sent there') })
    expect(refused.err).not.toContain('tfr_secret')
  })

  test('a token for another host is not sent, and -v says so', async () => {
    const found = await here.run(['whoami', '-v', '--host', registry.url], {
      env: { TFR_CLI_HOST: 'registry.example.com', TFR_CLI_TOKEN: registry.adminToken },
    })

    expect(callerOf(found.out)).toBe('nobody (not signed in)')
    expect(found.err).toContain('TFR_CLI_TOKEN is for registry.example.com and is not sent to')
  })
})

describe('what cannot be reached', () => {
  const servers: (Server | { close(): void; closeAllConnections(): void })[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  async function answering(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test.each([
    ['a port where nothing listens', 'http://127.0.0.1:1', 'nothing listens there'],
    ['a name that does not exist', 'registry.invalid', 'https://registry.invalid cannot be reached'],
  ])('%s ends with 7', async (_what, host, sentence) => {
    expect(await here.run(['whoami', '--host', host])).toMatchObject({
      code: 7,
      err: expect.stringContaining(sentence),
    })
  })

  test('silence ends with 7, after the time that --timeout gives', async () => {
    const url = await answering(() => {})

    expect(await here.run(['whoami', '--host', url, '--timeout', '0.3'])).toMatchObject({
      code: 7,
      err: expect.stringContaining('it was silent for 0.3 s'),
    })
  })

  test('a plain http server that is named like a host gets a hint', async () => {
    const url = await answering((_request, response) => response.end())

    expect(await here.run(['whoami', '--host', new URL(url).host])).toMatchObject({
      code: 7,
      err: expect.stringContaining(`--host ${url}`),
    })
  })

  test.each([
    ['another program', 200, '<html>', 7, 'is not a Cadastre registry'],
    ['a page that is not there', 404, '<html>', 7, 'is not a Cadastre registry'],
    ["a proxy's bad gateway", 502, '<html>', 7, 'answered 502'],
    ['a busy registry', 503, problem('unavailable', 'Try later.'), 7, 'Try later.'],
    ['a limit', 429, problem('too-many', 'Too many requests.'), 7, 'Too many requests.'],
    ['a fault', 500, problem('internal-error', 'The registry failed.'), 1, 'The registry failed.'],
    ['what would steer a terminal', 404, problem('x', 'A \u001b[31mred\nline.'), 4, 'A  [31mred line.'],
    ['what is gone', 410, problem('gone', 'It was deleted.'), 4, 'It was deleted.'],
  ])('%s (%s) is told in words', async (_what, status, body, code, sentence) => {
    const url = await answering((_request, response) => response.writeHead(status).end(body))

    expect(await here.run(['whoami', '--host', url])).toMatchObject({ code, err: expect.stringContaining(sentence) })
  })

  test('a redirect is not followed: the token is for the host that was named', async () => {
    const seen: IncomingMessage[] = []
    const target = await answering((request, response) => {
      seen.push(request)
      response.end('{}')
    })
    const url = await answering((_request, response) => response.writeHead(302, { location: `${target}/x` }).end())

    const refused = await here.run(['whoami', '--host', url, '--token', 'tfr_secret'])

    expect(refused).toMatchObject({ code: 7, err: expect.stringContaining(`name it: --host ${target}`) })
    expect(seen).toEqual([])
  })

  describe.skipIf(!hasOpenssl)('a host with TLS (needs openssl)', () => {
    let folder: string
    let certificates: Certificates
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'cadastre-tls-'))
      certificates = makeCertificates(folder)
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    /** In front of the registry, below `/tools`, as a proxy would be. */
    async function proxied(modules: unknown): Promise<{ host: string; paths: string[] }> {
      const paths: string[] = []
      const tls = { cert: readFileSync(certificates.cert), key: readFileSync(certificates.key) }
      const server = createSecureServer(tls, async (request, response) => {
        paths.push(`${request.url} ${request.headers.authorization ? 'with' : 'without'} token`)
        response.setHeader('content-type', 'application/json')
        if (request.url === '/.well-known/terraform.json')
          return response.end(JSON.stringify({ 'modules.v1': modules }))
        const authorization = request.headers.authorization ?? ''
        const answer = await fetch(registry.url + request.url!.replace('/tools', ''), { headers: { authorization } })
        return response.writeHead(answer.status).end(await answer.text())
      })
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
      return { host: `localhost:${(server.address() as AddressInfo).port}`, paths }
    }

    test('is trusted with --ca-file, and found behind the path that discovery names', async () => {
      const { host, paths } = await proxied('/tools/v1/modules/')
      const env = { TFR_CLI_HOST: host, TFR_CLI_TOKEN: registry.adminToken }

      const found = await here.run(['whoami', '--ca-file', certificates.ca], { env })

      expect(found).toMatchObject({ code: 0, out: expect.stringContaining(`host\thttps://${host}/tools\n`) })
      expect(callerOf(found.out)).toBe('test admin (api-key)')
      expect(paths).toEqual(['/.well-known/terraform.json without token', '/tools/api/v1/whoami with token'])
    })

    test('that announces its modules on another host is asked itself', async () => {
      const { host, paths } = await proxied('https://elsewhere.example/v1/modules/')

      await here.run(['whoami', '--ca-file', certificates.ca], {
        env: { TFR_CLI_HOST: host, TFR_CLI_TOKEN: registry.adminToken },
      })

      expect(paths.at(-1)).toBe('/api/v1/whoami with token')
    })

    test('without --ca-file is not trusted, and nothing is sent', async () => {
      const { host, paths } = await proxied('/v1/modules/')

      expect(await here.run(['whoami', '--host', host])).toMatchObject({
        code: 7,
        err: expect.stringMatching(/its certificate is not trusted.*\n.*--ca-file/),
      })
      expect(paths).toEqual([])
    })

    test('a --ca-file that is none is wrong usage', async () => {
      here.write({ 'empty.pem': 'hello' })

      expect(await here.run(['whoami', '--host', 'a.example', '--ca-file', 'empty.pem'])).toMatchObject({
        code: 2,
        err: expect.stringContaining('holds no certificate'),
      })
      expect(await here.run(['whoami', '--host', 'a.example', '--ca-file', 'none.pem'])).toMatchObject({ code: 2 })
    })
  })
})

describe('in a clone', () => {
  test('without packages, it says what to do', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'cadastre-clone-'))
    cpSync(dirname(cadastreProgram), join(clone, 'cli/bin'), { recursive: true })
    mkdirSync(join(clone, 'scripts'))
    writeFileSync(join(clone, 'scripts/build.mjs'), '')

    const refused = await here.run(['whoami'], { program: join(clone, 'cli/bin/cadastre.mjs') })

    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(`Run npm ci in ${clone}`) })
    rmSync(clone, { recursive: true })
  })

  test('it is built first when it is stale, with what is in the sources', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'cadastre-clone-'))
    cpSync(dirname(cadastreProgram), join(clone, 'cli/bin'), { recursive: true })
    mkdirSync(join(clone, 'scripts'))
    mkdirSync(join(clone, 'node_modules'))
    const builder = `import { mkdirSync, writeFileSync } from 'node:fs'
      export async function build({ only }) {
        mkdirSync(new URL('../cli/dist', import.meta.url), { recursive: true })
        writeFileSync(new URL('../cli/dist/cadastre.cjs', import.meta.url), 'console.log("built " + ' + JSON.stringify(JSON.stringify(only)) + ')')
      }`
    writeFileSync(join(clone, 'scripts/build.mjs'), builder)

    expect(await here.run([], { program: join(clone, 'cli/bin/cadastre.mjs') })).toMatchObject({
      code: 0,
      out: 'built "cli/dist"\n',
    })
    rmSync(clone, { recursive: true })
  })
})

function problem(code: string, detail: string): string {
  return JSON.stringify({ type: 'x', title: 'x', status: 0, code, detail, errors: [detail], requestId: 'r' })
}
