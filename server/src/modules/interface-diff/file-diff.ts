/** One file of two versions, beside each other, as far as that can be shown. Pure. */
import type { FileDiff } from '@cadastre/contract/interface-diff'
import { textIn } from '../knowledge/file-type.ts'
import { isShort, maxShownBytes } from '../knowledge/shown-size.ts'
import { lineHunks } from './line-diff.ts'

/** @param before undefined: that version has no such file */
export function fileDiff(path: string, before: Buffer | undefined, after: Buffer | undefined): FileDiff {
  const told = { path, kind: kindOf(before, after) }
  const both = [before ?? empty, after ?? empty] as const
  if (told.kind === 'same') return { ...told, hunks: [], notShown: null }
  if (both.some(({ length }) => length > maxShownBytes)) return { ...told, hunks: null, notShown: 'too-large' }
  const [left, right] = both.map(textIn)
  if (left === undefined || right === undefined) return { ...told, hunks: null, notShown: 'not-text' }
  const hunks = lineHunks(left, right)
  if (!hunks) return { ...told, hunks: null, notShown: 'too-different' }
  return isShort(hunks) ? { ...told, hunks, notShown: null } : { ...told, hunks: null, notShown: 'too-large' }
}

const empty = Buffer.alloc(0)

function kindOf(before: Buffer | undefined, after: Buffer | undefined): FileDiff['kind'] {
  if (!before) return 'added'
  if (!after) return 'removed'
  return before.equals(after) ? 'same' : 'changed'
}
