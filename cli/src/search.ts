/** `cadastre search`: what `cadastre registry search` finds, with flags that are called as the keys of a query. */
import { foundKinds } from '@cadastre/contract/search-kinds'
import { type Command, Option } from 'commander'
import { action, type Call } from './call.ts'
import { examples } from './help.ts'
import { count, type Flags, searchRegistry } from './registry/search.ts'
import type { Report } from './report.ts'

const keys = ['ns', 'system', 'state', 'origin'] as const
type SearchFlags = { [Key in (typeof keys)[number]]?: string } & { kind?: Flags['type']; limit: number }

export function addSearch(cadastre: Command): void {
  const command = cadastre
    .command('search')
    .description('Search everything: modules, providers, what is in them, and the documentation.')
    .argument('[query]', 'what is looked for; without it, everything')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(['module', 'provider', ...foundKinds]))
    .option('--ns <namespace>', 'only in this namespace')
    .option('--system <system>', 'only modules for this target system')
    .addOption(new Option('--state <state>', 'only in this state').choices(['active', 'deprecated', 'revoked']))
    .addOption(
      new Option('--origin <origin>', 'only what comes from there').choices(['published', 'mirrored', 'catalogued']),
    )
    .option('--limit <n>', 'at most so many', count, 10)
    .action(action(search))
  examples(command, [
    'cadastre search vpc --system aws',
    'cadastre search cidr --kind input --ns platform',
    'cadastre search "kind:resource aws_vpc"',
    'cadastre search "sign-in" --kind doc',
  ])
}

function search(call: Call, q = '', { kind, limit, ...narrowed }: SearchFlags): Promise<Report> {
  const typed = keys.flatMap((key) => (narrowed[key] === undefined ? [] : [`${key}:"${narrowed[key]}"`]))
  return searchRegistry(call, [q, ...typed].filter(Boolean).join(' '), {
    type: kind,
    limit,
    sort: 'relevance',
    everything: true,
  })
}
