/** The values that an input is said to be one of, where a rule says that plainly: `contains(["a", "b"], var.x)`. */
import { cursorOn, HclError, isAtEnd, skipBlanks } from '@cadastre/contract/hcl/cursor'
import { readExpression } from '@cadastre/contract/hcl/expression'
import type { Input } from './entry.ts'

const maxChoices = 60
const maxLength = 4_000

/** @returns undefined: it may be anything, as far as its rules say it plainly */
export function choicesOf({ name, typeTree, validations }: Input): string[] | undefined {
  if (typeTree?.kind !== 'string') return undefined
  for (const { condition } of validations) {
    const choices = choicesIn(condition, name)
    if (choices) return choices
  }
  return undefined
}

function choicesIn(condition: string, name: string): string[] | undefined {
  if (condition.length > maxLength) return undefined
  const cursor = cursorOn(condition, 4)
  try {
    const call = readExpression(cursor)
    skipBlanks(cursor)
    if (!isAtEnd(cursor) || call.kind !== 'call' || call.name !== 'contains') return undefined
    const [list, of, ...more] = call.arguments
    if (list?.kind !== 'tuple' || of?.kind !== 'other' || more.length > 0) return undefined
    if (condition.slice(of.start, of.end).replace(/\s+/g, '') !== `var.${name}`) return undefined
    const choices = list.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []))
    const isPlain = choices.length === list.items.length && choices.length > 0 && choices.length <= maxChoices
    return isPlain ? [...new Set(choices)] : undefined
  } catch (error) {
    if (error instanceof HclError) return undefined
    throw error
  }
}
