/** What a folder creates, and what it looks up: `resource`, `data` and `ephemeral` blocks. */
import type { Resource } from '@cadastre/contract/module-knowledge'
import { type Block, type Body, blocksOf, placeOf } from './blocks.ts'
import { referenceOf } from './literals.ts'

const modes: Record<string, Resource['mode']> = { resource: 'managed', data: 'data', ephemeral: 'ephemeral' }

/** A check may have a data source of its own. */
export const resourcesOf = (body: Body): Resource[] => [
  ...blocksOf(body, ...Object.keys(modes)).map(resourceOf),
  ...blocksOf(body, 'check').flatMap((check) => blocksOf(check, 'data').filter(hasTwoLabels).map(resourceOf)),
]

const hasTwoLabels = ({ labels }: Block) => labels.length === 2

function resourceOf(block: Block): Resource {
  const { kind, labels, attributes } = block
  return {
    mode: modes[kind]!,
    type: labels[0]!,
    name: labels[1]!,
    provider: referenceOf(attributes.get('provider')),
    repeated: attributes.has('count') || attributes.has('for_each'),
    ...placeOf(block),
  }
}
