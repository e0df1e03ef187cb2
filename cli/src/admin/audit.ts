/** `cadastre admin audit`: looks through the audit trail, follows it, and takes it out as CSV. */
import { setTimeout } from 'node:timers/promises'
import type { components, paths } from '@cadastre/contract/openapi.gen'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { action, type Call } from '../call.ts'
import { refusedBy, usage } from '../exit.ts'
import { examples } from '../help.ts'
import { answered, everyItem } from '../registry.ts'
import { type Cell, jsonLine, plain, type Report } from '../report.ts'
import { moment } from './moment.ts'

type Fact = components['schemas']['Fact']
type Filter = Omit<NonNullable<paths['/api/v1/audit-logs']['get']['parameters']['query']>, 'cursor' | 'limit'>
type Flags = Filter & { request?: string; limit: number; follow?: boolean; csv?: boolean }

const pageSize = 100
const everyMs = 2_000
/** A fact is seen when its transaction ends, which may be a while after the time that it bears. */
const lateMs = 120_000

export function addAudit(admin: Command): void {
  const command = admin
    .command('audit')
    .description('Look through the audit trail: who did what, when and from where. The newest comes first.')
    .option('--kind <kind>', 'module.published; with a dot at its end, all kinds that begin so: module.')
    .option('--caller <name|id>', 'a key or a person; a person comes with their keys')
    .option('--organization <organization>', 'what happened in this organization')
    .option('--namespace <namespace>', 'what happened in this namespace')
    .option('--subject <beginning>', 'what it is about: acme/vpc/')
    .addOption(new Option('--outcome <outcome>', 'what became of it').choices(['done', 'refused']))
    .option('--since <span|time>', 'from then on: 24h, 7d, 4w or 2030-01-31T12:00:00Z', (text) => moment(text))
    .option('--until <span|time>', 'before then', (text) => moment(text))
    .option('--request <id>', 'what was asked for with this request id')
    .option('--limit <n>', 'at most so many', count, pageSize)
    .option('--follow', 'go on with what happens, oldest first, until Ctrl-C; with --json a document a line')
    .option('--csv', 'everything that fits, as CSV, whatever --limit says')
    .action(action(showAudit))
  examples(command, [
    'cadastre admin audit --since 24h',
    'cadastre admin audit --namespace acme --kind module. --follow',
    'cadastre admin audit --outcome refused --since 7d --json',
    'cadastre admin audit --since 30d --csv > audit.csv',
  ])
}

async function showAudit(call: Call, { limit, follow, csv, request, ...rest }: Flags): Promise<Report> {
  const filter: Filter = { ...rest, requestId: request }
  if (csv && (follow || call.face.json))
    throw usage('--csv is a form of its own.', 'Leave out --json and --follow, or --csv.')
  if (csv) return printCsv(call, filter)
  const { items, more } = await newest(call, filter, limit)
  if (follow) return followFrom(call, filter, items)
  return {
    schema: 'cadastre.admin.audit.v1',
    data: { items },
    columns: ['time', 'kind', 'outcome', 'caller', 'subject', 'from'],
    rows: items.map(row),
    notes: more ? ['There is more. Narrow it down, or ask for more with --limit.'] : whyNothing(items, filter),
  }
}

function whyNothing(items: Fact[], { kind }: Filter): string[] {
  if (items.length > 0) return []
  const beginning =
    kind && !kind.includes('.') ? ` For all kinds that begin so, end it with a dot: --kind ${kind}.` : ''
  return [`Nothing in the trail fits.${beginning}`]
}

async function newest(call: Call, filter: Filter, limit: number): Promise<{ items: Fact[]; more: boolean }> {
  const { api } = await call.registry()
  const items: Fact[] = []
  let cursor: string | undefined
  do {
    const query = { ...filter, cursor, limit: Math.min(pageSize, limit - items.length) }
    const page = await answered(api.GET('/api/v1/audit-logs', { params: { query } }))
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && items.length < limit)
  return { items, more: cursor !== undefined }
}

async function followFrom(call: Call, filter: Filter, shown: Fact[]): Promise<never> {
  const { api } = await call.registry()
  for (const fact of shown.toReversed()) print(call, fact)
  let newest = shown[0]?.occurredAt
  let seen: Set<string> | undefined
  for (;;) {
    const query = { ...filter, since: later(filter.since, newest && longBefore(newest)), limit: pageSize }
    const facts = await everyItem((cursor) =>
      api.GET('/api/v1/audit-logs', { params: { query: { ...query, cursor } } }),
    )
    // What was there before and is beyond --limit stays unshown.
    const isFresh = ({ id, occurredAt }: Fact) => (seen ? !seen.has(id) : newest === undefined || occurredAt > newest)
    for (const fact of facts.filter(isFresh).toReversed()) print(call, fact)
    seen = new Set(facts.map(({ id }) => id))
    newest = facts[0]?.occurredAt ?? newest
    await setTimeout(everyMs)
  }
}

const longBefore = (time: string) => new Date(Date.parse(time) - lateMs).toISOString()

const later = (one: string | undefined, other: string | undefined) =>
  one !== undefined && (other === undefined || one > other) ? one : other

function print(call: Call, fact: Fact): void {
  const line = call.face.json
    ? jsonLine(fact)
    : row(fact)
        .map((cell) => plain(String(cell ?? '')))
        .join(call.face.terminal ? '  ' : '\t')
  process.stdout.write(`${line}\n`)
}

async function printCsv(call: Call, filter: Filter): Promise<Report> {
  const { base, exchange, authorization } = await call.registry()
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const answer = await exchange({
    method: 'GET',
    url: `${base}/api/v1/audit-logs/export?${new URLSearchParams([...given, ['format', 'csv']])}`,
    headers: { ...authorization },
    // Whoever writes it to a file gets the registry's own bytes.
    onLine: async (line) => void process.stdout.write(`${call.face.terminal ? plain(line) : line}\r\n`),
  })
  if (answer.status >= 300) throw refusedBy(answer.status, JSON.parse(answer.text))
  return { schema: 'cadastre.admin.audit.v1', data: {}, rows: [] }
}

const row = ({ occurredAt, kind, outcome, caller, subject, address }: Fact): Cell[] => [
  `${occurredAt.slice(0, 19)}Z`,
  kind,
  outcome,
  caller.owner && caller.kind === 'api-key' ? `${caller.name} (${caller.owner})` : caller.name,
  subject,
  address,
]

function count(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (number < 1) throw new InvalidArgumentError('It has to be a number from 1 to 99999; --csv knows no limit.')
  return number
}
