/** What `cadastre doctor` finds, on real registries behind ways that are broken in one thing each. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createSilentServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Certificates, hasOpenssl, makeCertificates } from '../../server/test/certificates.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk, type Ended } from './cadastre.ts'

type Found = { check: string; result: string; says: string; fix?: string }

let registry: TestRegistry
let here: Desk
const open: { close(): void }[] = []

beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk()
  mkdirSync(join(here.home, '.terraform.d'))
})
afterEach(() => {
  for (const server of open.splice(0)) server.close()
  here.clear()
})

async function listening(server: Server): Promise<number> {
  open.push({
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A way to the registry on which one address is answered by somebody else. */
async function wayWith(path: string, answer: RequestListener): Promise<string> {
  const port = await listening(createServer(passing(path, answer)))
  return `http://127.0.0.1:${port}`
}

const passing =
  (path: string, answer: RequestListener): RequestListener =>
  async (asked, answered) => {
    if (asked.url === path) return answer(asked, answered)
    const { authorization = '' } = asked.headers
    const onward = await fetch(registry.url + asked.url, { headers: authorization ? { authorization } : {} })
    const type = onward.headers.get('content-type') ?? ''
    answered.writeHead(onward.status, { 'content-type': type }).end(await onward.text())
  }

const wellKnown = '/.well-known/terraform.json'
const document = (content: unknown, headers = { 'content-type': 'application/json' }): RequestListener => {
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return (_asked, answered) => answered.writeHead(200, headers).end(text)
}
const services = { 'modules.v1': '/v1/modules/', 'providers.v1': '/v1/providers/' }

const diagnose = (env: Record<string, string>, ...args: string[]) => here.run(['doctor', '--json', ...args], { env })
const of = ({ json }: Ended, check: string): Found[] =>
  json.data.findings.filter((finding: Found) => finding.check === check)

describe('a registry that is well', () => {
  test('gets one line for each check, and exit 0', async () => {
    const { code, out, err } = await here.run(['doctor'], {
      env: { TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken, PATH: withPrograms() },
    })

    expect(out.split('\n').map((line) => line.split('\t').slice(0, 2).join(' '))).toEqual([
      'ok registry',
      'ok address',
      'ok proxy',
      'ok connection',
      'ok discovery',
      'ok clock',
      'ok token',
      'ok terraform token',
      'ok login folder',
      'ok configuration',
      'ok programs',
      '',
    ])
    expect(out).toContain('TFR_CLI_TOKEN: test admin, admin on platform')
    expect(out).toContain('terraform 1.11.4, tofu 1.10.0')
    expect({ code, err }).toEqual({ code: 0, err: '11 ok, 0 warnings, 0 failed.\n' })
  })

  test('is a document with --json', async () => {
    const { code, json } = await diagnose({ TFR_CLI_HOST: registry.url })

    expect(code).toBe(0)
    expect(json).toMatchObject({ schema: 'cadastre.doctor.v1', data: { host: registry.url } })
    expect(json.data.findings).toContainEqual({
      check: 'token',
      result: 'warning',
      says: 'There is none: only what is public can be read.',
      fix: expect.any(String),
    })
  })
})

describe('what cannot be reached', () => {
  test.each([
    ['http://127.0.0.1:1', 'nothing listens there'],
    ['registry.invalid', 'its name is not known here'],
  ])('%s ends with 7 and a look at this machine', async (host, sentence) => {
    const ended = await diagnose({}, '--host', host)

    expect(ended.code).toBe(7)
    expect(of(ended, 'connection')).toEqual([
      expect.objectContaining({ result: 'failed', says: expect.stringContaining(sentence) }),
    ])
    expect(of(ended, 'login folder')).toHaveLength(1)
    expect(of(ended, 'discovery')).toEqual([])
  })

  test('a server that says nothing ends with 7, in time', async () => {
    const silent = createSilentServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    open.push(silent)
    const { port } = silent.address() as AddressInfo

    const ended = await diagnose({}, '--host', `http://127.0.0.1:${port}`, '--timeout', '0.5')

    expect(ended.code).toBe(7)
    expect(of(ended, 'discovery')[0]?.result).toBe('failed')
  })

  test('no registry at all ends with 6, and this machine is looked at', async () => {
    const ended = await diagnose({})

    expect(ended.code).toBe(6)
    expect(ended.json.data.host).toBeNull()
    expect(of(ended, 'registry')[0]).toMatchObject({ result: 'failed', says: expect.stringContaining('No registry') })
    expect(of(ended, 'configuration')).toHaveLength(1)
  })
})

describe('the discovery document', () => {
  const redirectedTo =
    (location: string): RequestListener =>
    (_, answered) =>
      answered.writeHead(302, { location }).end()

  test.each<[string, RequestListener, string]>([
    ['that is missing', (_, answered) => answered.writeHead(404).end(), 'There is none at'],
    ['that is refused', (_, answered) => answered.writeHead(401).end(), 'answered 401'],
    ['of another type', document(services, { 'content-type': 'text/html' }), 'sent as text/html'],
    ['that is no object', document('[]'), 'not a JSON object'],
    [
      'without a slash',
      document({ ...services, 'providers.v1': '/v1/providers' }),
      'providers.v1 does not end in a slash',
    ],
    [
      'with a user in it',
      document({ ...services, 'modules.v1': 'https://a:b@x.example/' }),
      'at an address that is refused',
    ],
    ['with a number for an address', document({ ...services, 'modules.v1': 1 }), 'cannot be read'],
    ['with half a login', document({ ...services, 'login.v1': { client: 'c' } }), 'login.v1 is not complete'],
    [
      'that is redirected for ever',
      (_, answered) => answered.writeHead(302, { location: wellKnown }).end(),
      'more than 3 times',
    ],
    ['that is redirected into files', redirectedTo('file:///etc/hosts'), 'redirected to file:///etc/hosts'],
    ['that is redirected to nowhere', redirectedTo('http://['), 'redirected to http://['],
  ])('%s ends with 6', async (_what, answer, sentence) => {
    const ended = await diagnose({}, '--host', await wayWith(wellKnown, answer))

    expect(of(ended, 'discovery')).toEqual([
      expect.objectContaining({ result: 'failed', says: expect.stringContaining(sentence), fix: expect.any(String) }),
    ])
    expect(ended.code).toBe(6)
  })

  test('that lies on another host is a warning', async () => {
    const elsewhere = registry.url + wellKnown
    const ended = await diagnose(
      {},
      '--host',
      await wayWith(wellKnown, (_, answered) => answered.writeHead(302, { location: elsewhere }).end()),
    )

    expect(of(ended, 'discovery')[0]).toMatchObject({
      result: 'warning',
      says: expect.stringContaining('not sent along'),
    })
    expect(ended.code).toBe(0)
  })

  test.each([
    [-3, 'ahead of'],
    [3, 'behind'],
  ])('that was sent %i minutes from now shows a wrong clock', async (minutes, word) => {
    const date = new Date(Date.now() + minutes * 60_000).toUTCString()
    const answer = document(services, { 'content-type': 'application/json', date } as never)
    const ended = await diagnose({}, '--host', await wayWith(wellKnown, answer))

    expect(of(ended, 'clock')[0]).toMatchObject({ result: 'warning', says: expect.stringContaining(word) })
  })
})

describe('a token', () => {
  const at = () => ({ TFR_CLI_HOST: registry.url })
  const key = () => new URL(registry.url).host
  const store = (token: string) =>
    writeFileSync(
      join(here.home, '.terraform.d/credentials.tfrc.json'),
      JSON.stringify({ credentials: { [key()]: { token } } }),
    )

  test('that is refused ends with 3, and is not printed', async () => {
    const ended = await diagnose({ ...at(), TFR_CLI_TOKEN: 'tfr_nonsense' })

    expect(of(ended, 'token')[0]).toMatchObject({ result: 'failed', says: expect.stringContaining('TFR_CLI_TOKEN: ') })
    expect(ended.code).toBe(3)
    expect(ended.out).not.toContain('nonsense')
  })

  test('that ends soon is a warning, for whoever may see it', async () => {
    const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString()
    const token = await registry.given.key(['api_keys:manage'], { expiresAt })
    const ended = await diagnose({ ...at(), TFR_CLI_TOKEN: token })

    expect(of(ended, 'token')[0]).toMatchObject({ result: 'warning', says: expect.stringContaining('4 more days') })
    expect(ended.code).toBe(0)
  })

  test('of terraform is another one, and is tried too', async () => {
    store('tfr_old')
    const ended = await diagnose({ ...at(), TFR_CLI_TOKEN: registry.adminToken })

    expect(of(ended, 'token')[0]?.result).toBe('ok')
    expect(of(ended, 'terraform token')[0]).toMatchObject({
      result: 'failed',
      says: expect.stringContaining('credentials.tfrc.json: '),
    })
    expect(ended.code).toBe(3)
  })

  test('that TF_CLI_CONFIG_FILE hides is a warning', async () => {
    store(registry.adminToken)
    const file = join(here.home, 'other.tfrc')
    writeFileSync(file, '')
    const ended = await diagnose({ ...at(), TF_CLI_CONFIG_FILE: file })

    expect(of(ended, 'terraform token')).toEqual([
      expect.objectContaining({ result: 'warning', says: expect.stringContaining('TF_CLI_CONFIG_FILE is set') }),
    ])
  })

  test('that a variable shadows is a warning', async () => {
    store('tfr_old')
    const ended = await diagnose({ ...at(), [`TF_TOKEN_${key().replaceAll('.', '_')}`]: registry.adminToken })

    expect(of(ended, 'terraform token').map(({ result }) => result)).toEqual(['warning', 'ok'])
    expect(of(ended, 'terraform token')[0]?.says).toContain('wins over another token')
  })

  test('in a variable whose name fits no host is a warning', async () => {
    const name = `TF_TOKEN_${key().replaceAll(/[.:]/g, '_')}`
    const ended = await diagnose({ ...at(), [name]: registry.adminToken })

    expect(of(ended, 'terraform token')).toEqual([
      expect.objectContaining({ result: 'warning', says: expect.stringContaining(name) }),
    ])
    expect(ended.out).not.toContain(registry.adminToken)
  })

  test('that is for another host is not sent, and that is said', async () => {
    const ended = await diagnose(
      { TFR_CLI_HOST: 'registry.example.com', TFR_CLI_TOKEN: registry.adminToken },
      '--host',
      registry.url,
    )

    expect(of(ended, 'token')[0]).toMatchObject({ result: 'warning', says: expect.stringContaining('is not sent to') })
  })
})

describe('this machine', () => {
  const at = () => ({ TFR_CLI_HOST: registry.url })

  test('without ~/.terraform.d cannot log in', async () => {
    rmSync(join(here.home, '.terraform.d'), { recursive: true })
    const ended = await diagnose(at())

    expect(of(ended, 'login folder')[0]).toMatchObject({ result: 'warning', fix: `mkdir -p ${here.home}/.terraform.d` })
  })

  test.each([
    ['network_mirror { url = "http://mirror.example.com/" }', 'failed', 'is not https'],
    ['network_mirror { url = "https://mirror.example.com/providers" }', 'failed', 'does not end in a slash'],
    ['network_mirror { url = "https://u:secret@mirror.example.com/" }', 'ok', 'the mirror at mirror.example.com'],
    [
      'direct {}\n network_mirror {\n include = ["*/*/*"]\n url = "https://mirror.example.com/" }',
      'ok',
      'providers come from',
    ],
  ])('with %s in ~/.terraformrc: %s', async (block, result, sentence) => {
    writeFileSync(join(here.home, '.terraformrc'), `# url = "http://no"\nprovider_installation {\n ${block}\n}\n`)
    const ended = await diagnose(at())

    expect(of(ended, 'mirror')).toEqual([expect.objectContaining({ result, says: expect.stringContaining(sentence) })])
    expect(ended.code).toBe(result === 'failed' ? 6 : 0)
    expect(ended.out).not.toContain('secret')
  })

  test('with a host block asks no discovery', async () => {
    const { host } = new URL(registry.url)
    writeFileSync(
      join(here.home, '.terraformrc'),
      `host "${host}" { services = { "modules.v1" = "${registry.url}/" } }`,
    )

    expect(of(await diagnose(at()), 'configuration')[0]?.says).toContain('discovery is not asked')
  })

  test('with a TF_CLI_CONFIG_FILE that is not there is told so', async () => {
    const ended = await diagnose({ ...at(), TF_CLI_CONFIG_FILE: '/nowhere.tfrc' })

    expect(of(ended, 'configuration')[0]).toMatchObject({
      result: 'warning',
      says: expect.stringContaining('/nowhere'),
    })
  })

  test.each([
    [{ HTTP_PROXY: 'http://user:secret@proxy.example:3128' }, 'warning', 'HTTP_PROXY is set: terraform'],
    [{ http_proxy: 'http://proxy.example', NO_PROXY: 'x.example,127.0.0.1' }, 'ok', 'NO_PROXY leaves 127.0.0.1 out'],
    [{ HTTPS_PROXY: 'http://proxy.example' }, 'ok', 'No HTTP_PROXY is set.'],
  ])('with %j: proxy is %s', async (env, result, sentence) => {
    const ended = await diagnose({ ...at(), ...(env as object) })

    expect(of(ended, 'proxy')).toEqual([expect.objectContaining({ result, says: expect.stringContaining(sentence) })])
    expect(ended.out).not.toContain('secret')
  })

  test('without terraform and tofu is told so', async () => {
    const ended = await diagnose({ ...at(), PATH: here.folder })

    expect(of(ended, 'programs')[0]?.result).toBe('warning')
  })
})

describe.skipIf(!hasOpenssl)('https (needs openssl)', () => {
  let folder: string
  let certificates: Certificates
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cadastre-doctor-'))
    certificates = makeCertificates(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function securePort(): Promise<number> {
    const tls = { cert: readFileSync(certificates.cert), key: readFileSync(certificates.key) }
    return listening(createSecureServer(tls, passing('/none', document({}))) as unknown as Server)
  }

  test('with a trusted certificate, under a name without a dot and with a port', async () => {
    const ended = await diagnose({}, '--host', `localhost:${await securePort()}`, '--ca-file', certificates.ca)

    expect(of(ended, 'address').map(({ says }) => says)).toEqual([
      expect.stringContaining('has no dot'),
      expect.stringContaining('has a port'),
    ])
    expect(of(ended, 'certificate')[0]).toMatchObject({ result: 'warning', says: expect.stringContaining('more days') })
    expect(of(ended, 'discovery')[0]?.result).toBe('ok')
    expect(ended.code).toBe(0)
  })

  test.each([
    ['localhost', [], 'chain is not trusted'],
    ['127.0.0.1', ['--ca-file'], 'made out to localhost, not to 127.0.0.1'],
  ])('that is not to be trusted as %s ends with 7, and no token goes there', async (host, flags, sentence) => {
    const caFile = flags.length > 0 ? ['--ca-file', certificates.ca] : []
    const ended = await diagnose({}, '--host', `${host}:${await securePort()}`, '--token', 'tfr_x', ...caFile)

    expect(of(ended, 'certificate')[0]).toMatchObject({ result: 'failed', says: expect.stringContaining(sentence) })
    expect(of(ended, 'token')).toEqual([])
    expect(ended.code).toBe(7)
  })

  test('that is plain http in truth ends with 7', async () => {
    const port = await listening(createServer((_, answered) => answered.end()))
    const ended = await diagnose({}, '--host', `127.0.0.1:${port}`)

    expect(of(ended, 'certificate')[0]?.says).toContain('does not speak TLS')
    expect(ended.code).toBe(7)
  })
})

/** A PATH with a terraform and a tofu on it that know their versions. */
function withPrograms(): string {
  for (const [name, version] of [
    ['terraform', '1.11.4'],
    ['tofu', '1.10.0'],
  ] as const) {
    const path = join(here.folder, name)
    writeFileSync(path, `#!/bin/sh\n[ "$*" = "version -json" ] && echo '{"terraform_version":"${version}"}'\n`)
    chmodSync(path, 0o755)
  }
  return `${here.folder}:/bin:/usr/bin`
}
