/** What of a module is found by itself, and what is shown of it then. Pure. */
import type { PartKind } from '@cadastre/contract/search-kinds'
import { evenlySpaced } from '../../foundation/one-line.ts'
import type { ShownPart } from '../../learnt/terms.ts'
import type { NamesToLearn } from './learn-queries.ts'

/** Term → what is shown of it. */
export type Parts = Map<string, ShownPart>

const longestType = 60
const longestText = 160
/** Where the folders of submodules are, which need not be said. */
const submoduleFolder = 'modules/'

export function partsOf({ resources, inputs, outputs, submodules }: NamesToLearn): Record<PartKind, Parts> {
  return {
    submodule: new Map(
      submodules.map(({ path, description }) => {
        const name = submoduleName(path)
        return [name, { name, folder: path, about: shortened(description) }]
      }),
    ),
    resource: byType(resources.filter(({ mode }) => mode === 'managed')),
    data: byType(resources.filter(({ mode }) => mode === 'data')),
    input: new Map(
      inputs.map(({ name, type, description }) => {
        const about = [shortened(type ?? '', longestType), shortened(description)].filter(Boolean).join(' \u00b7 ')
        return [name, { name, folder: '', about }]
      }),
    ),
    output: new Map(
      outputs.map(({ name, description }) => [name, { name, folder: '', about: shortened(description) }]),
    ),
  }
}

const submoduleName = (path: string) => (path.startsWith(submoduleFolder) ? path.slice(submoduleFolder.length) : path)

/** A type is one hit, however often the module has it: the first stands for all. */
function byType(resources: NamesToLearn['resources']): Parts {
  const parts: Parts = new Map()
  for (const type of new Set(resources.map((resource) => resource.type))) {
    const [first, ...others] = resources.filter((resource) => resource.type === type)
    const { mode, name, folder } = first!
    const address = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`
    parts.set(type, { name: address, folder, about: others.length > 0 ? `and ${others.length} more` : '' })
  }
  return parts
}

/** On one line, and cut at a word. */
function shortened(text: string, longest = longestText): string {
  const line = evenlySpaced(text)
  if (line.length <= longest) return line
  const cut = line.slice(0, longest)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2))} \u2026`
}
