/** How state moves through a folder: `moved`, `removed`, `import` and `check` blocks. */
import type { Moves } from '@cadastre/contract/module-knowledge'
import { type Block, type Body, blocksOf, placeOf } from './blocks.ts'
import { flagOf, referenceOf } from './literals.ts'

export const movesOf = (body: Body): Moves => ({
  moved: blocksOf(body, 'moved').map((block) => ({
    from: reference(block, 'from'),
    to: reference(block, 'to'),
    ...placeOf(block),
  })),
  removed: blocksOf(body, 'removed').map((block) => ({
    from: reference(block, 'from'),
    ...destroying(block),
    ...placeOf(block),
  })),
  imports: blocksOf(body, 'import').map((block) => ({
    to: reference(block, 'to'),
    id: reference(block, 'id') || reference(block, 'identity'),
    ...placeOf(block),
  })),
  checks: blocksOf(body, 'check').map((block) => ({ name: block.labels[0]!, ...placeOf(block) })),
})

/** Terraform asks for it in each of them; OpenTofu takes none as no. */
function destroying(block: Block): { destroys?: boolean } {
  const destroy = blocksOf(block, 'lifecycle')[0]?.attributes.get('destroy')
  return destroy ? { destroys: flagOf(destroy) } : {}
}

const reference = ({ attributes }: Block, name: string) => referenceOf(attributes.get(name)) ?? ''
