/** What callers notice of changed outputs. How a value is computed is no part of it. */
import type { InterfaceChange } from '@cadastre/contract/interface-diff'
import type { Output } from '@cadastre/contract/module-knowledge'
import { change, pairs } from './change.ts'
import { wordChanges } from './inputs.ts'

export const outputChanges = (before: Output[], after: Output[]): InterfaceChange[] =>
  pairs(before, after).flatMap(([was, is, name]) => {
    if (was && is) return changesOf(was, is)
    return was
      ? [change('output-removed', { kind: 'removed', name, what: `The output ${name} was removed.`, from: was })]
      : [change('output-added', { kind: 'added', name, what: `The output ${name} was added.`, to: is })]
  })

function changesOf(was: Output, is: Output): InterfaceChange[] {
  const { name } = is
  const found: InterfaceChange[] = []
  for (const flag of ['sensitive', 'ephemeral'] as const) {
    if (was[flag] === is[flag]) continue
    found.push(
      change(is[flag] ? `output-${flag}` : `output-not-${flag}`, {
        kind: 'changed',
        name,
        what: `The output ${name} is ${is[flag] ? `${flag} now` : `not ${flag} any more`}.`,
        before: `${flag} = ${was[flag]}`,
        after: `${flag} = ${is[flag]}`,
        from: was,
        to: is,
      }),
    )
  }
  return [...found, ...wordChanges('output', was, is)]
}
