/** What callers notice of changed requirements: of Terraform and OpenTofu, and of providers. */
import type { InterfaceChange } from '@cadastre/contract/interface-diff'
import type { ProviderRequirement, Requirements } from '@cadastre/contract/module-knowledge'
import { change, pairs } from './change.ts'
import { type ConstraintRelation, relateConstraints } from './constraint-relation.ts'
import type { RuleName } from './rules.ts'

export const requirementChanges = (before: Requirements, after: Requirements): InterfaceChange[] => [
  ...terraformChanges(before.terraform, after.terraform),
  ...pairs(before.providers, after.providers).flatMap(([was, is, name]) => {
    if (was && is) return providerChanges(was, is)
    return was ? [providerRemoved(name, was)] : is ? [providerAdded(name, is)] : []
  }),
]

/** Several constraints have to hold together. */
function terraformChanges(before: Requirements['terraform'], after: Requirements['terraform']): InterfaceChange[] {
  const [was, is] = [joined(before), joined(after)]
  const rule = ruleOf('terraform', relateConstraints(was, is, 'terraform'))
  if (!rule) return []
  const kind = was === null ? 'added' : is === null ? 'removed' : 'changed'
  const what = `The constraint on versions of Terraform and OpenTofu ${constraintVerbs[rule]}.`
  return [change(rule, { kind, name: 'required_version', what, before: was, after: is, from: before[0], to: after[0] })]
}

const joined = (all: Requirements['terraform']) =>
  all.length > 0 ? all.map(({ constraint }) => constraint).join(', ') : null

type ConstraintRule = Extract<
  RuleName,
  `terraform-${string}` | 'provider-narrowed' | 'provider-widened' | `constraint-${string}`
>
const constraintVerbs: Record<ConstraintRule, string> = {
  'terraform-narrowed': 'takes less than before',
  'terraform-widened': 'takes more than before',
  'provider-narrowed': 'takes less than before',
  'provider-widened': 'takes more than before',
  'constraint-rewritten': 'is written in another way',
  'constraint-unclear': 'cannot be compared',
}

function ruleOf(asked: 'terraform' | 'provider', relation: ConstraintRelation): ConstraintRule | undefined {
  if (relation === 'same') return undefined
  return relation === 'narrowed' || relation === 'widened' ? `${asked}-${relation}` : `constraint-${relation}`
}

function providerAdded(name: string, is: ProviderRequirement): InterfaceChange {
  const rule = is.configurationAliases.length > 0 ? 'provider-added-configured' : 'provider-added'
  return change(rule, { kind: 'added', name, what: `The provider ${name} was added.`, after: providerText(is), to: is })
}

function providerRemoved(name: string, was: ProviderRequirement): InterfaceChange {
  const rule = was.configurationAliases.length > 0 ? 'provider-removed-configured' : 'provider-removed'
  const what = `The provider ${name} was removed.`
  return change(rule, { kind: 'removed', name, what, before: providerText(was), from: was })
}

function providerChanges(was: ProviderRequirement, is: ProviderRequirement): InterfaceChange[] {
  const { name } = is
  const found: InterfaceChange[] = []
  const tell = (
    rule: RuleName,
    what: string,
    before: string | null,
    after: string | null,
    kind: InterfaceChange['kind'] = 'changed',
  ) => void found.push(change(rule, { kind, name, what, before, after, from: was, to: is }))

  if (wholeSource(was) !== wholeSource(is))
    tell('provider-source-changed', `The provider ${name} comes from another source.`, was.source, is.source)
  const rule = ruleOf('provider', relateConstraints(was.version, is.version, 'provider'))
  if (rule) tell(rule, `The constraint on the provider ${name} ${constraintVerbs[rule]}.`, was.version, is.version)

  const [left, right] = [new Set(was.configurationAliases), new Set(is.configurationAliases)]
  for (const alias of left)
    if (!right.has(alias))
      tell('alias-removed', `The configuration alias ${alias} was removed.`, alias, null, 'removed')
  for (const alias of right)
    if (!left.has(alias)) tell('alias-added', `The configuration alias ${alias} was added.`, null, alias, 'added')
  return found
}

/** As clients understand it: without a source it is HashiCorp's, without a host the client's own registry's. */
function wholeSource({ name, source }: ProviderRequirement): string {
  const parts = (source ?? name).toLowerCase().split('/')
  if (parts.length === 1) return `hashicorp/${parts[0]}`
  if (parts.length === 3 && (parts[0] === 'registry.terraform.io' || parts[0] === 'registry.opentofu.org'))
    parts.shift()
  return parts.join('/')
}

const providerText = ({ name, source, version }: ProviderRequirement) =>
  `${source ?? name}${version === null ? '' : ` ${version}`}`
