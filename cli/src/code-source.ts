/** Where the code of what is published comes from: as it is said with flags, by the pipeline, or by the checkout. */
import { statSync } from 'node:fs'
import type { components } from '@cadastre/contract/openapi.gen'
import { sourceText } from '@cadastre/contract/source-address'
import type { Command } from 'commander'
import type { Call } from './call.ts'
import { findCheckout } from './checkout.ts'
import { type CodeSource, ciSource } from './ci-source.ts'
import { usage } from './exit.ts'
import { readRemote } from './remote-url.ts'

export type SourceFlags = { source?: string | false; commit?: string }

type Place = {
  /** what is asked of git; nothing where a file was named, which may come from anywhere */
  folder?: string
  /** whether files that git does not know are published as well */
  untrackedToo: boolean
  /** what was built says itself from which commit */
  builtFrom?: string | undefined
}

type VersionSource = components['schemas']['VersionSource']

export type Found = CodeSource & { warnings: string[] }

export const sourceOptions = (command: Command): Command =>
  command
    .option('--source <url>', 'repository that the code comes from; found in pipelines and checkouts unless given')
    .option('--commit <id>', 'commit of it')
    .option('--no-source', 'say nothing of where it comes from')

/** @throws Failure usage for flags that name nothing */
export async function codeSource(call: Call, flags: SourceFlags, place: Place): Promise<Found> {
  const commit = commitIn(flags)
  if (flags.source === false) return { ...nowhere, warnings: [] }
  const found = await lookedFor(call, place)
  if (flags.source !== undefined) return saidWith(flags.source, commit, found)
  if (commit === undefined) return found
  if (found.source === '') throw usage('A commit says nothing without its repository.', 'Name that with --source URL.')
  return { ...found, commit, warnings: [] }
}

const nowhere: CodeSource = { source: '', commit: '', folder: '' }

/** What is said of another repository than the one that was found is all that is known of it. */
function saidWith(address: string, commit: string | undefined, found: Found): Found {
  const source = sourceNamed(address)
  const same = found.source === source
  return {
    source,
    commit: commit ?? (same ? found.commit : ''),
    folder: same ? found.folder : '',
    warnings: same && commit === undefined ? found.warnings : [],
  }
}

function sourceNamed(address: string): string {
  const read = readRemote(address)
  if (read && 'url' in read) return read.url
  throw usage(
    read
      ? `The address given with --source ${read.wrong}.`
      : `${JSON.stringify(withoutCredentials(address))} is no address of a repository on https.`,
    'Give --source as https://HOST/REPOSITORY, or as git@HOST:REPOSITORY.',
  )
}

function commitIn({ source, commit }: SourceFlags): string | undefined {
  if (commit === undefined) return undefined
  if (source === false) throw usage('--no-source and --commit exclude each other.')
  if (/^[0-9a-f]{7,64}$/i.test(commit)) return commit.toLowerCase()
  throw usage(
    `${JSON.stringify(commit)} is no id of a commit.`,
    'Give 7 to 64 hexadecimal digits, as git rev-parse HEAD.',
  )
}

/** A pipeline is believed of the commit that it runs for, and of nothing else that it may have checked out. */
async function lookedFor(call: Call, { folder, untrackedToo, builtFrom }: Place): Promise<Found> {
  const pipeline = ciSource(call.here.env)
  const found = folder && isFolder(folder) ? await findCheckout(call.here, folder, { untrackedToo }) : undefined
  const isOdd = found !== undefined && 'wrong' in found
  const checkout = isOdd ? undefined : found
  const isOther = pipeline && checkout && pipeline.commit !== checkout.commit
  const { source } = (isOther ? undefined : pipeline) ?? checkout ?? nowhere
  const untold = isOdd && !pipeline ? [`${found.wrong}: the source is not said. Name it with --source URL.`] : []
  if (source === '' || !isSayable(checkout?.folder ?? '')) return { ...nowhere, warnings: untold }
  const from = checkout ?? pipeline!
  const isUncertain = builtFrom === undefined && checkout?.hasChanges
  return {
    source,
    commit: builtFrom ?? (isUncertain ? '' : from.commit),
    folder: from.folder,
    warnings: isUncertain ? [`${folder} has changes that are not committed: its source is said without a commit.`] : [],
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/** As the registry takes it; what is called otherwise is named by nobody. */
const isSayable = (folder: string) => folder.length <= 500 && !/[\p{C}\p{Zl}\p{Zp}\\]/u.test(folder)

const withoutCredentials = (address: string) => address.replace(/^([a-z+]+:\/+)?.*@/is, '$1').replace(/[?#].*$/s, '')

/** Of a version that was there: who published it first said where it comes from. */
export function otherSource(sent: CodeSource, kept: VersionSource | null): string[] {
  const said = [sent.source, sent.commit, sent.folder].join()
  if (sent.source === '' || (kept && said === [kept.url, kept.commit ?? '', kept.folder].join())) return []
  return [`It keeps the source that it was first published with: ${kept ? sourceText(kept) : 'none'}.`]
}

/** The fields of the API that say it; none of them is empty. */
export const saidOf = ({ source, commit, folder }: CodeSource): Partial<CodeSource> =>
  Object.fromEntries(Object.entries({ source, commit, folder }).filter(([, text]) => text !== ''))

/** As the registry would show it, but for the page. */
export const wouldBe = ({ source, commit, folder }: CodeSource): Omit<VersionSource, 'page'> | null =>
  source === '' ? null : { url: source, commit: commit || null, folder }

export const comesFrom = (source: Omit<VersionSource, 'page'> | null): string[] =>
  source ? [`Source: ${sourceText(source)}`] : []
