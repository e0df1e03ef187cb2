/** What every address answers, whoever asks and however oddly: over TCP, where no client tidies up the request. */
import { execFileSync } from 'node:child_process'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clientOf } from '../../../test/client.ts'
import { removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { standingClock, startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { authorizePath } from '../../../test/terraform-login.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.2.0')
  await registry.admin.publishModule('acme/vpc/aws', longVersion)
})
afterAll(async () => {
  await registry.stop()
  await removeTemporaryFolders()
})

const longVersion = `1.2.3-${'a'.repeat(97)}`

describe('odd addresses are answered in our own form', () => {
  test.each([
    [`/v1/modules/acme/vpc/aws/${longVersion}/download`, 204, ''],
    ['/v1/modules/acme/vpc/aws/%ZZ/download', 400, 'address-malformed'],
    ['/v1/modules/%E0%A4%A/vpc/aws/versions', 400, 'address-malformed'],
    ['/v1/modules/..%2f..%2fetc/vpc/aws/versions', 404, 'module-not-found'],
    ['/v1/modules/nobodys/vpc/aws/versions', 401, 'sign-in-needed'],
    ['/v1/modules/acme/..%2f..%2fpasswd/aws/versions', 404, 'module-not-found'],
    ['/v1/modules/acme/vpc/aws/1.2.0+b1/download', 204, ''],
    ['/v1/modules/acme/vpc/aws/1.2.0%2Bb1/download', 204, ''],
    ['/v1/modules/acme/vpc/aws/1.2/download', 404, 'version-not-found'],
    ['/v1/modules/acme/vpc/aws/%00/download', 404, 'version-not-found'],
    ['/v1/modules/acme/vpc/aws/versions/', 404, 'route-not-found'],
    ['/v1/modules//vpc/aws/versions', 404, undefined],
    [`/v1/modules/acme/${'v'.repeat(300)}/aws/versions`, 400, 'address-malformed'],
    [`/v1/modules/acme/${'v'.repeat(200)}/aws/versions`, 404, 'module-not-found'],
    ['/v1/modules/acme/vpc/AWS/versions', 200, ''],
    ['/v1/modules/ACME/Vpc/aws/versions', 200, ''],
    ['/v1/nothing', 404, 'route-not-found'],
    ['/.well-known/terraform.json/', 404, 'route-not-found'],
    ['//', 404, 'route-not-found'],
  ])('%s → %i %s', async (path, status, code) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)

    expect(answer.status).toBe(status)
    if (code) expect(JSON.parse(answer.body)).toMatchObject({ code, errors: [expect.any(String)] })
    if (path.startsWith('/v1/') && status >= 400) expect(answer.headers).toContain('content-type: application/json')
  })

  test('an address that leads nowhere, such as one that browsers ask for, names the document of those that do', async () => {
    const answer = await raw('GET /favicon.ico HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')

    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'route-not-found',
      hint: expect.stringMatching(/http:\S+\/api\/v1\/openapi\.json/),
    })
  })

  test('the same refusal of the API is a problem document', async () => {
    const answer = await raw('GET /api/v1/modules/%ZZ/b/c HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')

    expect(answer.status).toBe(400)
    expect(answer.headers).toContain('content-type: application/problem+json')
    expect(JSON.parse(answer.body)).toMatchObject({
      status: 400,
      code: 'address-malformed',
      requestId: expect.any(String),
    })
  })

  test('what is no HTTP is told so', async () => {
    const answer = await raw('BLAH\r\n\r\n')

    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'request-malformed' })
  })

  test('headers that are too large are told so', async () => {
    const answer = await raw(`GET /health HTTP/1.1\r\nhost: x\r\nx-large: ${'x'.repeat(20_000)}\r\n\r\n`)

    expect(answer.status).toBe(431)
  })
})

describe('methods', () => {
  const addresses = [
    '/health',
    '/ready',
    '/live',
    '/version',
    '/.well-known/terraform.json',
    '/v1/modules/acme/vpc/aws/versions',
    '/api/v1/openapi.json',
    '/api/v1/modules',
    '/api/v1/namespaces',
    '/api/v1/whoami',
  ]

  test.each(addresses)('HEAD %s answers as GET does, without a body', async (path) => {
    const [get, head] = [await registry.anonymous.get(path), await registry.anonymous.head(path)]

    expect(head.status).toBe(get.status)
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'))
    expect(head.bytes.length).toBe(0)
  })

  test('HEAD of a download is answered and is no download', async () => {
    await registry.admin.publishModule('acme/headed/aws', '1.0.0')

    const head = await registry.anonymous.head('/v1/modules/acme/headed/aws/1.0.0/download')
    const archive = await registry.anonymous.head(head.headers.get('x-terraform-get')!)

    expect(head.status).toBe(204)
    expect(archive.status).toBe(200)
    expect(Number(archive.headers.get('content-length'))).toBeGreaterThan(100)
  })

  test.each([
    ['DELETE', '/v1/modules/acme/vpc/aws/versions', 'GET, HEAD'],
    ['POST', '/health', 'GET, HEAD'],
    ['PATCH', '/api/v1/modules', 'GET, HEAD, POST'],
    ['POST', '/api/v1/modules/acme/vpc/aws/1.2.0', 'DELETE, GET, HEAD, PUT'],
    ['PUT', '/.well-known/terraform.json', 'GET, HEAD'],
    ['PROPFIND', '/api/v1/namespaces', 'GET, HEAD, POST'],
  ])('%s %s is answered with 405 and what is allowed', async (method, path, allowed) => {
    const answer = await registry.admin.send(method, path)

    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allowed)
    expect(answer.json.code).toBe('method-not-allowed')
  })
})

describe('bodies', () => {
  test('JSON that is none, or of another shape, is refused with its place', async () => {
    const broken = await registry.admin.send('POST', '/api/v1/namespaces', '{', { 'content-type': 'application/json' })
    const shapeless = await registry.admin.send('POST', '/api/v1/namespaces', { name: 7, colour: 'red' })

    expect([broken.status, shapeless.status]).toEqual([400, 400])
    expect(shapeless.json.code).toBe('request-malformed')
    expect(shapeless.json.detail).toContain('name')
  })

  test('a body larger than a route accepts is refused', async () => {
    const answer = await registry.admin.send('POST', '/api/v1/namespaces', { name: 'x'.repeat(1_100_000) })

    expect(answer.status).toBe(413)
    expect(answer.json.code).toBe('body-too-large')
  })

  test('a body of another type is refused', async () => {
    const answer = await registry.admin.send('POST', '/api/v1/namespaces', 'name=x', {
      'content-type': 'application/x-www-form-urlencoded',
    })

    expect(answer.status).toBe(400)
    expect(answer.json.code).toBe('request-malformed')
  })
})

describe('headers', () => {
  test('each answer names its request, and a name that a proxy gave is kept', async () => {
    const own = await registry.anonymous.get('/v1/modules/acme/vpc/aws/versions')
    const given = await registry.anonymous.get('/api/v1/whoami', { 'x-request-id': 'from-the-proxy-1' })
    const unfit = await registry.anonymous.get('/api/v1/whoami', { 'x-request-id': 'has blanks and <tags>' })

    expect(own.headers.get('x-request-id')).toMatch(/^[a-z0-9-]{10,}$/)
    expect(given.headers.get('x-request-id')).toBe('from-the-proxy-1')
    expect(unfit.headers.get('x-request-id')).toMatch(/^[a-z0-9-]{10,}$/)
  })

  test('answers of the API cannot become pages, and are kept nowhere', async () => {
    const { headers } = await registry.admin.get('/api/v1/modules')

    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('without settings for it no other origin is let in', async () => {
    const answer = await registry.anonymous.get('/api/v1/modules', { origin: 'https://portal.example.com' })
    const preflight = await registry.anonymous.send('OPTIONS', '/api/v1/modules', undefined, preflightOf('GET'))

    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(preflight.status).toBe(405)
  })
})

describe('with other settings', () => {
  let other: TestRegistry | undefined
  afterEach(async () => {
    await other?.stop()
    other = undefined
  })

  test('security.cors.allowed_origins and allowed_methods let scripts of those origins in, without credentials', async () => {
    other = await startRegistry({
      env: {
        TFR_SECURITY_CORS_ALLOWED_ORIGINS: 'https://portal.example.com',
        TFR_SECURITY_CORS_ALLOWED_METHODS: 'GET, POST',
      },
    })
    await other.given.namespace('acme')
    await other.admin.publishModule('acme/vpc/aws', '1.0.0')

    const preflight = await other.anonymous.send('OPTIONS', '/api/v1/namespaces', undefined, preflightOf('POST'))
    const allowed = await other.anonymous.get('/v1/modules/acme/vpc/aws/versions', {
      origin: 'https://portal.example.com',
    })
    const stranger = await other.anonymous.get('/api/v1/modules', { origin: 'https://elsewhere.example.com' })
    const download = await other.anonymous.get('/v1/modules/acme/vpc/aws/1.0.0/download')
    const archive = await other.anonymous.get(download.headers.get('x-terraform-get')!, {
      origin: 'https://portal.example.com',
    })

    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://portal.example.com')
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, POST')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://portal.example.com')
    expect(allowed.headers.get('vary')).toContain('origin')
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull()
    expect(archive.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('"*" lets any origin in, still without credentials', async () => {
    other = await startRegistry({ env: { TFR_SECURITY_CORS_ALLOWED_ORIGINS: '*' } })

    const answer = await other.anonymous.get('/api/v1/modules', { origin: 'https://anywhere.example.com' })

    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('server.base_url with a path: behind a proxy that keeps the prefix and behind one that strips it', async () => {
    const env = { TFR_SERVER_BASE_URL: 'https://tools.example.com/registry/' }
    other = await startRegistry({ env, clock: standingClock() })
    await other.given.namespace('acme')
    await other.admin.publishModule('acme/vpc/aws', '1.0.0')
    const stripped = clientOf(new URL(other.url).origin)

    const discovery = await stripped.get('/.well-known/terraform.json')
    const download = await stripped.get('/v1/modules/acme/vpc/aws/1.0.0/download')
    const kept = await other.anonymous.get('/v1/modules/acme/vpc/aws/1.0.0/download')
    const link = kept.headers.get('x-terraform-get')!

    expect(discovery.json).toEqual({
      'modules.v1': '/registry/v1/modules/',
      'providers.v1': '/registry/v1/providers/',
      'login.v1': expect.objectContaining({ authz: '/registry/oauth/authorize', token: '/registry/oauth/token' }),
    })
    expect((await stripped.get(authorizePath())).headers.get('location')).toMatch(/^\/registry\/login\?next=%2Foauth/)
    const page = await stripped.get('/Modules/acme/vpc/aws/')
    const shown = await stripped.get(page.headers.get('location')!)
    expect(page.headers.get('location')).toBe('/registry/modules/acme/vpc/aws')
    expect(shown.text).toContain('{"basePath":"/registry","baseUrl":"https://tools.example.com/registry"')
    expect(shown.text).toContain(
      '<link rel="canonical" href="https://tools.example.com/registry/modules/acme/vpc/aws/1.0.0">',
    )
    expect(download.headers.get('x-terraform-get')).toBe(link)
    expect(link).toMatch(/^\/registry\/archives\//)
    expect((await stripped.get(link)).status).toBe(200)
    expect((await stripped.get(link.slice('/registry'.length))).status).toBe(200)
  })

  test('publish.max_module_bytes is the largest archive that is taken', async () => {
    other = await startRegistry({ env: { TFR_PUBLISH_MAX_MODULE_BYTES: '1KB' } })
    await other.given.namespace('acme')

    const answer = await other.admin.publishModule('acme/vpc/aws', '1.0.0', Buffer.alloc(2_000))

    expect(answer.status).toBe(413)
    expect(answer.json.code).toBe('archive-too-large')
    expect(await other.storedFiles()).toEqual([])
  })

  test('server.trusted_proxies decides whose word about the address counts', async () => {
    const badToken = { authorization: 'Bearer nonsense', 'x-forwarded-for': '203.0.113.7' }
    const limits = {
      TFR_SECURITY_RATE_LIMITING_ENABLED: 'true',
      TFR_SECURITY_RATE_LIMITING_BURST: '2',
      TFR_SECURITY_RATE_LIMITING_REQUESTS_PER_MINUTE: '1',
    }
    other = await startRegistry({ env: { ...limits, TFR_SERVER_TRUSTED_PROXIES: '127.0.0.0/8' } })

    const tries = [1, 2, 3].map(() => other!.anonymous.get('/api/v1/whoami', badToken))
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort()
    const neighbour = await other.anonymous.get('/api/v1/whoami', { ...badToken, 'x-forwarded-for': '203.0.113.8' })

    expect(statuses).toEqual([401, 401, 429])
    expect(neighbour.status).toBe(401)
  })

  test.skipIf(!hasOpenssl())('security.tls serves https from cert_file and key_file', async () => {
    const { cert, key } = await selfSigned()
    other = await startRegistry({
      env: { TFR_SECURITY_TLS_ENABLED: 'true', TFR_SECURITY_TLS_CERT_FILE: cert, TFR_SECURITY_TLS_KEY_FILE: key },
    })

    const { status, protocol } = await secureGet(`${other.url}/health`)

    expect(status).toBe(200)
    expect(protocol).toMatch(/^TLSv1\.[23]$/)
  })
})

const preflightOf = (method: string) => ({
  origin: 'https://portal.example.com',
  'access-control-request-method': method,
})

/** Sends exactly these bytes. */
function raw(text: string): Promise<{ status: number; headers: string; body: string }> {
  const { port } = new URL(registry.url)
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text))
    socket.setTimeout(60_000, () => socket.destroy(new Error(`no end: ${received}`)))
    socket.setEncoding('utf8').on('data', (more) => {
      received += more
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [headers = '', body = ''] = received.split('\r\n\r\n')
      resolve({ status: Number(headers.split(' ')[1]), headers: headers.toLowerCase(), body })
    })
  })
}

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
}

async function selfSigned(): Promise<{ cert: string; key: string }> {
  const folder = await temporaryFolder()
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync('openssl', [...made, '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' })
  return { cert, key }
}

function secureGet(url: string): Promise<{ status: number; protocol: string }> {
  return new Promise((resolve, reject) => {
    const asking = httpsRequest(url, { rejectUnauthorized: false }, (response) => {
      const { getProtocol } = response.socket as import('node:tls').TLSSocket
      const protocol = getProtocol.call(response.socket)
      response.resume().on('end', () => resolve({ status: response.statusCode!, protocol: protocol ?? '' }))
    })
    asking.on('error', reject).end()
  })
}
