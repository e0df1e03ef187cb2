/** Which blocks a configuration consists of, and which of them may stand only once. */
import type { Diagnostic } from '@cadastre/contract/module-knowledge'
import { type Block, type Body, blocksOf, placeOf } from './blocks.ts'
import { errorAt, positionAt } from './source-text.ts'

/** How many labels each has. */
export const labelsOf: Record<string, number> = {
  variable: 1,
  output: 1,
  locals: 0,
  module: 1,
  resource: 2,
  data: 2,
  ephemeral: 2,
  provider: 1,
  terraform: 0,
  moved: 0,
  removed: 0,
  import: 0,
  check: 1,
}

/** There may be more of them with the same labels. */
const repeatable = new Set(['provider', 'terraform', 'locals', 'moved', 'removed', 'import'])

/** @returns the blocks that can be made sense of; the others are only reported */
export function knownBlocks(blocks: Block[], report: (diagnostic: Diagnostic) => void): Block[] {
  return blocks.filter((block) => {
    const { kind, labels, source, start } = block
    const wanted = Object.hasOwn(labelsOf, kind) ? labelsOf[kind] : undefined
    if (wanted === undefined) {
      // A later version of a client may know it.
      report({ ...errorAt(source, start, `\`${kind}\` is no block that is known here.`), severity: 'warning' })
      return false
    }
    if (labels.length === wanted) return true
    report(errorAt(source, start, `\`${kind}\` has ${counted(labels.length)}, and needs ${counted(wanted)}.`))
    return false
  })
}

const counted = (labels: number) => (labels === 1 ? '1 label' : `${labels === 0 ? 'no' : labels} labels`)

/** What is declared twice in a folder: two blocks with the same labels are never one. */
export function reportDuplicates(body: Body, report: (diagnostic: Diagnostic) => void): void {
  const seen = new Map<string, { source: Block['source']; start: number }>()
  const once = (key: string, shown: string, at: Pick<Block, 'source' | 'start'>) => {
    const first = seen.get(key)
    if (!first) {
      seen.set(key, at)
      return
    }
    const { file, line } = placeOf(first)
    report(errorAt(at.source, at.start, `${shown} is declared twice; first in ${file}, line ${line}.`))
  }
  for (const block of body.blocks) {
    if (!repeatable.has(block.kind)) once(keyOf(block), shownOf(block), block)
    if (block.kind !== 'locals') continue
    for (const local of block.attributes.values()) once(`local ${local.name}`, `\`local.${local.name}\``, local)
  }
  for (const terraform of blocksOf(body, 'terraform')) {
    for (const block of blocksOf(terraform, 'required_providers'))
      once('required_providers', '`required_providers`', block)
  }
}

const keyOf = ({ kind, labels }: Block) => JSON.stringify([kind, ...labels])
const shownOf = ({ kind, labels }: Block) => `\`${[kind, ...labels.map((label) => JSON.stringify(label))].join(' ')}\``

/** Settings outside of any block. */
export function reportLooseAttributes({ attributes }: Body, report: (diagnostic: Diagnostic) => void): void {
  for (const { name, source, start } of attributes.values()) {
    report({
      severity: 'error',
      message: `\`${name}\` is set outside of any block.`,
      ...positionAt(source, start),
    })
  }
}

/** Types in quotes, as before 0.12: they are read, and no client takes them any more. */
export function reportQuotedTypes(body: Body, report: (diagnostic: Diagnostic) => void): void {
  for (const { attributes } of blocksOf(body, 'variable')) {
    const type = attributes.get('type')
    if (!type || type.isJson || type.expression.kind !== 'string') continue
    report(errorAt(type.source, type.expression.start, 'A type is written without quotes.'))
  }
}
