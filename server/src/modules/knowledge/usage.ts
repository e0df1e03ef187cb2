/** How a module is used, ready to paste: always with the host in front and the version pinned. Pure. */
import { commentLines, isIdentifier, keyPiece, type Line, textOfLines } from '@cadastre/contract/hcl/written'
import { labelOf, moduleBlock, terragruntBlock } from '@cadastre/contract/module-block'
import type { Input, TypeTree, UsageQuery } from '@cadastre/contract/module-knowledge'
import type { Version } from '../../foundation/semver.ts'
import { type ModuleAddress, moduleText } from '../module.ts'

export type Used = { address: ModuleAddress; version: Version; inputs: Input[]; host: UsableHost }

/** A name that clients take, or why they would not take the one that there is. */
export type UsableHost = { name: string; refused: null } | { name: undefined; refused: string }

export type Usage = { text: string; source: string; version: string; refusedHost: string | null }

/** Stands where the name of the host would: what is not printed is a name that no client takes. */
const noHost = 'HOST'

export function usageOf({ address, version, inputs, host }: Used, query: UsageQuery): Usage {
  const source = sourceIn(host, address, query.folder)
  const nameOf = query.client === 'terragrunt' ? (name: string) => keyPiece(name).text : (name: string) => name
  const wanted = argumentsOf(inputsWanted(inputs, query.mode), nameOf)
  const pinned = query.client === 'terragrunt' || query.pin === 'exact' || version.prerelease !== ''
  const constraint = pinned ? version.core : `~> ${version.major}.${version.minor}`
  const block =
    query.client === 'terragrunt'
      ? terragruntBlock(source, version.core, wanted)
      : moduleBlock(labelOf(address.name, query.folder), source, constraint, wanted)
  const explained = host.refused === null ? [] : [...commentLines(host.refused), []]
  return { text: textOfLines([...explained, ...block]), source, version: constraint, refusedHost: host.refused }
}

/** The address of a folder of a module, as configurations name it. */
export const sourceIn = (host: UsableHost, address: ModuleAddress, folder: string): string =>
  `${host.name ?? noHost}/${moduleText(address)}${folder && `//${folder}`}`

/** @param names of this registry, the usual one first, each with its port where it has one */
export function usableHost(names: string[]): UsableHost {
  const usable = names.find((name) => name.replace(/:\d+$/, '').includes('.'))
  if (usable !== undefined) return { name: usable, refused: null }
  return {
    name: undefined,
    refused: `Terraform and OpenTofu refuse ${names[0]} in the source of a module, since it has no dot. Set server.base_url to a name with one; until then put a name that leads here in place of ${noHost}.`,
  }
}

function inputsWanted(all: Input[], mode: UsageQuery['mode']): Input[] {
  if (mode === 'minimal') return []
  // No client takes an input of another name, nor the module that has one.
  const inputs = all.filter(({ name }) => isIdentifier(name))
  const required = inputs.filter((input) => input.required)
  if (mode === 'required') return required
  return [...required, ...inputs.filter((input) => !input.required && input.deprecated === null)]
}

/**
 * As `terraform fmt` aligns what stands on lines that follow each other.
 *
 * @param nameOf as it is written there: Terragrunt has them in an object
 */
function argumentsOf(inputs: Input[], nameOf: (name: string) => string): Line[] {
  const written = inputs.map((input) => ({ name: nameOf(input.name), ...argumentOf(input) }))
  const isOfLines = ({ value }: (typeof written)[number]) => value?.includes('\n') ?? false
  // What fills lines stands by itself: the others are aligned up to it.
  return runsOf(written, isOfLines).flatMap((run) => {
    const width = Math.max(...run.map(({ name }) => name.length))
    return run.flatMap(({ name, value, remark }): Line[] => {
      if (value === undefined) return [[{ text: `  # ${name}: ${remark}` }]]
      const [first = '', ...rest] = value.split('\n')
      return [
        [{ text: `  ${name.padEnd(width)} = ${first}${remark ? ` # ${remark}` : ''}` }],
        ...rest.map((line) => [{ text: line && `  ${line}` }]),
      ]
    })
  })
}

/** Neighbours in lists of their own, and alone those that are to stand alone. */
function runsOf<Item>(items: Item[], isAlone: (item: Item) => boolean): Item[][] {
  const runs: Item[][] = []
  for (const [at, item] of items.entries()) {
    const before = items[at - 1]
    if (before === undefined || isAlone(item) || isAlone(before)) runs.push([item])
    else runs.at(-1)!.push(item)
  }
  return runs
}

/** Of one that would fill the page. */
const longestDefault = 4_000

function argumentOf({ required, type, typeTree, default: value, defaultText }: Input): {
  value?: string
  remark: string
} {
  if (required) return { value: placeholder(typeTree), remark: remarkOf(type) }
  // A heredoc ends at a word that stands alone on its line, in the place that it was written for.
  if (defaultText === null || defaultText.includes('<<') || defaultText.length > longestDefault)
    return { remark: 'has a longer default' }
  if (!isPlain(value, defaultText)) return { remark: 'has a default with an expression in it' }
  return { value: defaultText, remark: '' }
}

/** What clients take as a text, as they do in JSON syntax, would be worked out where the block is pasted. */
function isPlain(value: unknown, text: string): boolean {
  if (/[$%]\{/.test(text)) return false
  if (value === undefined) return !text.includes('(')
  return typeof value !== 'string' || /^["\d-]/.test(text)
}

const remarkOf = (type: string | null) => {
  const short = type?.replace(/\s+/g, ' ') ?? 'any'
  return `required, ${short.length > 60 || type?.includes('#') || type?.includes('//') ? short.split('(')[0] : short}`
}

function placeholder(tree: TypeTree | null): string {
  switch (tree?.kind) {
    case 'string':
      return '""'
    case 'number':
      return '0'
    case 'bool':
      return 'false'
    case 'list':
    case 'set':
      return '[]'
    case 'tuple':
      return `[${(tree.elements ?? []).map(placeholder).join(', ')}]`
    case 'map':
      return '{}'
    case 'object': {
      const attributes = (tree.attributes ?? []).filter(({ optional }) => !optional)
      if (attributes.length === 0) return '{}'
      return `{ ${attributes.map(({ name, type }) => `${keyPiece(name).text} = ${placeholder(type)}`).join(', ')} }`
    }
    default:
      return 'null'
  }
}
