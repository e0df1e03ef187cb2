/** What an operator sees: health, version, metrics, logs, and the settings that shape them. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../test/free-port.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let folder: string
beforeAll(async () => {
  registry = await startRegistry()
  folder = await mkdtemp(join(tmpdir(), 'cadastre-operations-'))
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
})
afterAll(async () => {
  await registry.stop()
  await rm(folder, { recursive: true })
})

test('health names each part, ready and live are short, version says what is spoken', async () => {
  const [health, ready, live, version] = await Promise.all(
    ['/health', '/ready', '/live', '/version'].map((path) => registry.anonymous.get(path)),
  )

  expect(health!.status).toBe(200)
  expect(health!.json).toEqual({
    status: 'healthy',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    checks: { database: { status: 'up' }, storage: { status: 'up' } },
  })
  expect(ready!.json).toEqual({ status: 'ready' })
  expect(live!.json).toEqual({ status: 'live' })
  expect(version!.json).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    api_version: 'v1',
    protocols: { modules: 'v1', providers: 'v1', network_mirror: 'v1' },
  })
})

test('discovery is public, JSON, and the same with any token', async () => {
  const answers = await Promise.all([
    registry.anonymous.get('/.well-known/terraform.json'),
    registry.admin.get('/.well-known/terraform.json'),
    registry.anonymous.get('/.well-known/terraform.json', { authorization: 'Bearer nonsense' }),
  ])

  for (const answer of answers) {
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.json).toEqual({
      'modules.v1': '/v1/modules/',
      'providers.v1': '/v1/providers/',
      'login.v1': expect.objectContaining({ authz: '/oauth/authorize', token: '/oauth/token' }),
    })
  }
})

test('the OpenAPI document is served as it was printed, and names every route of the API', async () => {
  const { json } = await registry.anonymous.get('/api/v1/openapi.json')

  expect(json.openapi).toBe('3.1.0')
  expect(Object.keys(json.paths)).toContain('/api/v1/modules/{namespace}/{name}/{system}/{version}')
})

test('the type of a problem is the address of the page that explains it', async () => {
  const problem = await registry.anonymous.get('/api/v1/api-keys')
  const page = await registry.anonymous.get(new URL(problem.json.type).pathname)
  const unknown = await registry.anonymous.get('/docs/errors/no-such-code')

  expect(problem.json.type).toBe(`${registry.app.config.server.base_url}/docs/errors/sign-in-needed`)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toContain('text/markdown')
  expect(page.text).toMatch(/^### `sign-in-needed`/)
  expect(unknown.status).toBe(404)
})

describe('metrics', () => {
  test('are served on their own port, with rates, durations, downloads, caches, pool and event loop', async () => {
    const port = await freePort()
    const other = await registry.another({
      TFR_TELEMETRY_METRICS_ENABLED: 'true',
      TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: String(port),
      TFR_TELEMETRY_SERVICE_NAME: 'acme-registry',
    })
    await other.anonymous.get('/v1/modules/acme/vpc/aws/1.0.0/download')
    await other.anonymous.get('/v1/modules/acme/vpc/aws/versions')
    await other.anonymous.get('/v1/modules/acme/vpc/aws/versions')
    await other.anonymous.get('/v1/nothing')

    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const elsewhere = await fetch(`http://127.0.0.1:${port}/other`)
    const onTheMainPort = await other.anonymous.get('/metrics')

    expect(sample(metrics, 'cadastre_downloads_total')).toBe(1)
    expect(sample(metrics, 'cadastre_http_request_duration_seconds_count', 'group="v1.modules.versions"')).toBe(2)
    expect(sample(metrics, 'cadastre_http_request_duration_seconds_count', 'status="4xx"')).toBe(1)
    expect(sample(metrics, 'cadastre_cache_module_documents_hits_total')).toBe(1)
    expect(sample(metrics, 'cadastre_database_stale_seconds')).toBe(0)
    for (const name of [
      'cadastre_event_loop_lag_seconds',
      'cadastre_database_pool_waiting',
      'process_resident_memory_bytes',
    ])
      expect(sample(metrics, name)).not.toBeNaN()
    expect(metrics).toContain('service="acme-registry"')
    expect(metrics).not.toContain('acme/vpc')
    expect([elsewhere.status, onTheMainPort.status]).toEqual([404, 404])
  })

  test('telemetry.enabled false serves none, whatever telemetry.metrics.enabled says', async () => {
    const port = await freePort()
    await registry.another({
      TFR_TELEMETRY_ENABLED: 'false',
      TFR_TELEMETRY_METRICS_ENABLED: 'true',
      TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: String(port),
    })

    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow()
  })

  test('a taken port that telemetry.metrics.prometheus_port names is a failed start', async () => {
    const port = await freePort()
    const taken = createServer().listen(port, '127.0.0.1')

    const start = registry.another({
      TFR_TELEMETRY_METRICS_ENABLED: 'true',
      TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: String(port),
    })

    await expect(start).rejects.toThrow('ended with')
    taken.close()
  })
})

describe('logs', () => {
  test('logging.output, logging.format and logging.level: JSON lines that hold no secret', async () => {
    const output = join(folder, 'log', 'registry.log')
    const other = await registry.another({
      TFR_LOGGING_OUTPUT: output,
      TFR_LOGGING_FORMAT: 'json',
      TFR_LOGGING_LEVEL: 'info',
    })
    const client = other.as(registry.adminToken)
    const made = await client.send('POST', '/api/v1/api-keys', { name: 'logged', scopes: ['modules:read'] })
    const download = await client.get('/v1/modules/acme/vpc/aws/1.0.0/download')
    const link = download.headers.get('x-terraform-get')!
    await other.anonymous.get(link)
    await other.anonymous.get('/v1/modules/acme/vpc/aws/versions?token=secret-in-a-query')
    await other.stop()

    const text = await readFile(output, 'utf8')
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'info',
        method: 'GET',
        path: '/v1/modules/acme/vpc/aws/1.0.0/download',
        status: 204,
        caller: 'test admin',
        requestId: expect.any(String),
      }),
    )
    for (const secret of [
      registry.adminToken,
      made.json.token,
      new URL(link, 'http://x').searchParams.get('signature')!,
      'secret-in-a-query',
    ]) {
      expect(text).not.toContain(secret)
    }
    expect((await stat(output)).size).toBeGreaterThan(0)
  })

  test('logging.level error writes no line for a request', async () => {
    const output = join(folder, 'quiet.log')
    const other = await registry.another({ TFR_LOGGING_OUTPUT: output, TFR_LOGGING_LEVEL: 'error' })
    const { status } = await other.anonymous.get('/v1/modules/acme/vpc/aws/versions')
    await other.stop()

    expect(status).toBe(200)
    // Whatever else goes wrong meanwhile, on a busy machine, has a right to be said.
    const lines = (await readFile(output, 'utf8')).split('\n').filter((line) => line !== '')
    expect(lines.filter((line) => JSON.parse(line).level !== 'error' || line.includes('/v1/modules'))).toEqual([])
  })

  test('logging.format text is for people', async () => {
    const output = join(folder, 'people.log')
    const other = await registry.another({
      TFR_LOGGING_OUTPUT: output,
      TFR_LOGGING_FORMAT: 'text',
      TFR_LOGGING_LEVEL: 'info',
    })
    await other.anonymous.get('/v1/modules/acme/vpc/aws/versions')
    await other.stop()

    expect(await readFile(output, 'utf8')).toMatch(
      /^\d\d:\d\d:\d\d info .*path=\/v1\/modules\/acme\/vpc\/aws\/versions.*status=200/m,
    )
  })
})

/** Of the first line of that metric whose labels contain `labels`. */
function sample(metrics: string, name: string, labels = ''): number {
  const line = metrics
    .split('\n')
    .find((each) => (each.startsWith(`${name}{`) || each.startsWith(`${name} `)) && each.includes(labels))
  return Number(line?.split(' ').at(-1))
}
