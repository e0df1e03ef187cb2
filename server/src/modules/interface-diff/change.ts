/** One change of an interface, with what its rule says of it. */
import type { ChangeSeverity, InterfaceChange } from '@cadastre/contract/interface-diff'
import { evenlySpaced } from '../../foundation/one-line.ts'
import { type RuleName, rules } from './rules.ts'

/** What is compared: it stands somewhere. */
export type Placed = { name: string; file: string; line: number }

type Told = {
  kind: InterfaceChange['kind']
  name: string
  what: string
  before?: string | null
  after?: string | null
  from?: Omit<Placed, 'name'> | undefined
  to?: Omit<Placed, 'name'> | undefined
}

export const change = (rule: RuleName, { kind, name, what, before, after, from, to }: Told): InterfaceChange => ({
  rule,
  kind,
  name,
  what,
  before: before ?? null,
  after: after ?? null,
  severity: rules[rule].severity,
  reason: rules[rule].reason,
  from: from ? { file: from.file, line: from.line } : null,
  to: to ? { file: to.file, line: to.line } : null,
})

const severities: ChangeSeverity[] = ['patch', 'addition', 'breaking']

/** @returns null when nothing changed */
export function mostSevere(changes: { severity: ChangeSeverity }[]): ChangeSeverity | null {
  const worst = changes.reduce((found, { severity }) => Math.max(found, severities.indexOf(severity)), -1)
  return severities[worst] ?? null
}

/** By name, in the order of the first, and what is new behind: the first of each name, as clients refuse a second. */
export function pairs<Thing extends Placed>(
  before: Thing[],
  after: Thing[],
): [Thing | undefined, Thing | undefined, name: string][] {
  const [left, right] = [firstByName(before), firstByName(after)]
  return [...new Set([...left.keys(), ...right.keys()])].map((name) => [left.get(name), right.get(name), name])
}

function firstByName<Thing extends { name: string }>(things: Thing[]): Map<string, Thing> {
  const found = new Map<string, Thing>()
  for (const thing of things) if (!found.has(thing.name)) found.set(thing.name, thing)
  return found
}

/** Spacing and line ends are of no concern to anybody who calls a module. */
export const sameText = (before: string | null, after: string | null) =>
  before === after || (before !== null && after !== null && evenlySpaced(before) === evenlySpaced(after))

/** The same of what is written in HCL: between quotes spacing is a part of the value. */
export const sameCode = (before: string | null, after: string | null) =>
  before === after || (before !== null && after !== null && plainCode(before) === plainCode(after))

// A quote that nobody closes goes to the end: looking again from each one inside would take the square of the text.
const quotedOrSpace = /("(?:[^"\\]|\\.)*(?:"|\\?$))|\s+/gs
export const plainCode = (text: string) => text.replace(quotedOrSpace, (_, quoted?: string) => quoted ?? ' ').trim()
