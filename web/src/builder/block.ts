/** The block that the form comes to, with the variables that its secrets come from, and the text that tells others of it. */
import {
  attributeLines,
  commentLines,
  type HclAttribute,
  itemLines,
  type Line,
  textOfLines,
} from '@cadastre/contract/hcl/written'
import { headOf, labelOf, moduleBlock, terragruntBlock } from '@cadastre/contract/module-block'
import { pinOf } from '@cadastre/contract/pin'
import type { Input, Tree } from './entry.ts'
import type { Judged } from './judge.ts'

export type Used = {
  /** of the module: `platform/vpc/aws` */
  address: string
  version: string
  folder: string
  /** with the host in front, as the registry says it */
  source: string
  client: 'terraform' | 'opentofu' | 'terragrunt'
  pin: 'exact' | 'pessimistic'
  /** why clients would not take the name of this registry */
  refusedHost: string | null
}

export function blockOf(used: Used, judged: Judged): Line[] {
  const explained: Line[] = used.refusedHost === null ? [] : [...commentLines(used.refusedHost), []]
  return [...explained, ...blocksOf(used, judged)]
}

function blocksOf(used: Used, judged: Judged): Line[] {
  // What was built is no part of what a version is called by clients.
  const [version = ''] = used.version.split('+')
  if (used.client === 'terragrunt') {
    const attributes = judged.attributes.map((each) => outsideOfTerragrunt(each, judged.secrets))
    return terragruntBlock(used.source, version, itemLines(attributes, 2))
  }
  const [, name = ''] = used.address.split('/')
  const constraint = used.pin === 'exact' ? version : pinOf(version)
  return [
    ...moduleBlock(labelOf(name, used.folder), used.source, constraint, attributeLines(judged.attributes, 2)),
    ...judged.variables.flatMap((input) => [[], ...variableBlock(input)]),
  ]
}

/** Where it finds values itself. */
const terragruntRoots = /^(?:local|dependency|feature|include|values)[.[]/

/** It has no variables, data or resources: what it runs takes the value from its environment by itself. */
function outsideOfTerragrunt(attribute: HclAttribute, secrets: Set<string>): HclAttribute {
  const { name, value } = attribute
  if (!secrets.has(name) || (value.kind === 'expression' && terragruntRoots.test(value.text))) return attribute
  return { ...attribute, value: { kind: 'gap', why: `secret, taken from TF_VAR_${attribute.name} of the environment` } }
}

function variableBlock({ name, typeTree, ephemeral }: Input): Line[] {
  const type = typeText(typeTree)
  const attributes: HclAttribute[] = [
    ...(type ? [{ name: 'type', value: { kind: 'expression' as const, text: type } }] : []),
    { name: 'sensitive', value: { kind: 'constant', value: true } },
    ...(ephemeral ? [{ name: 'ephemeral', value: { kind: 'constant' as const, value: true } }] : []),
  ]
  return [headOf('variable', name), ...attributeLines(attributes, 2), [{ text: '}' }]]
}

/** On one line; defaults are left to the module. undefined: it is not known, or anything. */
function typeText(tree: Tree | null | undefined): string | undefined {
  switch (tree?.kind) {
    case 'string':
    case 'number':
    case 'bool':
    case 'any':
      return tree.kind
    case 'list':
    case 'set':
    case 'map': {
      const element = typeText(tree.element)
      return element && `${tree.kind}(${element})`
    }
    default:
      return undefined
  }
}

/** As Markdown: what is used, what is given and what is left; the values stand in the block alone. */
export function pullRequestText(used: Used, judged: Judged, inputs: Input[], page: string): string {
  const secret = new Set(inputs.filter(({ sensitive }) => sensitive).map(({ name }) => name))
  const listed = (names: string[]) => names.map((name) => `\`${name}\``).join(', ')
  const open = judged.given.filter((name) => !secret.has(name))
  const secrets = judged.given.filter((name) => secret.has(name))
  const left = inputs.length - judged.given.length - judged.missing.length
  const { address, folder, version } = used
  const what = `${address}${folder && `//${folder}`}`
  const block = textOfLines(blockOf(used, judged))
  const fence = fenceAround(block)
  return [
    `Use ${codeSpan(what)} ${version}`,
    '',
    `- Source: ${codeSpan(used.source)}, described at <${page}>`,
    ...(open.length > 0 ? [`- Inputs that are set: ${listed(open)}`] : ['- No input is set.']),
    ...(secrets.length > 0 ? [`- Secrets, whose values stand elsewhere: ${listed(secrets)}`] : []),
    ...(judged.missing.length > 0 ? [`- Still missing: ${listed(judged.missing)}`] : []),
    ...(left > 0 ? [`- Left as the module has them: ${left}`] : []),
    '',
    `${fence}hcl`,
    `${block}${fence}`,
    '',
  ].join('\n')
}

/** Longer than any row of backticks in it, so that nothing in the block ends it. */
const fenceAround = (text: string) =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([row]) => row.length + 1)))

const codeSpan = (text: string) => `\`${text.replaceAll('`', "'")}\``
