/** Override files: each block is merged into the one of the same name that is there already. */
import type { Diagnostic } from '@cadastre/contract/module-knowledge'
import { type Block, type Body, blocksOf, emptyBody } from './blocks.ts'
import { errorAt } from './source-text.ts'

/** Changes `body`. */
export function mergeOverrides(body: Body, overrides: Body, report: (diagnostic: Diagnostic) => void): void {
  const byName = new Map(body.blocks.map((block) => [nameOf(block), block]))
  for (const block of overrides.blocks) {
    if (block.kind === 'terraform') mergeTerraform(body, block)
    else if (block.kind === 'locals') mergeLocals(body, block)
    else if (block.kind === 'provider') mergeInto(body, byName.get(nameOf(block)), block)
    else {
      const base = byName.get(nameOf(block))
      if (base) mergeInto(body, base, block)
      else report(errorAt(block.source, block.start, `There is no ${shownOf(block)} that this could override.`))
    }
  }
}

/** Providers are told apart by their alias. */
function nameOf({ kind, labels, attributes }: Block): string {
  const alias = kind === 'provider' ? attributes.get('alias')?.expression : undefined
  return JSON.stringify([kind, ...labels, alias?.kind === 'string' ? alias.value : null])
}

const shownOf = ({ kind, labels }: Block) => `\`${[kind, ...labels].join(' ')}\``

/** Attributes one by one; blocks within replace all of their kind. */
function mergeInto(body: Body, base: Block | undefined, override: Block): void {
  if (!base) {
    body.blocks.push(override)
    return
  }
  for (const [name, attribute] of override.attributes) base.attributes.set(name, attribute)
  const replaced = new Set(override.blocks.map(({ kind }) => kind))
  base.blocks = [...base.blocks.filter(({ kind }) => !replaced.has(kind)), ...override.blocks]
}

/** Providers are replaced one by one, wherever they are required; the constraint for the client as a whole. */
function mergeTerraform(body: Body, override: Block): void {
  const all = blocksOf(body, 'terraform')
  if (override.attributes.has('required_version'))
    for (const { attributes } of all) attributes.delete('required_version')
  const added: Block = { ...override, blocks: [] }
  for (const required of blocksOf(override, 'required_providers')) {
    const known = all.flatMap((block) => blocksOf(block, 'required_providers'))
    const fresh: Block = { ...required, ...emptyBody() }
    for (const [name, attribute] of required.attributes) {
      const there = known.find(({ attributes }) => attributes.has(name)) ?? fresh
      there.attributes.set(name, attribute)
    }
    added.blocks.push(fresh)
  }
  body.blocks.push(added)
}

function mergeLocals(body: Body, override: Block): void {
  const all = blocksOf(body, 'locals')
  for (const [name, attribute] of override.attributes) {
    all.find(({ attributes }) => attributes.has(name))?.attributes.set(name, attribute)
  }
}
