/** What a caller may not read does not exist for them: no answer tells a hidden namespace from one that is not there. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moduleFiles, tarGz } from './archives.ts'
import type { Answer, Client } from './client.ts'
import { publishProvider, trustKey } from './published-provider.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.given.namespace('hidden', 'private')
  await registry.admin.publishModule('hidden/vpc/aws', '1.0.0')
  await trustKey(registry.admin, 'hidden')
  await publishProvider(registry.admin, 'hidden', { type: 'greeter', version: '1.0.0', platforms: ['linux_amd64'] })
})
afterAll(() => registry.stop())

const asked: [what: string, ask: (client: Client, namespace: string) => Promise<Answer>][] = [
  ['publish as the body', (client, namespace) => client.publishModule(`${namespace}/vpc/aws`, '2.0.0')],
  ['publish as a form', (client, namespace) => client.send('POST', '/api/v1/modules', formFor(namespace))],
  ['publish a wrong version', (client, namespace) => client.publishModule(`${namespace}/vpc/aws`, '1')],
  ['delete', (client, namespace) => client.send('DELETE', `/api/v1/modules/${namespace}/vpc/aws/1.0.0`)],
  ['restore', (client, namespace) => client.send('POST', `/api/v1/modules/${namespace}/vpc/aws/1.0.0/restore`)],
  ['open it', (client, namespace) => client.send('PATCH', `/api/v1/namespaces/${namespace}`, { visibility: 'public' })],
  ['claim it', (client, namespace) => client.send('POST', '/api/v1/namespaces', { name: namespace })],
  ...[
    '/api/v1/namespaces/NS',
    '/api/v1/modules?namespace=NS',
    '/api/v1/modules/NS/vpc/aws',
    '/api/v1/modules/NS/vpc/aws/versions',
    '/api/v1/modules/NS/vpc/aws/1.0.0',
    '/v1/modules/NS/vpc/aws/versions',
    '/v1/modules/NS/vpc/aws/1.0.0/download',
    '/v1/modules/NS/vpc/aws/v1.0.0+x/download',
    '/v1/modules/NS/vpc/aws/nonsense/download',
    '/v1/mirror/localhost/NS/greeter/index.json',
    '/v1/mirror/localhost/NS/greeter/1.0.0.json',
    '/v1/mirror/localhost/NS/greeter/nonsense.json',
    '/api/v1/providers/NS/greeter/1.0.0/lock',
  ].map((path): (typeof asked)[number] => [path, (client, ns) => client.get(path.replace('NS', ns))]),
]

test.each(asked)('%s', async (_what, ask) => {
  const limited = await registry.given.key(['modules:write', 'mirrors:manage'], { namespaces: ['acme'] })
  for (const client of [
    registry.anonymous,
    registry.as(limited),
    registry.as(await registry.given.key(['audit:read'])),
  ]) {
    const hidden = await ask(client, 'hidden')
    const absent = await ask(client, 'absent')

    expect(seenIn(hidden, 'hidden')).toEqual(seenIn(absent, 'absent'))
  }
})

/** All that tells one answer from another, with the namespace's own name and what differs between any two taken out. */
function seenIn({ status, headers, text }: Answer, namespace: string) {
  const general = Object.fromEntries(headers)
  const id = general['x-request-id'] ?? 'no id'
  for (const name of ['x-request-id', 'date', 'content-length']) delete general[name]
  return { status, general, text: text.replaceAll(id, 'ID').replaceAll(namespace, 'NS') }
}

test('who may publish nowhere cannot leave bytes here either, not even for a moment', async () => {
  const reader = registry.as(await registry.given.key(['modules:read', 'audit:read']))
  let mostBytes = 0
  const watching = setInterval(async () => {
    for (const name of await readdir(registry.app.uploads).catch(() => [])) {
      const found = await stat(join(registry.app.uploads, name)).catch(() => undefined)
      mostBytes = Math.max(mostBytes, found?.size ?? 0)
    }
  }, 5)

  const answer = await reader.send('POST', '/api/v1/modules', formFor('acme', Buffer.alloc(20_000_000)))
  clearInterval(watching)

  expect([answer.status, answer.json.code]).toEqual([403, 'scope-needed'])
  expect(mostBytes).toBe(0)
})

function formFor(namespace: string, archive = tarGz(moduleFiles())): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ namespace, name: 'vpc', system: 'aws', version: '2.0.0' }))
    form.set(name, value)
  form.set('file', new Blob([new Uint8Array(archive)]), 'module.tar.gz')
  return form
}
