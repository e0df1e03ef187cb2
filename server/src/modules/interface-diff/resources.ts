/** What callers notice of changed resources and module calls: what the next apply makes and destroys. */
import type { InterfaceChange } from '@cadastre/contract/interface-diff'
import type { ModuleCall, Moves, Resource } from '@cadastre/contract/module-knowledge'
import { change, type Placed, pairs, sameText } from './change.ts'
import type { RuleName } from './rules.ts'

export function resourceChanges(before: Resource[], after: Resource[], moves: Moves): InterfaceChange[] {
  const whereTo = destinations(moves)
  const arrived = new Set(before.flatMap((was) => whereTo.get(addressOf(was))?.to ?? []))
  return pairs(before.map(addressed), after.map(addressed)).flatMap(([was, is, name]) => {
    if (was && is) return changesOf(was, is, whereTo.has(name))
    if (was) return [gone(was, whereTo)]
    if (!is || arrived.has(name)) return []
    const rule = is.mode === 'managed' ? 'resource-added' : 'lookup-changed'
    return [change(rule, { kind: 'added', name, what: `The ${nounOf(is)} ${name} was added.`, to: is })]
  })
}

type Addressed = Resource & Placed
const addressed = (resource: Resource): Addressed => ({ ...resource, name: addressOf(resource) })
const prefixes: Record<Resource['mode'], string> = { managed: '', data: 'data.', ephemeral: 'ephemeral.' }
const addressOf = ({ mode, type, name }: Resource) => `${prefixes[mode]}${type}.${name}`
const nouns: Record<Resource['mode'], string> = {
  managed: 'resource',
  data: 'data source',
  ephemeral: 'ephemeral resource',
}
const nounOf = ({ mode }: Resource) => nouns[mode]

function gone(was: Addressed, whereTo: Destinations): InterfaceChange {
  const { name } = was
  const told = { name, from: was }
  if (was.mode !== 'managed')
    return change('lookup-changed', { ...told, kind: 'removed', what: `The ${nounOf(was)} ${name} was removed.` })
  const destination = whereTo.get(name)
  if (!destination)
    return change('resource-removed', { ...told, kind: 'removed', what: `The resource ${name} was removed.` })
  const { to, place, destroys } = destination
  if (to === null) {
    const rule = destroys ? 'resource-destroyed' : 'resource-let-go'
    const what = `The resource ${name} is ${destroys ? 'destroyed' : 'let go of'} by a removed block.`
    return change(rule, { ...told, kind: 'removed', what, to: place })
  }
  const what = `The resource ${name} was moved to ${to}.`
  return change('resource-moved', { ...told, kind: 'changed', what, before: name, after: to, to: place })
}

function changesOf(was: Addressed, is: Addressed, isMoved: boolean): InterfaceChange[] {
  if (is.mode !== 'managed') return []
  const { name } = is
  const found: InterfaceChange[] = []
  const tell = (rule: RuleName, what: string, before: string | null, after: string | null) =>
    void found.push(change(rule, { kind: 'changed', name, what, before, after, from: was, to: is }))
  if (was.repeated !== is.repeated) {
    const rule = is.repeated ? 'resource-repeated' : 'resource-not-repeated'
    const what = `The resource ${name} is ${is.repeated ? 'made' : 'no longer made'} by count or for_each.`
    if (isMoved) tell('resource-moved', `The resource ${name} was moved between its instances.`, null, null)
    else tell(rule, what, null, null)
  }
  const [before, after] = [providerOf(was), providerOf(is)]
  if (before !== after)
    tell('resource-reconfigured', `The resource ${name} is managed through ${after}, not ${before}.`, before, after)
  return found
}

const providerOf = ({ provider, type }: Resource) => provider ?? type.split('_')[0] ?? type

export function callChanges(before: ModuleCall[], after: ModuleCall[], moves: Moves): InterfaceChange[] {
  const whereTo = destinations(moves)
  const arrived = new Set(before.flatMap(({ name }) => whereTo.get(`module.${name}`)?.to ?? []))
  return pairs(before, after).flatMap(([was, is, name]) => {
    if (was && is) return callChangesOf(was, is)
    if (was) return [callGone(was, whereTo.get(`module.${name}`))]
    if (!is || arrived.has(`module.${name}`)) return []
    const what = `The call of the module ${name} was added.`
    return [change('call-added', { kind: 'added', name, what, after: is.source, to: is })]
  })
}

function callGone(was: ModuleCall, destination: Destination | undefined): InterfaceChange {
  const { name, source } = was
  const told = { name, from: was, before: source }
  if (!destination)
    return change('call-removed', { ...told, kind: 'removed', what: `The call of the module ${name} was removed.` })
  const { to, place, destroys } = destination
  if (to === null) {
    const rule = destroys ? 'call-destroyed' : 'call-let-go'
    const what = `What the module ${name} made is ${destroys ? 'destroyed' : 'let go of'} by a removed block.`
    return change(rule, { ...told, kind: 'removed', what, to: place })
  }
  const what = `The call of the module ${name} was moved to ${to}.`
  return change('call-moved', {
    name,
    kind: 'changed',
    what,
    before: `module.${name}`,
    after: to,
    from: was,
    to: place,
  })
}

function callChangesOf(was: ModuleCall, is: ModuleCall): InterfaceChange[] {
  const { name } = is
  const told = { kind: 'changed', name, from: was, to: is } as const
  if (!sameText(was.source, is.source)) {
    const what = `The called module ${name} comes from another source.`
    return [change('call-source-changed', { ...told, what, before: was.source, after: is.source })]
  }
  if (sameText(was.version, is.version)) return []
  const what = `The called module ${name} is taken in another version.`
  return [change('call-version-changed', { ...told, what, before: was.version, after: is.version })]
}

type Destination = {
  /** null: it is let go of */
  to: string | null
  destroys?: boolean | undefined
  place: { file: string; line: number }
}
type Destinations = Map<string, Destination>

/** Moves that the newer version knows; those that only the older one knew lead no state any more. */
function destinations({ moved, removed }: Moves): Destinations {
  const next: Destinations = new Map()
  for (const { from, to, file, line } of moved)
    next.set(withoutKeys(from), { to: withoutKeys(to), place: { file, line } })
  for (const { from, destroys, file, line } of removed) {
    const address = withoutKeys(from)
    if (!next.has(address)) next.set(address, { to: null, destroys, place: { file, line } })
  }
  return new Map([...next.keys()].map((from) => [from, lastOf(from, next)]))
}

/** Where a chain of moves ends; a circle ends nowhere, and clients refuse it. */
const longestChain = 50
function lastOf(from: string, next: Destinations): Destination {
  let found = next.get(from)!
  for (let hop = 0; hop < longestChain && found.to !== null; hop += 1) {
    const further = next.get(found.to)
    if (!further || further === found) break
    found = further
  }
  return found
}

/** Longer ones are made to cost. */
const longestAddress = 1_000

/** Of the resource or the call, not of one of its instances: `aws_vpc.main["a"]` is `aws_vpc.main`. */
function withoutKeys(address: string): string {
  if (address.length > longestAddress) return address
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\]/g, '').replace(/\s+/g, '')
}
