/**
 * Two type constraints held against each other as callers see them: which values that were taken still are. Values are
 * converted as Terraform converts them: numbers and booleans to text, lists to sets, tuples to lists, objects to maps.
 */
import type { TypeAttribute, TypeTree } from '@cadastre/contract/module-knowledge'
import { sameCode, sameText } from './change.ts'
import { type RuleName, rules } from './rules.ts'

/** One thing that differs, and where: `[].size` in a list of objects. */
export type TypeFinding = {
  rule: Extract<RuleName, `type-${string}` | `attribute-${string}`>
  at: string
  before: string | null
  after: string | null
}

/** Of all types of a module together: they are foreign, and a pair of them can be made to cost. */
export type Effort = { left: number }
const mostSteps = 200_000
export const newEffort = (): Effort => ({ left: mostSteps })

/** Deeper than anything that is read; the inspection stops before. */
const deepest = 200
const mostFindings = 50

export function relateTypes(before: TypeTree, after: TypeTree, effort: Effort): TypeFinding[] {
  const findings: TypeFinding[] = []
  relate(before, after, { at: '', depth: 0, isElement: false, effort, findings })
  return findings
}

type Where = {
  at: string
  depth: number
  /** In a collection all elements become one type, and whatever is `any` in them has to be the same in each. */
  isElement: boolean
  effort: Effort
  findings: TypeFinding[]
}

function relate(before: TypeTree, after: TypeTree, where: Where): void {
  where.effort.left -= 1
  const isTooMuch = where.effort.left < 0 || where.depth > deepest
  const rule = isTooMuch ? 'type-unclear' : ruleOf(before, after, where)
  if (rule) keep(where, { rule, at: where.at, before: typeText(before), after: typeText(after) })
  if (isTooMuch || where.findings.length >= mostFindings) return
  if (bothAre(isSequence, before, after) || bothAre(isMap, before, after)) relateElements(before, after, where)
  else if (before.kind === 'object' && after.kind === 'object') relateObjects(before, after, where)
  else if (before.kind === 'tuple' && after.kind === 'tuple') relateTuples(before, after, where)
}

/** What differs between the two themselves; their parts are looked at beside. */
function ruleOf(before: TypeTree, after: TypeTree, where: Where): TypeFinding['rule'] | undefined {
  if (before.kind === 'unknown' || after.kind === 'unknown') {
    const isSame = before.kind === after.kind && sameText(before.text ?? '', after.text ?? '')
    return isSame ? undefined : 'type-unclear'
  }
  if (before.kind === 'any' && after.kind === 'any') return undefined
  if (after.kind === 'any') return where.isElement ? 'type-narrowed' : 'type-widened'
  if (before.kind === 'any') return 'type-narrowed'
  if (isPrimitive(before) || isPrimitive(after)) {
    if (before.kind === after.kind) return undefined
    return isPrimitive(before) && after.kind === 'string' ? 'type-widened' : 'type-narrowed'
  }
  if (bothAre(isSequence, before, after)) return before.kind === after.kind ? undefined : asOtherSequence(after, where)
  if (before.kind === 'tuple' && after.kind === 'tuple')
    return elementsOf(before).length === elementsOf(after).length ? undefined : 'type-narrowed'
  if (before.kind === after.kind) return undefined
  return becomeElements(before, after, where) ? 'type-widened' : 'type-narrowed'
}

/**
 * A list of texts takes numbers beside booleans, and a list of objects those that leave something out: of `any` all have
 * to be one type. So `any` takes less in a collection, but for elements that are numbers or booleans anyway.
 */
function relateElements(before: TypeTree, after: TypeTree, where: Where): void {
  const [left, right] = [elementOf(before), elementOf(after)]
  if (right.kind === 'any' && !where.isElement && areAlike([left])) {
    keep(where, { rule: 'type-widened', at: `${where.at}[]`, before: left.kind, after: right.kind })
    return
  }
  const findings: TypeFinding[] = []
  relate(left, right, { ...inside(where, '[]', true), findings })
  const whole: TypeFinding = { rule: 'type-narrowed', at: where.at, before: typeText(before), after: typeText(after) }
  for (const finding of findings.length > 0 && hasAny(right, where) ? [whole] : findings) keep(where, finding)
}

/** With a list of its own of what is left, as it does not count how deep it is. */
function hasAny(type: TypeTree, where: Where): boolean {
  const left = [type]
  for (let next = left.pop(); next; next = left.pop()) {
    where.effort.left -= 1
    if (where.effort.left < 0 || next.kind === 'any') return true
    if (next.element) left.push(next.element)
    left.push(...elementsOf(next), ...partsOf(next))
  }
  return false
}

/** A type of fixed parts where a collection is now: its parts become the elements. */
function becomeElements(before: TypeTree, after: TypeTree, where: Where): boolean {
  const isFixed = (before.kind === 'tuple' && isSequence(after)) || (before.kind === 'object' && after.kind === 'map')
  if (!isFixed) return false
  const [parts, element] = [[...elementsOf(before), ...partsOf(before)], elementOf(after)]
  // A part that is alone has to become one type with no other.
  const isElement = where.isElement || parts.length > 1
  if (element.kind === 'any' && !where.isElement && areAlike(parts)) return true
  if (isElement && hasAny(element, where)) return false
  return parts.every((part) => isTaken(part, element, inside(where, '[]', isElement)))
}

/** Of numbers alone, or of booleans alone, no two need different types. */
const areAlike = (parts: TypeTree[]): boolean =>
  (parts[0]?.kind === 'number' || parts[0]?.kind === 'bool') && parts.every(({ kind }) => kind === parts[0]?.kind)

/** What is `any` further inside becomes one type in another way: there are values that a list of them takes and a set does not. */
function asOtherSequence(after: TypeTree, where: Where): TypeFinding['rule'] {
  const element = elementOf(after)
  const isDirect = element.kind === 'any' && !where.isElement
  return !isDirect && hasAny(element, where) ? 'type-narrowed' : 'type-rewritten'
}

function relateTuples(before: TypeTree, after: TypeTree, where: Where): void {
  const [left, right] = [elementsOf(before), elementsOf(after)]
  if (left.length !== right.length) return
  for (const [index, element] of left.entries())
    relate(element, right[index]!, inside(where, `[${index}]`, where.isElement))
}

function isTaken(before: TypeTree, after: TypeTree, where: Where): boolean {
  const findings: TypeFinding[] = []
  relate(before, after, { ...where, findings })
  return findings.every(({ rule }) => rules[rule].severity !== 'breaking')
}

function relateObjects(before: TypeTree, after: TypeTree, where: Where): void {
  const [left, right] = [byName(before.attributes ?? []), byName(after.attributes ?? [])]
  for (const [name, was] of left) {
    const is = right.get(name)
    const at = `${where.at}.${name}`
    if (is) relateAttributes(was, is, inside(where, `.${name}`, where.isElement))
    else keep(where, { rule: 'attribute-removed', at, before: attributeText(was), after: null })
  }
  for (const [name, is] of right) {
    where.effort.left -= 1
    if (left.has(name)) continue
    const rule = is.optional ? 'attribute-added' : 'attribute-added-required'
    keep(where, { rule, at: `${where.at}.${name}`, before: null, after: attributeText(is) })
  }
}

function relateAttributes(before: TypeAttribute, after: TypeAttribute, where: Where): void {
  const texts = { at: where.at, before: attributeText(before), after: attributeText(after) }
  if (before.optional && !after.optional) keep(where, { rule: 'attribute-now-required', ...texts })
  else if (!before.optional && after.optional) keep(where, { rule: 'attribute-now-optional', ...texts })
  else if (!sameCode(before.defaultText ?? 'null', after.defaultText ?? 'null'))
    keep(where, { rule: 'attribute-default-changed', ...texts })
  relate(before.type, after.type, where)
}

function keep(where: Where, finding: TypeFinding): void {
  if (where.findings.length < mostFindings) where.findings.push(finding)
}

const inside = (where: Where, step: string, isElement: boolean): Where => ({
  ...where,
  at: where.at + step,
  depth: where.depth + 1,
  isElement,
})

const isPrimitive = ({ kind }: TypeTree) => kind === 'string' || kind === 'number' || kind === 'bool'
const isMap = ({ kind }: TypeTree) => kind === 'map'
const bothAre = (is: (type: TypeTree) => boolean, before: TypeTree, after: TypeTree) => is(before) && is(after)
const elementsOf = ({ elements }: TypeTree): TypeTree[] => elements ?? []
const partsOf = ({ attributes }: TypeTree): TypeTree[] => attributes?.map(({ type }) => type) ?? []
const isSequence = ({ kind }: TypeTree) => kind === 'list' || kind === 'set'
const elementOf = ({ element }: TypeTree): TypeTree => element ?? { kind: 'any' }
const byName = (attributes: TypeAttribute[]) => new Map(attributes.map((attribute) => [attribute.name, attribute]))

const attributeText = ({ type, optional, defaultText }: TypeAttribute): string =>
  optional ? `optional(${typeText(type)}${defaultText === undefined ? '' : `, ${defaultText}`})` : typeText(type)

const longestText = 200

/** As somebody would write it on one line; long ones are cut, as the whole type stands beside. */
function typeText(type: TypeTree): string {
  const text = written(type, { left: longestText, depth: 0 })
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

type Room = { left: number; depth: number }

function written(type: TypeTree, room: Room): string {
  if (room.left < 0 || room.depth > deepest) return '…'
  const inner = { left: room.left, depth: room.depth + 1 }
  const text = withParts(type, inner)
  room.left = inner.left - type.kind.length
  return text
}

function withParts(type: TypeTree, room: Room): string {
  switch (type.kind) {
    case 'unknown':
      return type.text ?? ''
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind}(${written(elementOf(type), room)})`
    case 'tuple':
      return `tuple([${joined(elementsOf(type), room, (element) => written(element, room))}])`
    case 'object':
      return `object({ ${joined(type.attributes ?? [], room, (attribute) => attributeIn(attribute, room))} })`
    default:
      return type.kind
  }
}

function attributeIn({ name, type, optional }: TypeAttribute, room: Room): string {
  room.left -= name.length
  const text = written(type, room)
  return `${name} = ${optional ? `optional(${text})` : text}`
}

function joined<Part>(parts: Part[], room: Room, textOf: (part: Part) => string): string {
  const texts: string[] = []
  for (const part of parts) {
    if (room.left < 0) break
    texts.push(textOf(part))
    room.left -= 1
  }
  return texts.join(', ')
}
