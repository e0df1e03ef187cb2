/** `cadastre registry search`: modules and providers, published here or known from other registries, in one list; or what is in them. */
import type { components, paths } from '@cadastre/contract/openapi.gen'
import { type FoundKind, foundKinds, typedKind } from '@cadastre/contract/search-kinds'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { action, type Call } from '../call.ts'
import { examples } from '../help.ts'
import { answered } from '../registry.ts'
import { plain, type Report } from '../report.ts'
import { foundGroups, groupsNote, rowsOfGroups } from './search-groups.ts'
import { searchParts, typedWith } from './search-parts.ts'

type Hit = components['schemas']['SearchHit']
type Answer = components['schemas']['SearchAnswer']
type Asked = NonNullable<paths['/api/v1/search']['get']['parameters']['query']>
export type Flags = Pick<Asked, 'namespace' | 'provider' | 'sort'> & {
  type?: NonNullable<Asked['type']> | FoundKind
  limit: number
  detailed?: boolean
  countOnly?: boolean
  /** after modules and providers the first of each kind that is in them, or in the documentation */
  everything?: boolean
}

const pageSize = 100

export function addRegistrySearch(registry: Command): void {
  const command = registry
    .command('search')
    .description(
      'Search modules and providers: words, "phrases", -exclusions, addresses, and keys such as ns: or resource:.',
    )
    .argument('[query]', 'what is looked for; without it, everything')
    .addOption(new Option('--type <type>', 'only of this kind').choices(['module', 'provider', ...foundKinds]))
    .option('--namespace <namespace>', 'only those of this namespace')
    .option('--provider <name>', 'only modules for this provider, and providers of this name')
    .addOption(
      new Option('--sort <order>', 'what comes first')
        .choices(['relevance', 'popularity', 'downloads', 'updated'])
        .default('relevance'),
    )
    .option('--limit <n>', 'at most so many', count, 10)
    .option('--detailed', 'all that is known of each')
    .option('--count-only', 'how many there are, and nothing of them')
    .action(action(searchRegistry))
  examples(command, [
    'cadastre registry search vpc --provider aws',
    'cadastre registry search "kind:module resource:aws_vpc" --detailed',
    'cadastre registry search --type provider --sort downloads --limit 25 --json',
    'cadastre registry search cidr --type input',
    'cadastre registry search eks --count-only',
  ])
}

export async function searchRegistry(call: Call, q = '', flags: Flags): Promise<Report> {
  const { limit, detailed, countOnly, everything, type: wanted, ...others } = flags
  const kind = foundKinds.find((each) => each === wanted) ?? typedKind(q)
  if (kind) return searchParts(call, q, { ...flags, kind })
  const narrowed: Omit<Asked, 'q'> = { ...others, type: wanted as Asked['type'] }
  if (countOnly) return counted(call, { q, ...narrowed })
  const { items, total, hints, didYouMean, offers = [] } = await pages(call, { q, ...narrowed }, limit)
  const asksGroups = wanted === undefined && (everything || items.length === 0)
  const groups = asksGroups ? await foundGroups(call, typedWith(q, flags), limit) : []
  return {
    schema: 'cadastre.registry.search.v1',
    data: {
      items,
      total,
      hints,
      offers,
      ...(asksGroups && { groups }),
      ...(didYouMean === undefined ? {} : { didYouMean }),
    },
    columns: detailed ? detailedColumns : ['kind', 'address', 'latest', 'downloads', 'description'],
    rows: [...items.map(detailed ? detailedRow : row), ...(everything ? rowsOfGroups(groups) : [])],
    ...(detailed ? { lines: items.flatMap(block) } : {}),
    notes: [
      ...(items.length === 0
        ? [groups.length > 0 ? 'No module and no provider fits.' : 'Nothing that you may read fits.']
        : []),
      ...groupsNote(groups, everything ? '--kind' : '--type'),
      ...(items.length < total.count ? [`${items.length} of ${total.isEstimate ? 'about ' : ''}${total.count}.`] : []),
      ...(didYouMean === undefined ? [] : [`Did you mean ${didYouMean}?`]),
      ...offers.map(({ kind, items: near }) => `${offered[kind]}: ${near.map(({ address }) => address).join(', ')}.`),
      ...hints,
    ],
  }
}

const offered = { 'other-systems': 'For other systems', elsewhere: 'Elsewhere' } as const

/** As many pages as it takes; what is said of the query is said on the first. */
async function pages(call: Call, query: Asked, limit: number): Promise<Answer> {
  const { api } = await call.registry()
  const ask = (left: number, cursor?: string) =>
    answered(api.GET('/api/v1/search', { params: { query: { ...query, limit: Math.min(left, pageSize), cursor } } }))
  const first = await ask(limit)
  const { items } = first
  for (let { next } = first; next !== null && items.length < limit; ) {
    const page = await ask(limit - items.length, next)
    items.push(...page.items)
    next = page.next
  }
  return first
}

async function counted(call: Call, query: Asked): Promise<Report> {
  const kinds = (['module', 'provider'] as const).filter((kind) => query.type === undefined || query.type === kind)
  const totals = []
  for (const type of kinds) totals.push({ type, count: (await pages(call, { ...query, type }, 1)).total.count })
  return {
    schema: 'cadastre.registry.search.count.v1',
    data: Object.fromEntries(totals.map(({ type, count }) => [`${type}s`, count])),
    rows: totals.map(({ type, count }) => [`Total ${type === 'module' ? 'Modules' : 'Providers'}: ${count}`]),
  }
}

const row = ({ kind, address, version, downloads, description }: Hit) => [
  kind,
  address,
  version,
  downloads,
  description,
]

const detailedColumns = [
  'kind',
  'address',
  'latest',
  'downloads',
  'popularity',
  'origin',
  'visibility',
  'state',
  'updated',
  'description',
]
const detailedRow = (hit: Hit) => [
  ...[hit.kind, hit.address, hit.version, hit.downloads, hit.popularity],
  ...[hit.origin, hit.visibility, stateOf(hit), hit.updatedAt, hit.description],
]

const stateOf = ({ deprecated, archived }: Hit) => (deprecated ? 'deprecated' : archived ? 'archived' : 'active')

function block(hit: Hit): string[] {
  const known = {
    latest: hit.version,
    downloads: hit.downloads,
    popularity: hit.popularity,
    origin: hit.verified ? `${hit.origin}, verified` : hit.origin,
    visibility: hit.visibility,
    state: stateOf(hit),
    updated: hit.updatedAt,
  }
  const lines = Object.entries(known).flatMap(([name, value]) =>
    value === null ? [] : [`  ${name.padEnd(10)}  ${value}`],
  )
  return [`${hit.address}  (${hit.kind})`, ...(hit.description ? [`  ${plain(hit.description)}`] : []), ...lines, '']
}

export function count(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 99999.')
  return Number(text)
}
