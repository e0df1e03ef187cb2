/** What a folder needs: versions of Terraform or OpenTofu, providers, and other modules. */
import type { Expression } from '@cadastre/contract/hcl/expression'
import type { ModuleCall, ProviderRequirement, Requirements } from '@cadastre/contract/module-knowledge'
import { type Attribute, type Block, type Body, blocksOf, placeOf } from './blocks.ts'
import { kept, keyOf, referenceOf, stringOf } from './literals.ts'
import { resourcesOf } from './resources.ts'

export const requirementsOf = (body: Body): Requirements => ({
  terraform: blocksOf(body, 'terraform').flatMap(({ attributes }) => {
    const version = attributes.get('required_version')
    return version ? [{ constraint: referenceOf(version)!, ...placeOf(version) }] : []
  }),
  providers: providersOf(body),
  moduleCalls: blocksOf(body, 'module').map(moduleCallOf),
})

function moduleCallOf(block: Block): ModuleCall {
  const of = (name: string) => stringOf(block.attributes.get(name))
  return { name: block.labels[0]!, source: of('source'), version: of('version'), ...placeOf(block) }
}

/** Those that are named, then those that are only used: a client asks for them all. */
function providersOf(body: Body): ProviderRequirement[] {
  const found = new Map<string, ProviderRequirement>()
  const add = (requirement: ProviderRequirement) => {
    const known = found.get(requirement.name)
    if (!known) found.set(requirement.name, requirement)
    else known.version ??= requirement.version
  }
  for (const { attributes } of blocksOf(body, 'terraform').flatMap((block) => blocksOf(block, 'required_providers'))) {
    for (const attribute of attributes.values()) add(namedProvider(attribute))
  }
  for (const block of blocksOf(body, 'provider')) {
    // From before 0.13: a constraint in the configuration of the provider.
    add({ ...bare(block.labels[0]!), version: stringOf(block.attributes.get('version')), ...placeOf(block) })
  }
  for (const { provider, type, file, line } of resourcesOf(body)) {
    const name = provider?.split('.')[0] ?? type.split('_')[0]!
    // It is built in.
    if (name !== 'terraform') add({ ...bare(name), file, line })
  }
  return [...found.values()]
}

const bare = (name: string) => ({ name, source: null, version: null, configurationAliases: [] })

/** `{ source, version, configuration_aliases }`, or before 0.13 the constraint alone. */
function namedProvider(attribute: Attribute): ProviderRequirement {
  const { name, expression, source } = attribute
  const place = placeOf(attribute)
  if (expression.kind !== 'object') return { ...bare(name), version: stringOf(attribute), ...place }
  const of = (key: string) => expression.items.find((item) => keyOf(item.key) === key)?.value
  const text = (value: Expression | undefined) => (value?.kind === 'string' ? kept(value.value) : null)
  const aliases = of('configuration_aliases')
  return {
    name,
    source: text(of('source')),
    version: text(of('version')),
    configurationAliases:
      aliases?.kind === 'tuple'
        ? aliases.items.map((alias) => text(alias) ?? source.text.slice(alias.start, alias.end))
        : [],
    ...place,
  }
}
