/** Texts that no honest client sends: each is refused as the client's mistake, and none becomes a fault of ours. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from './archives.ts'
import type { Answer } from './client.ts'
import { publishProvider, trustKey } from './published-provider.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  for (const version of ['1.0.0', '1.1.0']) await registry.admin.publishModule('acme/vpc/aws', version)
})
afterAll(() => registry.stop())

const controls = ['\0', 'a\0b', 'a\u001b[31mb', 'a\nb', 'a\u0085b', 'a\u007f']

describe('control characters', () => {
  test.each(controls)('%j names no key, no organization and no namespace, whoever asks', async (text) => {
    const key = { name: 'ci', scopes: ['modules:read'] }
    const answers = [
      await registry.admin.send('POST', '/api/v1/api-keys', { ...key, name: text }),
      await registry.anonymous.send('POST', '/api/v1/api-keys', { ...key, organization: text }),
      await registry.anonymous.send('POST', '/api/v1/namespaces', { name: 'x', organization: text }),
      await registry.admin.send('POST', '/api/v1/namespaces', { name: text }),
      await registry.admin.get(`/api/v1/namespaces/${encodeURIComponent(text)}`),
    ]

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
  })

  test.each(['\0', 'a\u001b[31mb'])('%j is no description, through either door', async (description) => {
    const put = await registry.admin.send(
      'PUT',
      `/api/v1/modules/acme/texts/aws/1.0.0?description=${encodeURIComponent(description)}`,
      tarGz(moduleFiles()),
      { 'content-type': 'application/gzip' },
    )
    const post = await publishForm(registry, { description })

    expect([put.status, put.json.code]).toEqual([400, 'request-malformed'])
    expect([post.status, post.json.code]).toEqual([400, 'request-malformed'])
    expect(await registry.storedFiles()).not.toContainEqual(expect.stringContaining('uploads'))
  })
})

test('half of a pair of characters, which PostgreSQL keeps in no JSON, is no text', async () => {
  await trustKey(registry.admin, 'acme')
  await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.0.0' })
  const half = 'Leave it \ud800.'

  const answers = [
    await registry.admin.send('POST', '/api/v1/providers/acme/greeter/1.0.0/deprecate', { message: half }),
    await registry.admin.send('POST', '/api/v1/api-keys', { name: half, scopes: ['modules:read'] }),
  ]

  expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
    [400, 'request-malformed'],
    [400, 'request-malformed'],
  ])
})

test('a description is as long as it may be or refused, never cut off', async () => {
  const answers = [2000, 2001, 20_000].map((length) => publishForm(registry, { description: 'd'.repeat(length) }))

  const [fits, long, longer] = await Promise.all(answers)

  expect(fits!.json.version.description).toHaveLength(2000)
  expect([long!.status, long!.json.code]).toEqual([400, 'request-malformed'])
  expect([longer!.status, longer!.json.code]).toEqual([400, 'form-too-large'])
})

describe('cursors that this registry never gave out', () => {
  const lists = ['/api/v1/api-keys', '/api/v1/modules', '/api/v1/namespaces', '/api/v1/modules/acme/vpc/aws/versions']
  const cursors = [
    ['abc', 'def', 'ghi'],
    ['2026-01-01', '00000000-0000-4000-8000-000000000000'],
    ['\ud800', '', "'"],
    ['00000000-0000-4000-8000-000000000000'],
    [],
    [''],
    ['x'.repeat(300)],
  ].map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url'))

  test.each(lists)('%s', async (list) => {
    const answers = await Promise.all(cursors.map((cursor) => registry.admin.get(`${list}?cursor=${cursor}`)))

    for (const { status } of answers) expect([200, 400]).toContain(status)
  })
})

test('names of the language are nothing special in a body or a query', async () => {
  const polluting = '{"name":"polluted","__proto__":{"visibility":"public"},"constructor":{"prototype":{"x":1}}}'

  const body = await registry.admin.send('POST', '/api/v1/namespaces', polluting, {
    'content-type': 'application/json',
  })
  const query = await registry.admin.get('/api/v1/modules?__proto__[limit]=1&constructor=2&toString=3')
  const field = await publishForm(registry, { __proto__: null, constructor: 'x' })

  expect([body.status, query.status, field.status]).toEqual([400, 200, 400])
  expect(({} as Record<string, unknown>).x).toBeUndefined()
})

test('a form says each thing once', async () => {
  const form = new FormData()
  for (const version of ['1.0.0', '6.6.6']) form.append('version', version)

  const answer = await registry.admin.send('POST', '/api/v1/modules', form)

  expect([answer.status, answer.json.code]).toEqual([400, 'form-part-unknown'])
})

async function publishForm(to: TestRegistry, fields: Record<string, string | null>): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    namespace: 'acme',
    name: 'form',
    system: 'aws',
    version: '1.0.0',
    ...fields,
  }))
    form.set(name, String(value))
  form.set('file', new Blob([new Uint8Array(tarGz(moduleFiles()))]), '../../evil.tar.gz')
  return to.admin.send('POST', '/api/v1/modules', form)
}
