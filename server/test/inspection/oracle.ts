/**
 * The same file as hcl2json reads it, in the words of our own answer. Known differences, and nothing else, are evened out:
 * it keeps `$${` and `%%{` escaped, rounds numbers that a double does not hold, and merges blocks with the same labels.
 */
import { createRequire } from 'node:module'
import type { FolderKnowledge, Resource } from '@cadastre/contract/module-knowledge'

type Json = Record<string, unknown>

// Its own types ask for those of a browser, which Node's would then be mixed with.
const { parse } = createRequire(import.meta.url)('@cdktn/hcl2json') as {
  parse(name: string, text: string): Promise<unknown>
}

/** undefined: it refuses the file. */
export async function oracleOf(path: string, text: string): Promise<Json | undefined> {
  try {
    return path.endsWith('.json') ? (JSON.parse(text) as Json) : ((await parse(path, text)) as Json)
  } catch {
    return undefined
  }
}

/** Whether it takes a text for HCL. What it cannot turn into JSON, such as a block with and without labels, still is. */
export async function isHclToOracle(text: string): Promise<boolean> {
  try {
    await parse('main.tf', text)
    return true
  } catch (error) {
    return !String(error).includes('parse config')
  }
}

/** What both say of a file; `isJson` because templates are not read where JSON is read as JSON. */
export function saidByOracle(oracle: Json, isJson: boolean) {
  const labelled = (kind: string) =>
    entriesOf(oracle[kind]).flatMap(([name, value]) => blocksOf(value).map((block) => ({ name, block })))
  return {
    inputs: labelled('variable').map(({ name, block }) => ({
      name: name.normalize('NFC'),
      type: typeText(block.type, isJson),
      required: !('default' in block),
      default: !isJson && isComputed(block.default ?? null) ? computed : block.default,
      description: block.description ?? '',
      sensitive: block.sensitive ?? false,
      nullable: block.nullable ?? true,
      ephemeral: block.ephemeral ?? false,
      deprecated: block.deprecated ?? null,
      validations: blocksOf(block.validation ?? []).map((validation) => ({
        condition: expressionText(validation.condition),
        message: validation.error_message,
      })),
    })),
    outputs: labelled('output').map(({ name, block }) => ({
      name: name.normalize('NFC'),
      description: block.description ?? '',
      value: referenceText(block.value),
      sensitive: block.sensitive ?? false,
      ephemeral: block.ephemeral ?? false,
      deprecated: block.deprecated ?? null,
    })),
    resources: [
      ...twice(oracle, 'resource').map(resourceOf('managed')),
      ...twice(oracle, 'data').map(resourceOf('data')),
      ...twice(oracle, 'ephemeral').map(resourceOf('ephemeral')),
      ...labelled('check').flatMap(({ block }) => twice(block, 'data').map(resourceOf('data'))),
    ],
    moduleCalls: labelled('module').map(({ name, block }) => ({
      name,
      source: withoutTemplate(block.source),
      version: withoutTemplate(block.version),
    })),
    terraform: blocksOf(oracle.terraform ?? []).flatMap((block) =>
      block.required_version ? [block.required_version] : [],
    ),
    moved: blocksOf(oracle.moved ?? []).map((block) => [expressionText(block.from), expressionText(block.to)]),
    removed: blocksOf(oracle.removed ?? []).map((block) => expressionText(block.from)),
    imports: blocksOf(oracle.import ?? []).map((block) => [
      expressionText(block.to),
      expressionText(block.id) ?? block.id,
    ]),
    checks: entriesOf(oracle.check).map(([name]) => name),
  }
}

type Labelled = { type: string; name: string; block: Json }

const twice = (oracle: Json, kind: string): Labelled[] =>
  entriesOf(oracle[kind]).flatMap(([type, value]) =>
    entriesOf(value).flatMap(([name, inner]) => blocksOf(inner).map((block) => ({ type, name, block }))),
  )

const resourceOf =
  (mode: Resource['mode']) =>
  ({ type, name, block }: Labelled) => ({
    mode,
    type,
    name,
    provider: block.provider === undefined ? null : (expressionText(block.provider) ?? (block.provider as string)),
    repeated: 'count' in block || 'for_each' in block,
  })

export type Said = ReturnType<typeof saidByOracle>

/** Ours, without places. A default that has to be computed is kept as text only, which the other does not have. */
export function saidByUs({ inputs, outputs, resources, requirements, moves }: FolderKnowledge): Said {
  return {
    inputs: inputs.map(({ typeTree, defaultText, file, line, ...input }) => ({
      ...input,
      default:
        'default' in input && input.default !== undefined ? input.default : defaultText === null ? undefined : computed,
    })),
    outputs: outputs.map(({ file, line, value, ...output }) => ({ ...output, value: referenceIn(value) })),
    resources: resources.map(({ file, line, ...resource }) => resource),
    moduleCalls: requirements.moduleCalls.map(({ file, line, ...call }) => call),
    terraform: requirements.terraform.map(({ constraint }) => constraint),
    moved: moves.moved.map(({ from, to }) => [from, to]),
    removed: moves.removed.map(({ from }) => from),
    imports: moves.imports.map(({ to, id }) => [to, id]),
    checks: moves.checks.map(({ name }) => name),
  }
}

const computed = 'computed'

export function inOrder(said: Said): Said {
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  const sorted = JSON.parse(JSON.stringify(said)) as Said
  for (const list of Object.values(sorted)) (list as unknown[]).sort(byText)
  return sorted
}

/** The other takes literals apart, and writes templates in its own way. */
const isReference = (text: string) => /^[a-z_][^"$%]*$/.test(text) && !/^(true|false|null)$/.test(text)

function referenceIn(text: string): string | undefined {
  const reference = /^"\$\{(.*)\}"$/s.exec(text)?.[1] ?? text
  return isReference(reference) ? reference : undefined
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
const entriesOf = (value: unknown): [string, unknown][] =>
  listOf(value ?? {}).flatMap((each) => Object.entries(each as Json).filter(([name]) => name !== '//'))
const blocksOf = (value: unknown) => listOf(value) as Json[]

/** Of `${…}` what is inside; undefined for every other value. */
function expressionText(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('${') || !value.endsWith('}')) return undefined
  return value.slice(2, -1).trim()
}

function referenceText(value: unknown): string | undefined {
  const text = expressionText(value)
  return text !== undefined && isReference(text) ? text : undefined
}

/** Whether there is a sequence in it that is not escaped. */
const isComputed = (value: unknown) => /(?<!\$)\$\{|(?<!%)%\{/.test(JSON.stringify(value))

const typeText = (value: unknown, isJson: boolean): string | null =>
  value === undefined ? null : (expressionText(value) ?? (isJson ? (value as string) : JSON.stringify(value)))

const withoutTemplate = (value: unknown) => (typeof value === 'string' && !value.includes('${') ? value : null)

/** Escaped sequences as what they stand for, and everything else as it is. */
export function unescaped<Value>(value: Value): Value {
  const text = JSON.stringify(value)
  if (text === undefined) return value
  return JSON.parse(text, (_, each) =>
    typeof each === 'string' ? each.replaceAll('$${', '${').replaceAll('%%{', '%{') : each,
  ) as Value
}
