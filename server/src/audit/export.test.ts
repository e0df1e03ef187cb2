/** The audit trail as a file: complete, in constant memory, and harmless in a spreadsheet. */
import { get } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const path = '/api/v1/audit-logs/export'

test('as NDJSON each line is a fact as the list shows it, with the same filters', async () => {
  await registry.given.namespace('acme')
  await registry.given.namespace('beta')

  const answer = await registry.admin.get(`${path}?kind=namespace.`)
  const { json } = await registry.admin.get('/api/v1/audit-logs?kind=namespace.')

  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.ndjson"$/)
  expect(answer.text.endsWith('\n')).toBe(true)
  expect(
    answer.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(json.items)
  expect(json.items).toHaveLength(2)
})

test('as CSV it follows RFC 4180, and nothing in it is a formula', async () => {
  const subjects = ['=1+1', '+1', '-1', '@sum(a1)', '\t=1', 'a "quoted", one', 'two\nlines', 'plain']
  for (const subject of subjects)
    await registry.sql(
      "insert into audit_logs (kind, caller_kind, caller_id, caller_name, subject) values ('test.csv', 'system', '', $1, $1)",
      [subject],
    )

  const { text, headers } = await registry.admin.get(`${path}?format=csv&kind=test.csv`)
  const [head, ...lines] = parsed(text)

  expect(headers.get('content-type')).toContain('text/csv')
  expect(head).toEqual([
    ...['id', 'occurred_at', 'kind', 'outcome', 'caller_kind', 'caller_id', 'caller_name', 'caller_owner'],
    ...['organization', 'namespace', 'subject', 'address', 'request_id', 'details'],
  ])
  const shown = lines.map((cells) => cells[10]!).reverse()
  expect(shown).toEqual(["'=1+1", "'+1", "'-1", "'@sum(a1)", "'\t=1", 'a "quoted", one', 'two\nlines', 'plain'])
  expect(lines.map((cells) => cells[6]).reverse()).toEqual(shown)
  expect(lines.every((cells) => cells.length === head!.length)).toBe(true)
})

test('an export of nothing has a head, or no line', async () => {
  expect((await registry.admin.get(`${path}?format=csv&kind=none`)).text).toMatch(/^id,[^\n]*details\r\n$/)
  expect((await registry.admin.get(`${path}?kind=none`)).text).toBe('')
  expect(await registry.admin.get(`${path}?format=xml`)).toMatchObject({ status: 400 })
})

test('fifty thousand facts are sent in constant memory, each once', async () => {
  await registry.sql(`insert into audit_logs (kind, caller_kind, caller_id, caller_name, subject, details)
    select 'test.many', 'system', '', 'cadastre', 'fact ' || n, jsonb_build_object('text', repeat(md5(n::text), 32))
    from generate_series(1, 50000) n`)
  await counted('kind=test.many&since=2999-01-01T00:00:00Z')
  const before = heldBytes()

  const { lines, bytes, highest } = await counted('kind=test.many')

  expect(lines).toBe(50_000)
  expect(bytes).toBeGreaterThan(55_000_000)
  // All of it at once would be more than 55 MB as text alone, and more than 200 MB as rows and text.
  expect(highest - before).toBeLessThan(45 * 1024 * 1024)
})

/** Reads without keeping, and looks every few megabytes at what is held; the server shares this process. */
function counted(query: string): Promise<{ lines: number; bytes: number; highest: number }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${registry.adminToken}` }
    get(`${registry.url}${path}?${query}`, { headers }, (response) => {
      let [lines, bytes, highest, looksAt] = [0, 0, 0, 0]
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        for (const byte of chunk) if (byte === 10) lines += 1
        if (bytes < looksAt) return
        highest = Math.max(highest, heldBytes())
        looksAt = bytes + 4_000_000
      })
      response.on('end', () => resolve({ lines, bytes, highest }))
      response.on('error', reject)
    }).on('error', reject)
  })
}

/** Without what only waits to be collected: how long that lies about differs from one Node to the next. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** RFC 4180, strictly. */
function parsed(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  const lines: string[][] = [[]]
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    lines.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3] === '\r\n') lines.push([])
    if (cell.lastIndex === text.length) return lines.slice(0, -1)
  }
  throw new Error(`not CSV: ${JSON.stringify(text.slice(0, 200))}`)
}
