/**
 * P8: the search inside of modules, of as many as a public registry has, each with forty names: ten clients ask for the
 * first of every kind, against an answer that asks PostgreSQL for `select 1`.
 */
import { type Times, times } from '../catalogue-asking.ts'
import { namespace } from '../data.ts'
import { type Bench, median, type Round, ratioOf, shown, size } from '../measure.ts'
import { type Registry, startRegistry } from '../registry.ts'

const goalMs = 60
const clients = 10
/** Of the time of a leg elsewhere. */
const share = 0.5

const queries = ['cidr', 'subnet', 'sto', 'vpc id', 'bench bucket', 'kms_key', 'no-such-name']
const vocabulary =
  'vpc eks bucket storage account cluster network security group key cidr block subnet route table gateway name tags create policy role arn id region zone count size type version endpoint domain dns record log retention kms backup alarm queue function memory timeout database user port egress rule target path prefix label team'

/** On the data of a registry that ended. */
export async function searchingInside(bench: Bench, before: Registry): Promise<void> {
  const filling = await startRegistry({ dataDir: before.dataDir })
  const { rowCount } = await addParts(filling)
  await filling.sql('vacuum analyze search_terms')
  await filling.end()
  const registry = await startRegistry({ dataDir: before.dataDir })
  registry.token = before.token
  const { options, report } = bench
  const paths = queries.map((query) => `/api/v1/search/groups?q=${encodeURIComponent(query)}`)
  const rounds: { limit: Times; measured: Times }[] = []
  for (let pair = 0; pair <= options.pairs; pair += 1) {
    const limit = await times(bench, { registry, paths: ['/health'], connections: clients, share })
    const measured = await times(bench, { registry, paths, connections: clients, share })
    if (pair > 0) rounds.push({ limit, measured })
  }
  const ratios: Round[] = rounds.map(({ limit, measured }) => ({
    limit: limit.p50,
    measured: measured.p50,
    ratio: measured.p50 / limit.p50,
  }))
  const of = (side: 'limit' | 'measured', which: keyof Times) => median(rounds.map((round) => round[side][which]))
  const said = (side: 'limit' | 'measured') =>
    `${shown(of(side, 'p50'), 'ms')} and ${shown(of(side, 'p99'), 'ms')}, CPU ${shown(1e6 * of(side, 'cpu'), 'µs')}`
  report.add({
    goal: 'P8',
    name: `search inside of ${(rowCount! / fields).toLocaleString('en')} modules, ${clients} clients: p50 and p99, against /health`,
    bytes: size(await registry.metric('cadastre_search_bytes')),
    limit: said('limit'),
    measured: said('measured'),
    ratio: ratioOf(ratios),
    wanted: `≤ ${goalMs} ms, not gated`,
    verdict: of('measured', 'p99') <= goalMs ? 'met' : 'over',
    rounds: ratios,
  })
  await registry.end()
}

const fields = 5

/** Names of two words, and some that no other module has. */
const addParts = (registry: Registry) =>
  registry.sql(
    `with made as (
       select distinct item.id, field, case field when 'resource' then 'aws_' else '' end
           || words[1 + abs(hashint8(item.id * 1000 + place * 7 + length(field))) % cardinality(words)] || '_'
           || words[1 + abs(hashint8(item.id * 1000 + place * 13 + length(field))) % cardinality(words)]
           || case when place % 5 = 0 then '_' || item.id else '' end as term
       from modules as item, (values ('input', 20), ('output', 8), ('resource', 8), ('data', 2), ('submodule', 2)) as kinds (field, many),
         generate_series(1, many) as place, string_to_array($1, ' ') as words
       where item.namespace = $2)
     insert into search_terms (kind, item_id, field, terms, shown)
     select 'module', id, field, array_agg(term),
       jsonb_object_agg(replace(term, '_', '-'), jsonb_build_object('name', term, 'folder', '', 'about', 'string · What it is for.'))
     from made group by id, field`,
    [vocabulary, namespace],
  )
