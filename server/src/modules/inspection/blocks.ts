/** Blocks and attributes as they are written, whichever syntax they are written in. */
import type { Expression } from '@cadastre/contract/hcl/expression'
import { type Position, positionAt, type SourceText } from './source-text.ts'

export type Attribute = { name: string; start: number; source: SourceText; expression: Expression; isJson: boolean }

export type Block = Body & { kind: string; labels: string[]; start: number; source: SourceText }

export type Body = {
  attributes: Map<string, Attribute>
  blocks: Block[]
}

export const emptyBody = (): Body => ({ attributes: new Map(), blocks: [] })

/** Where it is said that something was written: the answer has no columns. */
export function placeOf({ source, start }: { source: SourceText; start: number }): Omit<Position, 'column'> {
  const { file, line } = positionAt(source, start)
  return { file, line }
}

export const blocksOf = (body: Body, ...kinds: string[]) => body.blocks.filter(({ kind }) => kinds.includes(kind))
