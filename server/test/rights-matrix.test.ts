/** Every route of the running server, asked by every kind of caller, held against the table that was written by hand. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from './client.ts'
import { startRegistry, type TestRegistry } from './registry.ts'
import { buildWorld, type Credentials, type World } from './rights-matrix.callers.ts'
import { type Asked, askedBy, paramsOf } from './rights-matrix.requests.ts'
import { table } from './rights-matrix.table.ts'

type Rule = 'read' | 'list' | 'write' | 'form' | 'org' | 'once'
type Row = { label: string; route: string; rule: Rule; letIn: string; notFound: string; cells: Map<string, string> }
/** In which surroundings a row is asked: the namespace, or the organization. */
type Place = { name: 'private' | 'internal' | 'public' | 'absent'; namespace: string; organization: string }
type Expected = { status: number; code?: string; shown?: boolean }

const places: Place[] = [
  { name: 'private', namespace: 'secret', organization: 'acme' },
  { name: 'internal', namespace: 'shared', organization: 'acme' },
  { name: 'public', namespace: 'open', organization: 'acme' },
  { name: 'absent', namespace: 'absent', organization: 'absent' },
]
const placesOf: Record<Rule, Place['name'][]> = {
  read: ['private', 'internal', 'public', 'absent'],
  list: ['private', 'internal', 'public'],
  write: ['private', 'internal', 'public', 'absent'],
  form: ['private', 'internal', 'public', 'absent'],
  org: ['private', 'absent'],
  once: ['private'],
}

const rows = readTable(table)
// `scripts/without-permits.mjs` asks for those alone that may notice what it took away.
const wanted = new RegExp(process.env.CADASTRE_MATRIX_ROWS ?? '')

let registry: TestRegistry
let world: World
beforeAll(async () => {
  registry = await startRegistry({
    env: {
      TFR_MULTI_TENANCY_ENABLED: 'true',
      TFR_MULTI_TENANCY_DEFAULT_ORGANIZATION: 'acme',
      TFR_SECURITY_CORS_ALLOWED_ORIGINS: 'https://console.acme.example',
    },
  })
  world = await buildWorld(registry)
})
afterAll(() => registry.stop())

test('every route of the running server has its row in the table, and every row its route', async () => {
  const documented = Object.entries<object>((await registry.anonymous.get('/api/v1/openapi.json')).json.paths)
  const described = documented.flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1').replace('{*}', '*')}`,
    ),
  )
  const routes = new Set([...registry.routes, ...described].map(asRow))

  const missing = [...routes].filter((route) => !rows.some((row) => row.route === route))
  const superfluous = rows.filter(({ route }) => !routes.has(route)).map(({ label }) => label)

  expect({ missing, superfluous }).toEqual({ missing: [], superfluous: [] })
})

test('no answer to any caller is another than the table says', async () => {
  const names = [...rows[0]!.cells.keys()]
  const compared = await Promise.all(names.map(compareAll))

  const answers = compared.reduce((sum, { count }) => sum + count, 0)
  process.stdout.write(`Compared ${answers} answers: ${rows.length} rows, ${names.length} callers.\n`)
  expect(compared.flatMap(({ unexpected }) => unexpected)).toEqual([])
}, 900_000)

/** One caller's requests go one after another, as those of one client do. */
async function compareAll(caller: string) {
  const unexpected: string[] = []
  let count = 0
  for (const row of rows.filter(({ route }) => wanted.test(route))) {
    for (const place of places.filter(({ name }) => placesOf[row.rule].includes(name))) {
      const asked = askedBy(row.label, { ...place, caller }, world)
      const expected = expectedOf(row, caller, place)
      const [method] = row.route.split(' ') as [string]
      for (const sent of method === 'GET' ? ['GET', 'HEAD'] : [method]) {
        const answer = await ask(row, sent, place, asked, await credentialsOf(caller, place, asked))
        const difference = differenceOf(answer, sent === 'HEAD' ? { status: expected.status } : expected, asked)
        count += 1
        if (difference) unexpected.push(`${caller} ${place.name} ${row.label.replace(method, sent)}: ${difference}`)
      }
    }
  }
  return { count, unexpected }
}

async function credentialsOf(caller: string, { namespace }: Place, { endsSession }: Asked): Promise<Credentials> {
  const usual = world.callersOf(namespace)[caller]!
  return (endsSession && (await world.spareSession(caller))) || usual
}

function ask(row: Row, method: string, place: Place, asked: Asked, credentials: Credentials): Promise<Answer> {
  const params: Record<string, string> = {
    ...paramsOf(place.namespace),
    organization: place.organization,
    user: randomUUID(),
    id: randomUUID(),
    ...asked.params,
  }
  const pattern = row.route.slice(row.route.indexOf(' ') + 1)
  const style = registry.routes.find((route) => asRow(route) === row.route)!.slice(row.route.indexOf(' ') + 1)
  const path = asked.path ?? (pattern.includes('*') ? style : pattern.replace(/:(\w+)/g, (_, name) => params[name]!))
  const headers = { ...credentials(method), ...asked.headers }
  return registry.anonymous.send(method, asked.query ? `${path}?${asked.query}` : path, asked.body?.(), headers)
}

function differenceOf(answer: Answer, expected: Expected, { shows }: Asked): string | undefined {
  const code = answer.json?.code ?? /\/docs\/errors\/([a-z-]+)"/.exec(answer.text)?.[1]
  const isExpected = answer.status === expected.status && (expected.code === undefined || code === expected.code)
  if (!isExpected) return `${answer.status} ${code ?? ''} instead of ${expected.status} ${expected.code ?? ''}`
  if (expected.shown === undefined || shows === undefined) return undefined
  return answer.text.includes(shows) === expected.shown ? undefined : expected.shown ? 'does not show' : 'shows'
}

function expectedOf(row: Row, caller: string, place: Place): Expected {
  const cell = cellIn(row.rule, caller, row.cells.get(caller)!, place.name)
  const [status, code] = row.letIn.split('/')
  if (cell === 'in' || cell === 'no') return { status: Number(status), code, shown: cell === 'in' }
  if (cell === '404') return { status: 404, code: row.notFound }
  const known = refusals[cell]
  return known ? { status: known[0], code: known[1] } : { status: Number(cell) }
}

const refusals: Record<string, [number, string | undefined]> = {
  '401': [401, 'sign-in-needed'],
  '403': [403, 'scope-needed'],
  dead: [401, 'token-invalid'],
  ask: [401, undefined],
  csrf: [403, 'csrf-token-wrong'],
  more: [403, 'scopes-exceeded'],
  over: [401, 'session-over'],
  form: [403, 'form-forged'],
  none: [404, 'organization-not-found'],
}

/** The rules of the table: what a cell says of a private namespace, in another place. */
function cellIn(rule: Rule, caller: string, cell: string, place: Place['name']): string {
  const isSignedIn = caller === 'strg' || caller === 'pubB'
  if (place === 'private' || rule === 'once' || cell === 'dead' || cell === 'csrf') return cell
  if (place === 'absent') return cell === '401' || (rule === 'form' && cell === '403') ? cell : '404'
  if (rule === 'read' || rule === 'list') return place === 'public' || isSignedIn ? 'in' : cell
  return cell === '404' && (place === 'public' || isSignedIn) ? '403' : cell
}

function readTable(text: string): Row[] {
  const lines = text.split('\n').filter((line) => / {2}/.test(line))
  const callers = lines[0]!.trim().split(/ +/).slice(0, 15)
  return lines.slice(1).map((line) => {
    const words = line.trim().split(/ +/)
    const [rule, letIn, notFound] = words.slice(callers.length) as [Rule, string, string]
    const label = words.slice(callers.length + 3).join(' ')
    const cells = new Map(callers.map((caller, index) => [caller, words[index]!]))
    return { label, route: label.replace(/ \(.*\)$/, ''), rule, letIn, notFound, cells }
  })
}

/** HEAD is answered as GET is, and the name of the style sheet changes with it. */
const asRow = (route: string) => route.replace(/^HEAD /, 'GET ').replace(/page-[0-9a-f]+\.css$/, 'page-*.css')
