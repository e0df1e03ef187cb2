/** The page of a version as Markdown, for whoever reads text: how it is used, its inputs, its outputs, its README. */
import type { Diagnostic, Input, Inspection, Output } from '@cadastre/contract/module-knowledge'
import { sourceText } from '@cadastre/contract/source-address'
import { shownSource, type VersionSource } from '@cadastre/contract/version-source'
import { permit } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { evenlySpaced } from '../../foundation/one-line.ts'
import { parseVersion } from '../../foundation/semver.ts'
import { findNamespace } from '../../organizations/queries.ts'
import { type ModuleAddress, moduleNotFound, moduleText, requestedModule } from '../module.ts'
import { findModule } from '../queries.ts'
import { askedVersion, seen } from './asked-version.ts'
import { findWritten } from './queries.ts'
import { usableHost, usageOf } from './usage.ts'
import { hostsOf } from './usage-api.ts'

type ModulePath = { Params: { namespace: string; name: string; system: string } }
type VersionPath = { Params: ModulePath['Params'] & { version: string } }
type Written = {
  version: string
  description: string
  source: VersionSource | null
  /** the version that said it, when that is another one */
  sourceAsOf: string | null
  inspection: Inspection
  inputs: Input[]
  outputs: Output[]
  diagnostics: Diagnostic[]
  readme: string
}

type Said = {
  source: string
  commit: string
  sourceFolder: string
  sourceUrl: string
  sourceVersion: string | null
}

export function moduleMarkdown(http: Http, app: App) {
  const host = usableHost(hostsOf(app.config))

  http.get<ModulePath>('/modules/:namespace/:name/:system.md', async ({ params, caller }, reply) => {
    const address = requestedModule(params)
    permit(caller, 'modules:read', await findNamespace(app.db, address.namespace))
    const latest = (await findModule(app.db, address))?.latestVersion
    if (!latest) throw moduleNotFound(address)
    // Which one it is changes with the next that is published.
    const pinned = `${basePathOf(app.config)}/modules/${moduleText(address)}/${encodeURIComponent(latest)}.md`
    return reply.header('cache-control', 'private, no-store').redirect(pinned, 302)
  })

  http.get<VersionPath>('/modules/:namespace/:name/:system/:version.md', async (request, reply) => {
    const asked = await askedVersion(app, request.caller, request.params)
    const found = seen(asked, await findWritten(app.db, asked))
    const { inputs, outputs } = found
    const { source, sourceAsOf } = saidSource(found)
    const usage = usageOf(
      { address: asked.address, version: parseVersion(found.version), inputs: inputs ?? [], host },
      { client: 'terraform', mode: 'required', pin: 'pessimistic', folder: '' },
    )
    return reply
      .headers({
        'cache-control': 'private, no-store',
        vary: 'authorization, cookie',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'x-request-id': request.id,
      })
      .type('text/markdown; charset=utf-8')
      .send(
        written(
          asked.address,
          { ...found, source, sourceAsOf, inputs: inputs ?? [], outputs: outputs ?? [] },
          usage.text,
        ),
      )
  })
}

/** Where a version does not say it, what another one said, with its number. */
function saidSource(found: Said): Pick<Written, 'source' | 'sourceAsOf'> {
  const own = shownSource({ ...found, folder: found.sourceFolder })
  if (own) return { source: own, sourceAsOf: null }
  return { source: shownSource({ source: found.sourceUrl, commit: '', folder: '' }), sourceAsOf: found.sourceVersion }
}

function written(address: ModuleAddress, about: Written, usage: string) {
  const { version, description, source, sourceAsOf, inspection, inputs, outputs, diagnostics, readme } = about
  const none = inspection === 'done' ? 'None.' : notRead[inspection]
  const parts = [
    `# ${moduleText(address)} ${version}`,
    evenlySpaced(description),
    source
      ? `Source: [${plain(sourceText(source))}](<${source.page}>)${sourceAsOf ? `, as of ${sourceAsOf}` : ''}`
      : '',
    `## Usage\n\n${fenced(usage)}`,
    diagnostics.length > 0 && `## Problems\n\n${problemList(diagnostics)}`,
    `## Inputs\n\n${inputs.length > 0 ? inputTable(inputs) : none}`,
    `## Outputs\n\n${outputs.length > 0 ? outputTable(outputs) : none}`,
    readme && `## README\n\n${readme.trim()}`,
  ]
  return `${parts.filter((part) => part !== '' && part !== false).join('\n\n')}\n`
}

const notRead = {
  waiting: 'Not read yet.',
  failed: 'Not read: this version could not be.',
}

const maxProblems = 20

function problemList(diagnostics: Diagnostic[]): string {
  const listed = diagnostics
    .slice(0, maxProblems)
    .map(({ file, line, message }) => `- ${file ? `${code(`${file}:${line}`)}: ` : ''}${plain(evenlySpaced(message))}`)
  const left = diagnostics.length - listed.length
  return [...listed, ...(left > 0 ? [`- and ${left} more`] : [])].join('\n')
}

const inputTable = (inputs: Input[]) =>
  table(
    ['Name', 'Type', 'Default', 'Description'],
    inputs.map((input) => [
      code(input.name),
      code(input.type?.replace(/(#|\/\/).*$/gm, '') ?? 'any'),
      input.required ? 'required' : code(input.defaultText ?? 'null'),
      described(input),
    ]),
  )

const outputTable = (outputs: Output[]) =>
  table(
    ['Name', 'Description'],
    outputs.map((output) => [code(output.name), described(output)]),
  )

/** With what is special about it, as the badges of its page say. */
function described({ description, sensitive, ephemeral, deprecated }: Input | Output): string {
  const marks = [
    sensitive && 'sensitive',
    ephemeral && 'ephemeral',
    deprecated !== null && `deprecated: ${evenlySpaced(deprecated)}`,
  ].filter((mark) => mark !== false)
  return `${evenlySpaced(description)}${marks.length > 0 ? ` (${marks.join('; ')})` : ''}`.trim()
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

/** Without meaning in Markdown. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>~&|!]/g, '\\$&')

/** Backslashes before a bar are doubled: they would keep each other and let the bar end the cell. */
const cell = (text: string) => evenlySpaced(text).replace(/(\\*)\|/g, '$1$1\\|')

/** In more backticks than it has in a row itself. */
const code = (text: string) => {
  const ticks = backticksAround(text, 1)
  const apart = ticks.length > 1 ? ' ' : ''
  return `${ticks}${apart}${evenlySpaced(text)}${apart}${ticks}`
}

const fenced = (text: string) => {
  const ticks = backticksAround(text, 3)
  return `${ticks}hcl\n${text}${ticks}`
}

const backticksAround = (text: string, least: number) =>
  '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
