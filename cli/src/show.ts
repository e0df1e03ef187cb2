/** `cadastre show`: what is known of a version of a module, or one part of it. */
import type { components } from '@cadastre/contract/openapi.gen'
import { sourceText } from '@cadastre/contract/source-address'
import { type Command, Option } from 'commander'
import { action, type Call } from './call.ts'
import { exit, Failure } from './exit.ts'
import { examples } from './help.ts'
import { type ModuleAddress, moduleAddress, moduleText } from './module-address.ts'
import { answered, contentOf, type Registry } from './registry.ts'
import type { Report } from './report.ts'

type Details = components['schemas']['ModuleVersionDetails']
type Flags = { inputs?: boolean; outputs?: boolean; readme?: boolean; folder: string }
const recentDays = 30

type Asked = { path: ModuleAddress & { version: string }; query: { folder: string } }

const version = '/api/v1/modules/{namespace}/{name}/{system}/{version}'

export function addShow(cadastre: Command): void {
  const only = (flag: string, what: string, others: string[]) => new Option(flag, what).conflicts(others)
  const command = cadastre
    .command('show')
    .description('Show what is in a module: what goes in, what comes out, how it is used.')
    .argument('<address>', 'NAMESPACE/NAME/SYSTEM, and @VERSION unless it is the newest')
    .addOption(only('--inputs', 'its inputs alone', ['outputs', 'readme']))
    .addOption(only('--outputs', 'its outputs alone', ['inputs', 'readme']))
    .addOption(only('--readme', 'its README, as it was written', ['inputs', 'outputs']))
    .option('--folder <path>', 'of a submodule or an example, e.g. modules/subnets', '')
    .action(action(show))
  examples(command, [
    'cadastre show acme/vpc/aws',
    'cadastre show acme/vpc/aws@1.2.0 --inputs',
    'cadastre show acme/vpc/aws --readme --folder modules/subnets',
  ])
}

async function show(call: Call, text: string, { folder, ...only }: Flags): Promise<Report> {
  const registry = await call.registry()
  const asked: Asked = { path: await versionWanted(registry, text), query: { folder } }
  if (only.inputs) return showInputs(registry, asked)
  if (only.outputs) return showOutputs(registry, asked)
  if (only.readme) return showReadme(registry, asked)
  return showAll(registry, asked)
}

async function versionWanted({ api }: Registry, text: string): Promise<Asked['path']> {
  const [addressText = '', wanted] = text.split('@')
  const path = moduleAddress(addressText)
  if (wanted) return { ...path, version: wanted }
  const { latestVersion } = await answered(api.GET('/api/v1/modules/{namespace}/{name}/{system}', { params: { path } }))
  if (latestVersion) return { ...path, version: latestVersion }
  throw new Failure(
    exit.notFound,
    'version-not-found',
    `${addressText} has no version that is no prerelease.`,
    `Name one: cadastre show ${addressText}@VERSION; they are listed by cadastre module versions ${addressText}.`,
  )
}

async function showAll({ api }: Registry, params: Asked): Promise<Report> {
  const details = await answered(api.GET(version, { params: { path: params.path } }))
  const usage = await answered(api.GET(`${version}/usage`, { params }))
  const recent = await recentDownloads(api, details, params.path)
  const facts = factsOf(details, params.query.folder)
  if (recent)
    facts.push(['downloads', `${recent.all} in the last ${recentDays} days, ${recent.version} of this version`])
  return {
    schema: 'cadastre.show.v1',
    data: { ...details, usage: usage.text, recentDownloads: recent && { days: recentDays, ...recent } },
    rows: facts,
    lines: [
      ...facts.map(([name, value]) => `${String(name).padEnd(12)}${value}`),
      '',
      ...usage.text.trimEnd().split('\n'),
    ],
    warnings: warningsOf(details.inspection, details.diagnostics),
    next: [{ why: 'see what goes in', run: `cadastre show ${details.address}@${details.version} --inputs` }],
  }
}

/** Nothing from a registry that cannot tell it yet. */
async function recentDownloads(api: Registry['api'], { version }: Details, path: Asked['path']) {
  const from = new Date(Date.now() - (recentDays - 1) * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10)
  const query = { by: 'day', split: 'version', from, limit: 500 } as const
  const { data } = await api.GET('/api/v1/modules/{namespace}/{name}/{system}/downloads', { params: { path, query } })
  return data ? { all: data.total, version: data.series.find(({ name }) => name === version)?.total ?? 0 } : null
}

function factsOf(details: Details, path: string): [string, string | number][] {
  const folder = details.folders.find((each) => each.path === path)
  const kinds = (kind: string) => details.folders.filter((each) => each.kind === kind).map((each) => each.path)
  const facts: [string, string | number | null][] = [
    ['address', details.address],
    ['version', details.version],
    ['state', details.state],
    ['description', details.description || (folder?.description ?? '')],
    ['source', sourceOf(details)],
    ['published', `${details.publishedAt} by ${details.publishedBy}`],
    ['licence', details.licence],
    ['requires', details.requiredVersion],
    ...(folder ? countsOf(folder) : []),
    ['submodules', kinds('submodule').join(' ')],
    ['examples', kinds('example').join(' ')],
  ]
  return facts.filter((fact): fact is [string, string | number] => fact[1] !== null && fact[1] !== '')
}

/** Where this version does not say it, what another one said, with its number. */
function sourceOf({ source, sourceUrl, sourceVersion }: Details): string | null {
  if (source) return sourceText(source)
  return sourceUrl && sourceVersion ? `${sourceUrl} (as of ${sourceVersion})` : sourceUrl
}

const countsOf = (folder: Details['folders'][number]): [string, string | number][] => [
  ['inputs', `${folder.inputs} (${folder.requiredInputs} required)`],
  ['outputs', folder.outputs],
  ['resources', folder.resources],
]

async function showInputs({ api }: Registry, params: Asked): Promise<Report> {
  const { items, inspection, diagnostics } = await answered(api.GET(`${version}/inputs`, { params }))
  return {
    schema: 'cadastre.show.inputs.v1',
    data: { address: moduleText(params.path), version: params.path.version, items },
    columns: ['input', 'type', 'default', 'description'],
    rows: items.map(({ name, type, required, defaultText, description }) => [
      name,
      evenlySpaced(type ?? 'any'),
      required ? 'required' : evenlySpaced(defaultText ?? 'null'),
      evenlySpaced(description),
    ]),
    notes: items.length === 0 && inspection === 'done' ? ['It has no inputs.'] : [],
    warnings: warningsOf(inspection, diagnostics),
  }
}

async function showOutputs({ api }: Registry, params: Asked): Promise<Report> {
  const { items, inspection, diagnostics } = await answered(api.GET(`${version}/outputs`, { params }))
  return {
    schema: 'cadastre.show.outputs.v1',
    data: { address: moduleText(params.path), version: params.path.version, items },
    columns: ['output', 'sensitive', 'description'],
    rows: items.map(({ name, sensitive, description }) => [name, sensitive ? 'yes' : '', evenlySpaced(description)]),
    notes: items.length === 0 && inspection === 'done' ? ['It has no outputs.'] : [],
    warnings: warningsOf(inspection, diagnostics),
  }
}

async function showReadme(registry: Registry, params: Asked): Promise<Report> {
  const { api } = registry
  const { file, inspection } = await answered(api.GET(`${version}/readme`, { params }))
  if (file === null)
    return { schema: 'cadastre.show.readme.v1', data: { file, markdown: '' }, rows: [], ...noReadme(inspection) }
  const markdown = await textOf(registry, params.path, file)
  const lines = markdown.trimEnd().split('\n')
  return { schema: 'cadastre.show.readme.v1', data: { file, markdown }, rows: lines.map((line) => [line]), lines }
}

/** The bytes of a file, which is no JSON. */
async function textOf(registry: Registry, { namespace, name, system, version }: Asked['path'], file: string) {
  const parts = ['modules', namespace, name, system, version, 'files', 'raw', ...file.split('/')]
  const url = `${registry.base}/api/v1/${parts.map(encodeURIComponent).join('/')}`
  const answer = await registry.exchange({ method: 'GET', url, headers: registry.authorization })
  return answer.status === 200 ? answer.text : contentOf<string>(answer, url)
}

const noReadme = (inspection: Details['inspection']) =>
  inspection === 'done' ? { notes: ['It has no README.'] } : { warnings: warningsOf(inspection, []) }

const maxWarnings = 20

function warningsOf(inspection: Details['inspection'], diagnostics: Details['diagnostics']): string[] {
  const found = diagnostics
    .slice(0, maxWarnings)
    .map(({ file, line, message }) => (file ? `${file}:${line}: ${message}` : message))
  if (diagnostics.length > maxWarnings) found.push(`and ${diagnostics.length - maxWarnings} more`)
  if (inspection === 'waiting') return ['The registry has not read this version yet: ask again in a moment.']
  return inspection === 'failed' && found.length === 0 ? ['The registry could not read this version.'] : found
}

const evenlySpaced = (text: string) => text.replace(/\s+/g, ' ').trim()
