/** The block that uses a module, without what is in its inputs: the same in the registry and wherever one is built. */
import { attributeLines, type HclAttribute, type Line, quoted } from './hcl/written.ts'

/**
 * A label is an identifier: it begins with a letter.
 *
 * @param name of the module
 * @param folder of a submodule, whose last part stands for it
 */
export function labelOf(name: string, folder: string): string {
  const last = (folder.split('/').at(-1) || name).replace(/[^\p{L}\p{N}_-]/gu, '_')
  return /^[\p{L}_]/u.test(last) ? last : `_${last}`
}

/** @param inputs lines, indented */
export const moduleBlock = (label: string, source: string, constraint: string, inputs: Line[]): Line[] => [
  headOf('module', label),
  ...attributeLines([textOf('source', source), textOf('version', constraint)], 2),
  ...(inputs.length > 0 ? [[], ...inputs] : []),
  [{ text: '}' }],
]

/** Terragrunt takes one version, as a part of the source. @param inputs lines of the items of an object, indented */
export const terragruntBlock = (source: string, version: string, inputs: Line[]): Line[] => [
  [{ text: 'terraform', colour: 'keyword' }, { text: ' {' }],
  ...attributeLines([textOf('source', `tfr://${source}?version=${version}`)], 2),
  [{ text: '}' }],
  ...(inputs.length > 0 ? [[], [{ text: 'inputs = {' }], ...inputs, [{ text: '}' }]] : []),
]

export const headOf = (keyword: string, label: string): Line => [
  { text: keyword, colour: 'keyword' },
  { text: ' ' },
  { text: quoted(label), colour: 'string' },
  { text: ' {' },
]

const textOf = (name: string, text: string): HclAttribute => ({ name, value: { kind: 'string', text } })
