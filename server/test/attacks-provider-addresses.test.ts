/** Addresses of providers that are spelt oddly: whatever way an answer comes, it is the same, and for the same people. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishProvider, trustKey } from './published-provider.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  for (const [namespace, visibility] of [
    ['acme', 'public'],
    ['hidden', 'private'],
  ] as const) {
    await registry.given.namespace(namespace, visibility)
    await trustKey(registry.admin, namespace)
    await publishProvider(registry.admin, namespace, { type: 'greeter', version: '1.0.0' })
  }
})
afterAll(() => registry.stop())

const spellings = (namespace: string) =>
  [
    'greeter/versions',
    'GREETER/versions',
    'greeter/versions/',
    '/greeter/versions',
    'greeter/versions?x=1',
    'greeter/versions%00',
    '..%2fhidden/greeter/versions',
    'greeter/1.0.0/download/linux/amd64',
    'greeter/1.0.0+other/download/LINUX/amd64',
    'greeter/1.0.0/download/linux/amd64/',
    'greeter/1.0.0/download/linux/amd64?x',
    'greeter/1.0.0/download/linux%2famd64',
    'greeter/1.0.0/download/__proto__/toString',
    'greeter/1.0.0/download/download/linux/amd64',
    'greeter/1.0.0/linux/download/amd64',
    'greeter/download/1.0.0/linux/amd64',
    'download/greeter/1.0.0/linux/amd64',
    'versions/versions',
  ].map((rest) => `/v1/providers/${namespace}/${rest}`)

test.each(spellings('acme'))('%s is answered alike on every way', async (path) => {
  const [first, again, head] = [await ask(path), await ask(path), await ask(path, 'HEAD')]
  // With an origin a request does not take the fast lane.
  const aside = await ask(path, 'GET', { origin: 'https://elsewhere.test' })

  expect([first, again, head]).toEqual([aside, aside, aside])
})

test.each([...spellings('hidden'), ...spellings('HIDDEN')])('%s gives nothing away', async (path) => {
  await ask(path, 'GET', { authorization: `Bearer ${registry.adminToken}` })

  for (const method of ['GET', 'HEAD']) {
    expect([400, 401, 404]).toContain(await ask(path, method))
    expect([400, 401, 404]).toContain(await ask(path, method, { 'if-none-match': '*' }))
  }
})

/** As it is spelt, which `fetch` would not leave it. */
function ask(path: string, method = 'GET', headers = {}): Promise<number> {
  const { port } = new URL(registry.url)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, (answer) => resolve(answer.resume().statusCode!))
      .on('error', reject)
      .end()
  })
}
