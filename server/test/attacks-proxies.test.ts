/** Proxies, shared caches and shared connections between us and the client: nobody gets what was made for somebody else. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.given.namespace('hidden', 'private')
  for (const namespace of ['acme', 'hidden']) {
    await registry.admin.publishModule(`${namespace}/vpc/aws`, '1.0.0')
    await registry.admin.publishModule(`${namespace}/vpc/aws`, '1.1.0')
  }
})
afterAll(() => registry.stop())

const dependsOnWhoAsks = [
  '/v1/modules/hidden/vpc/aws/versions',
  '/v1/modules/hidden/vpc/aws/1.0.0/download',
  '/v1/modules/acme/vpc/aws/versions',
  '/v1/modules/acme/vpc/aws/1.0.0/download',
  '/api/v1/modules',
  '/api/v1/modules/hidden/vpc/aws',
  '/api/v1/namespaces/hidden',
  '/api/v1/whoami',
]

test.each(dependsOnWhoAsks)('%s is kept by no shared cache, whoever asks', async (path) => {
  for (const client of [registry.admin, registry.anonymous, registry.as('nonsense')]) {
    for (const answer of [await client.get(path), await client.head(path)])
      expect(answer.headers.get('cache-control')).toMatch(/no-store|private/)
  }
})

test('a tag that somebody knows does not tell whether they were right', async () => {
  const path = '/v1/modules/hidden/vpc/aws/versions'
  const etag = (await registry.admin.get(path)).headers.get('etag')!

  const [known, made] = [
    await registry.anonymous.get(path, { 'if-none-match': etag }),
    await registry.anonymous.get(path, { 'if-none-match': '"x"' }),
  ]

  expect([known.status, made.status]).toEqual([401, 401])
  expect(known.headers.get('etag')).toBeNull()
})

test('what a client says of the host goes into no answer', async () => {
  const evil = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'evil', forwarded: 'host=evil.test' }

  for (const path of ['/.well-known/terraform.json', ...dependsOnWhoAsks, '/evil', '/api/v1/evil', '/health']) {
    const { text, headers } = await registry.admin.get(path, evil)

    expect(text + JSON.stringify([...headers])).not.toContain('evil.test')
    expect(headers.get('location')).toBeNull()
  }
  const own = await raw('GET /v1/modules/acme/vpc/aws/1.0.0/download HTTP/1.1\r\nHost: evil.test\r\nConnection: close')
  expect(own).toMatch(/x-terraform-get: \/archives\//i)
  expect(own).not.toContain('evil.test')
})

test('requests on one connection, sent without waiting, are each answered to their own sender', async () => {
  const limited = await registry.given.key(['modules:read'], { namespaces: ['acme'] })
  const senders = [undefined, registry.adminToken, limited, 'nonsense', registry.adminToken, undefined, limited]
  const requests = [...senders, ...senders].map((token, index) =>
    [
      `GET /v1/modules/hidden/vpc/aws/versions HTTP/1.1\r\nHost: x`,
      ...(token ? [`Authorization: Bearer ${token}`] : []),
      ...(index === 2 * senders.length - 1 ? ['Connection: close'] : []),
    ].join('\r\n'),
  )

  const statuses = [...(await raw(requests.join('\r\n\r\n'))).matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, code]) => code)

  expect(statuses).toEqual(Array(2).fill(['401', '200', '404', '401', '200', '401', '404']).flat())
})

describe('a signed address', () => {
  const linkOf = async (path: string) => (await registry.admin.get(path)).headers.get('x-terraform-get')!

  test('opens nothing but what it was signed for', async () => {
    const [link, other] = [
      await linkOf('/v1/modules/acme/vpc/aws/1.0.0/download'),
      await linkOf('/v1/modules/hidden/vpc/aws/1.1.0/download'),
    ]
    const [path, query] = link.split('?') as [string, string]
    const otherPath = other.split('?')[0]!
    const wrong = [
      `${otherPath}?${query}`,
      `${path.slice(0, path.lastIndexOf('/'))}${otherPath.slice(otherPath.lastIndexOf('/'))}?${query}`,
      `${path.replace('acme', 'ACME')}?${query}`,
      `${path.replace('acme', '%61cme')}?${query}`,
      `/${path}?${query}`,
      `${path}/?${query}`,
      `${path}?${query}&expires=9999999999`,
      `${path}?expires=9999999999&${query}`,
      `${path}?${query.replace(/expires=\d+/, 'expires=1e99')}`,
      `${path}?${query.replace(/expires=\d+/, 'expires[]=9999999999')}`,
      `${path}?${query.replace(/expires=\d+/, 'expires=-1')}`,
      `${path}?${query.replace('signature=', 'signature=A')}`,
      `${path}?signature=A&${query}`,
      `${path}?${query}&path=${otherPath}`,
      path,
    ]

    const answers = await Promise.all(wrong.map((address) => registry.anonymous.get(address)))

    expect(answers.filter(({ status }) => status !== 403 && status !== 404)).toEqual([])
    expect((await registry.anonymous.get(link)).status).toBe(200)
  })

  test('says nothing of what its sender may do elsewhere, and needs no token of theirs', async () => {
    const link = await linkOf('/v1/modules/hidden/vpc/aws/1.0.0/download')

    const answer = await registry.as('nonsense').get(link, { origin: 'https://evil.test' })

    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(answer.headers.get('cache-control')).toContain('private')
    expect(link).not.toContain(registry.adminToken)
  })
})

/** All that comes back on one connection for these bytes. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, refuse) => {
    const { port, hostname } = new URL(registry.url)
    let received = ''
    const socket = connect(Number(port), hostname, () => socket.write(`${text}\r\n\r\n`))
    socket.on('data', (bytes) => {
      received += bytes
    })
    socket.on('close', () => resolve(received)).on('error', refuse)
  })
}
