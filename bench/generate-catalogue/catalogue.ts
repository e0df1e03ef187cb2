/** A public registry that is nobody's, as large and as unequal as the real one; the same each time. */
import { type Chance, type Curve, chance, dealer, sometimes, valuesAlong } from './chance.ts'
import { type MadeUp, makeUp } from './made-up.ts'
import { commonModules, commonProviders, dealSystems, makeNames, makeNamespaces, officialNamespace } from './names.ts'
import { dealPlatforms, type PlatformSet, twelveCommonest } from './platforms.ts'
import * as shape from './shape.ts'
import { makeModuleTags, makeProviderVersions } from './versions.ts'

export type Scale = { scale: number; deep: boolean }

export type ProviderVersion = { version: string; protocols: string[]; platforms: PlatformSet }
export type Provider = { namespace: string; type: string; versions: ProviderVersion[] }
export type Module = { namespace: string; name: string; system: string; tags: string[] }

export type Catalogue = {
  providers: Provider[]
  modules: Module[]
  /** namespaces with a key */
  signing: string[]
  madeUp: MadeUp[]
}

const seed = 20_240_913

export function makeCatalogue({ scale, deep }: Scale): Catalogue {
  const sizes = deep
    ? { ...shape.deep }
    : {
        ...shape.full,
        providerVersions: shape.providerShape.versions,
        moduleVersions: shape.moduleShape.versions,
      }
  const providers = makeProviders(Math.round(sizes.providers * scale), sizes.providerVersions, deep)
  const modules = makeModules(Math.round(sizes.modules * scale), sizes.moduleVersions)
  const some = chance(seed + 3)
  const hasKey = sometimes(shape.withSigningKey)
  return {
    providers,
    modules,
    signing: [...new Set(providers.map(({ namespace }) => namespace))].filter(() => hasKey()),
    madeUp: [
      ...makeUp(
        some,
        providers.map(({ namespace, type }) => ({ kind: 'provider', namespace, name: type, system: '' })),
        officialNamespace.provider,
      ),
      ...makeUp(
        some,
        modules.map(({ namespace, name, system }) => ({ kind: 'module', namespace, name, system })),
        officialNamespace.module,
      ),
    ],
  }
}

function makeProviders(count: number, versions: Curve, deep: boolean): Provider[] {
  const some = chance(seed + 1)
  const share = count / shape.measured.providers
  const owners = makeNamespaces(some, shape.providerShape, count, share, officialNamespace.provider)
  const names = makeNames(some, shape.providerShape, count, share, commonProviders)
  const addresses = paired(some, owners, names, officialNamespace.provider)
  const versionsOf = makeProviderVersions(some)
  const platformsOf = deep ? () => () => twelveCommonest : dealPlatforms(some)
  const protocolsOf = dealProtocols()
  return largestFirst(some, versions, addresses, ({ namespace, name }, size) => {
    const [platforms, protocols] = [platformsOf(size), protocolsOf(size)]
    return {
      namespace,
      type: name,
      versions: versionsOf(size).map((version, index) => ({
        version,
        protocols: protocols(index),
        platforms: platforms(index),
      })),
    }
  })
}

function makeModules(count: number, versions: Curve): Module[] {
  const some = chance(seed + 2)
  const share = count / shape.measured.modules
  const owners = makeNamespaces(some, shape.moduleShape, count, share, officialNamespace.module)
  const names = makeNames(some, shape.moduleShape, count, share, commonModules)
  const nextSystem = dealSystems()
  const addresses = paired(some, owners, names, officialNamespace.module, nextSystem)
  const tagsOf = makeModuleTags(some)
  return largestFirst(some, versions, addresses, (address, size) => ({ ...address, tags: tagsOf(size) }))
}

type Address = { namespace: string; name: string; system: string }

/** The official namespace has the commonest names, each once; all others fall as they may, but no address twice. */
function paired(some: Chance, owners: string[], names: string[], official: string, nextSystem = () => ''): Address[] {
  const officials = [...new Set(names)].slice(0, owners.filter((owner) => owner === official).length)
  const left = [...names]
  for (const name of officials) left.splice(left.indexOf(name), 1)
  const met = new Set<string>()
  const ordered = [...officials, ...some.shuffled(left)]
  return owners.map((namespace, index) => {
    const system = nextSystem()
    const addressOf = (name: string) => `${namespace}/${name}/${system}`
    for (let other = index; met.has(addressOf(ordered[index]!)) && other < ordered.length; other += 1)
      [ordered[index], ordered[other]] = [ordered[other]!, ordered[index]!]
    const name = ordered[index]!
    met.add(addressOf(name))
    return { namespace, name, system }
  })
}

/** What is dealt out by weight comes out best when the heavy ones are dealt first. */
function largestFirst<Item>(
  some: Chance,
  versions: Curve,
  addresses: Address[],
  make: (address: Address, size: number) => Item,
): Item[] {
  const sizes = valuesAlong(versions, addresses.length).reverse()
  return some.shuffled(addresses).map((address, index) => make(address, sizes[index]!))
}

function dealProtocols() {
  const kinds = Object.keys(shape.protocols).map((text) => text.split(' '))
  const deal = dealer(Object.values(shape.protocols))
  const changes = sometimes(shape.protocolChanges)
  return (versions: number) => {
    const chosen = kinds[deal(versions)]!
    const isNew = versions > 1 && changes()
    return (newest: number) => (isNew ? kinds[newest === 0 ? 1 : 0]! : chosen)
  }
}
