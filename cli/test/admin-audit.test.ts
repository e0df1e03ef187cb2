/** `cadastre admin audit`: the trail as a table, as documents, as CSV, and as it happens. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Desk, desk } from './cadastre.ts'

let registry: TestRegistry
let here: Desk
beforeAll(async () => {
  registry = await startRegistry()
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: registry.adminToken })
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
})
afterAll(async () => {
  here.clear()
  await registry.stop()
})

test('in a pipe it is a line a fact, newest first, with who and from where', async () => {
  const { code, out } = await here.run(['admin', 'audit', '--namespace', 'acme', '--since', '1h'])

  expect(code).toBe(0)
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').slice(1)),
  ).toEqual([
    ['module.published', 'done', 'test admin', 'acme/vpc/aws 1.0.0', '127.0.0.1'],
    ['namespace.created', 'done', 'test admin', 'acme', '127.0.0.1'],
  ])
})

test('with --json it is one document, narrowed by every flag, and --limit says when there is more', async () => {
  const flags = ['--kind', 'module.', '--caller', 'test admin', '--subject', 'acme/', '--outcome', 'done', '--json']
  const narrow = await here.run(['admin', 'audit', '--organization', 'default', '--until', '0m', ...flags])
  const limited = await here.run(['admin', 'audit', '--limit', '1'])

  expect(narrow.json).toMatchObject({
    schema: 'cadastre.admin.audit.v1',
    data: { items: [{ kind: 'module.published' }] },
  })
  expect(limited.out.trimEnd().split('\n')).toHaveLength(1)
  expect(limited.err).toContain('There is more.')
})

test('with --csv it is the whole file', async () => {
  const { code, out } = await here.run(['admin', 'audit', '--csv', '--namespace', 'acme'])

  expect(code).toBe(0)
  expect(out.split('\r\n').map((line) => line.split(',')[2])).toEqual([
    'kind',
    'module.published',
    'namespace.created',
    undefined,
  ])
})

test('with --follow it goes on with what happens, a document a line', async () => {
  const { child, ended } = here.start(['admin', 'audit', '--follow', '--json', '--kind', 'namespace.', '--limit', '1'])
  let text = ''
  const holds = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = () => text.includes(wanted) && resolve()
      child.stdout!.on('data', look)
      look()
    })
  child.stdout!.on('data', (more) => {
    text += more
  })

  await holds('"acme"')
  await registry.given.namespace('followed')
  await holds('"followed"')
  child.kill('SIGINT')

  expect((await ended).code).toBe(130)
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).subject),
  ).toEqual(['acme', 'followed'])
})

test.each([
  [['--since', 'yesterday'], 2, 'Write a span'],
  [['--csv', '--json'], 2, '--csv is a form of its own'],
  [['--limit', '0'], 2, 'a number from 1'],
  [['--outcome', 'maybe'], 2, 'Allowed choices are done, refused'],
])('%j is wrong usage', async (flags, code, sentence) => {
  const refused = await here.run(['admin', 'audit', ...flags])

  expect(refused.code).toBe(code)
  expect(refused.err + refused.out).toContain(sentence)
})

test('who may not look is told so, by the table and by the file', async () => {
  const token = await registry.given.key(['modules:read'])

  for (const flags of [[], ['--csv']])
    expect(await here.run(['admin', 'audit', '--token', token, ...flags])).toMatchObject({
      code: 3,
      err: expect.stringContaining('audit:read'),
    })
})
