/** Whose the modules and providers are and what they are called: a few names are everywhere, most are there once. */
import { type Chance, dealer, valuesAlong } from './chance.ts'
import { otherSystems, type Shape, systems } from './shape.ts'

export const commonProviders =
  'aws postgresql restapi hashicups mysql proxmox kubernetes netlify azuredevops stripe slack jenkins kubectl auth0 docker git keycloak libvirt cloudflare kafka pagerduty ansible vault random tls azurerm google datadog helm vsphere github consul nomad snowflake'.split(
    ' ',
  )
export const commonModules =
  'vpc docker-instance eks bootcamp network modules module asg rds ecs aks s3backend kubernetes ec2 s3 lambda project networking security-group ec2-instance vm ecr iam s3-website securestorage instance bastion test ecs-service storage resource-group ecs-cluster namespace kms alb redis rds-cluster efs storage-account vnet'.split(
    ' ',
  )

const words =
  'access account active address agent alarm alert analytics api app archive audit auth auto backend backup balancer base batch bastion billing bucket build bus cache cdn certificate chart cloud cluster code compute config connect container control core cost daemon dashboard data database deploy directory disk dns domain edge elastic endpoint engine event export fabric factory fargate file firewall fleet flow function gateway global grafana graph group guard hosting hub identity image ingress instance internal job key kit lake landing launch layer ledger link load log mail managed mesh metric mirror monitor mount multi network node notebook object operator organization origin output page peering pipeline platform policy pool portal private project proxy public queue record redirect region registry relay release remote replica report repository resource role rotation route router rule runner sandbox scale scheduler search secret security server service session shared shield signal site snapshot source stack stage static storage stream subnet sync system table tag target task team template tenant token topic trace traffic transit trigger tunnel update upload user vault version video virtual volume vpn web webhook worker workspace zone'.split(
    ' ',
  )
const places =
  'acme apex atlas aurora beacon birch blue bright cedar clear coast copper coral crest delta echo ember falcon field fjord flint forge frost glade granite green harbor hazel heath horizon indigo iron island ivory jade juniper kestrel lagoon lake lark laurel linden lumen lunar maple meadow meridian mesa mint mist moss north nova oak ocean onyx opal orbit otter pearl pine pixel prairie prism quartz quiet raven reef ridge river rowan sage salt sierra silver sky slate solar spruce star stone summit swift terra thorn tidal timber topaz valley vector velvet violet willow wind winter wren zenith'.split(
    ' ',
  )
const endings = 'labs ops cloud infra io tech systems works dev team platform modules'.split(' ')

/** Of the largest. */
export const officialNamespace = { provider: 'hashicorp', module: 'terraform-aws-modules' }

/** One for each item. */
export function makeNamespaces(chance: Chance, shape: Shape, count: number, share: number, first: string): string[] {
  const sizes = valuesAlong(shape.namespaces, Math.round(shape.namespaceCount * share)).reverse()
  const namespaces = distinct(chance, namespaceName, [first])
  const owners: string[] = []
  for (const size of sizes) {
    const namespace = namespaces.next().value
    for (let left = size; left > 0 && owners.length < count; left -= 1) owners.push(namespace)
  }
  while (owners.length < count) owners.push(namespaces.next().value)
  return owners
}

/** One for each item, some of them many times. */
export function makeNames(chance: Chance, shape: Shape, count: number, share: number, common: string[]): string[] {
  const names = distinct(chance, itemName, common)
  const wanted = Math.min(count, Math.round(shape.distinctNames * share))
  const repeats = repetitions(
    shape.commonest.map((times) => Math.max(1, Math.round(times * Math.min(1, share)))),
    wanted,
    count,
  )
  return repeats.flatMap((times) => {
    const name = names.next().value
    return Array.from({ length: times }, () => name)
  })
}

/** How often each name is there: the first ones as given, the others falling so that all together make `count`. */
function repetitions(first: number[], names: number, count: number): number[] {
  const falling = (power: number) =>
    Array.from({ length: names }, (_, index) =>
      index < first.length
        ? first[index]!
        : Math.max(1, Math.round(first.at(-1)! * (first.length / (index + 1)) ** power)),
    )
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  let [low, high] = [0, 4]
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2
    if (sum(falling(middle)) > count) low = middle
    else high = middle
  }
  const found = falling(high)
  return [...found, ...Array.from({ length: count - sum(found) }, () => 1)]
}

export function dealSystems(): () => string {
  const names = [
    ...Object.keys(systems),
    ...Array.from({ length: otherSystems.count }, (_, index) => systemName(index)),
  ]
  const weights = Array.from({ length: otherSystems.count }, (_, index) => 1 / (index + 8))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const others = weights.map((weight) => (otherSystems.share * weight) / sum)
  const deal = dealer([...Object.values(systems), ...others])
  return () => names[deal()]!
}

const systemName = (index: number) =>
  index < words.length ? words[index]! : `${words[index % words.length]}${Math.floor(index / words.length)}`

function namespaceName(chance: Chance): string {
  const name = `${chance.one(places)}${chance.next() < 0.5 ? '-' : ''}${chance.one(chance.next() < 0.6 ? endings : places)}`
  return chance.next() < 0.35 ? `${name}${chance.below(100)}` : name
}

// Nearer to the front of the words more often, as in any language.
function itemName(chance: Chance): string {
  const word = () => words[Math.floor(words.length * chance.next() ** 1.6)]!
  const length = chance.next()
  return [word(), ...(length < 0.12 ? [] : [word()]), ...(length > 0.7 ? [word()] : [])].join('-')
}

export const sentence = (chance: Chance, name: string, length: number) =>
  [name, ...Array.from({ length }, () => chance.one(words))].join(' ')

function* distinct(chance: Chance, make: (chance: Chance) => string, first: string[]): Generator<string, string> {
  const known = new Set<string>()
  for (let index = 0; ; index += 1) {
    const name = first[index] ?? make(chance)
    if (known.has(name)) continue
    known.add(name)
    yield name
  }
}
