/** What callers notice of changed inputs. */
import type { InterfaceChange } from '@cadastre/contract/interface-diff'
import type { Input } from '@cadastre/contract/module-knowledge'
import { change, pairs, plainCode, sameCode, sameText } from './change.ts'
import type { RuleName } from './rules.ts'
import { type Effort, relateTypes, type TypeFinding } from './type-relation.ts'

export const inputChanges = (before: Input[], after: Input[], effort: Effort): InterfaceChange[] =>
  pairs(before, after).flatMap(([was, is, name]) => {
    if (was && is) return changesOf(was, is, effort)
    if (was) {
      const what = `The input ${name} was removed.`
      return [change('input-removed', { kind: 'removed', name, what, before: typeOf(was), from: was })]
    }
    const rule = is?.required ? 'input-added-required' : 'input-added'
    const what = `The ${is?.required ? 'required' : 'optional'} input ${name} was added.`
    return [change(rule, { kind: 'added', name, what, after: is && typeOf(is), to: is })]
  })

function changesOf(was: Input, is: Input, effort: Effort): InterfaceChange[] {
  const { name } = is
  const found: InterfaceChange[] = []
  const tell = (rule: RuleName, what: string, before: string | null = null, after: string | null = null) =>
    void found.push(change(rule, { kind: 'changed', name, what, before, after, from: was, to: is }))

  if (was.required !== is.required)
    tell(
      is.required ? 'input-now-required' : 'input-now-optional',
      is.required ? `The input ${name} has no default any more.` : `The input ${name} has a default now.`,
      was.defaultText,
      is.defaultText,
    )
  else if (!sameDefault(was, is))
    tell('default-changed', `The default of the input ${name} is another one.`, was.defaultText, is.defaultText)

  found.push(...typeChanges(was, is, effort))

  if (was.nullable !== is.nullable)
    tell(
      is.nullable ? 'null-taken' : 'null-refused',
      is.nullable ? `The input ${name} takes null now.` : `The input ${name} does not take null any more.`,
      `nullable = ${was.nullable}`,
      `nullable = ${is.nullable}`,
    )
  if (was.ephemeral !== is.ephemeral)
    tell(
      is.ephemeral ? 'input-ephemeral' : 'input-not-ephemeral',
      `The input ${name} ${is.ephemeral ? 'takes ephemeral values now' : 'does not take ephemeral values any more'}.`,
      `ephemeral = ${was.ephemeral}`,
      `ephemeral = ${is.ephemeral}`,
    )
  if (was.sensitive !== is.sensitive)
    tell(
      'input-sensitivity-changed',
      `The input ${name} is ${is.sensitive ? 'sensitive now' : 'not sensitive any more'}.`,
      `sensitive = ${was.sensitive}`,
      `sensitive = ${is.sensitive}`,
    )
  found.push(...validationChanges(was, is), ...wordChanges('input', was, is))
  return found
}

function sameDefault(was: Input, is: Input): boolean {
  if (was.default === undefined || is.default === undefined) return sameCode(was.defaultText, is.defaultText)
  return sameValue(was.default, is.default)
}

/** Keys of an object have no order. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
}

const anything = { kind: 'any' } as const
const typeOf = ({ type }: Input) => type ?? 'any'

function typeChanges(was: Input, is: Input, effort: Effort): InterfaceChange[] {
  if (was.type === is.type) return []
  const [left, right] = [was.type === null ? anything : was.typeTree, is.type === null ? anything : is.typeTree]
  const tell = (rule: RuleName, what: string, before: string | null, after: string | null) =>
    change(rule, { kind: 'changed', name: is.name, what, before, after, from: was, to: is })
  if (!left || !right) {
    if (sameText(was.type, is.type)) return []
    return [tell('type-unclear', `The type of the input ${is.name} is another text.`, typeOf(was), typeOf(is))]
  }
  const findings = relateTypes(left, right, effort)
  if (findings.length === 0) {
    if (sameText(typeOf(was), typeOf(is))) return []
    const what = `The type of the input ${is.name} is written in another way.`
    return [tell('type-rewritten', what, typeOf(was), typeOf(is))]
  }
  return findings.map(({ rule, at, before, after }) =>
    at === ''
      ? tell(rule, `The type of the input ${is.name} ${verbs[rule]}.`, typeOf(was), typeOf(is))
      : tell(rule, `${nouns[rule]} ${is.name}${at} ${verbs[rule]}.`, before, after),
  )
}

const type = 'The type of'
const attribute = 'The attribute'
const nouns: Record<TypeFinding['rule'], string> = {
  'type-narrowed': type,
  'type-widened': type,
  'type-rewritten': type,
  'type-unclear': type,
  'attribute-added': 'The optional attribute',
  'attribute-added-required': 'The required attribute',
  'attribute-removed': attribute,
  'attribute-now-required': attribute,
  'attribute-now-optional': attribute,
  'attribute-default-changed': 'The default of',
}
const verbs: Record<TypeFinding['rule'], string> = {
  'type-narrowed': 'takes less than before',
  'type-widened': 'takes more than before',
  'type-rewritten': 'is written in another way',
  'type-unclear': 'cannot be compared',
  'attribute-added': 'was added',
  'attribute-added-required': 'was added',
  'attribute-removed': 'was removed',
  'attribute-now-required': 'is no longer optional',
  'attribute-now-optional': 'is optional now',
  'attribute-default-changed': 'is another one',
}

/** By their conditions: which of several was changed into which cannot be told. */
function validationChanges(was: Input, is: Input): InterfaceChange[] {
  const { name } = is
  const key = ({ condition }: Input['validations'][number]) => plainCode(condition)
  const [left, right] = [
    new Map(was.validations.map((each) => [key(each), each])),
    new Map(is.validations.map((each) => [key(each), each])),
  ]
  const found: InterfaceChange[] = []
  const tell = (rule: RuleName, what: string, before: string | null, after: string | null) =>
    void found.push(change(rule, { kind: 'changed', name, what, before, after, from: was, to: is }))
  for (const [condition, before] of left) {
    const after = right.get(condition)
    if (!after) tell('validation-removed', `A validation of the input ${name} was removed.`, before.condition, null)
    else if (!sameText(before.message, after.message))
      tell(
        'validation-message-changed',
        `A validation of the input ${name} says something else.`,
        before.message,
        after.message,
      )
  }
  for (const [condition, after] of right)
    if (!left.has(condition))
      tell('validation-added', `A validation of the input ${name} was added or changed.`, null, after.condition)
  return found
}

type Described = { name: string; file: string; line: number; description: string; deprecated: string | null }

/** What an input or an output says to people. */
export function wordChanges(thing: 'input' | 'output', was: Described, is: Described): InterfaceChange[] {
  const { name } = is
  const told = { kind: 'changed', name, from: was, to: is } as const
  const found: InterfaceChange[] = []
  if (was.deprecated === null && is.deprecated !== null)
    found.push(change('deprecated', { ...told, what: `The ${thing} ${name} is deprecated.`, after: is.deprecated }))
  else if (was.deprecated !== is.deprecated) {
    const what = `The deprecation of the ${thing} ${name} was ${is.deprecated === null ? 'taken back' : 'changed'}.`
    found.push(change('deprecation-changed', { ...told, what, before: was.deprecated, after: is.deprecated }))
  }
  if (!sameText(was.description, is.description)) {
    const what = `The ${thing} ${name} is described in other words.`
    found.push(change('description-changed', { ...told, what, before: was.description, after: is.description }))
  }
  return found
}
