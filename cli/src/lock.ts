/** `cadastre lock`: completes a dependency lock file with what the registry knows, for every platform and without downloads. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { components } from '@cadastre/contract/openapi.gen'
import { type Command, InvalidArgumentError } from 'commander'
import { action, type Call } from './call.ts'
import { exit, Failure, usage } from './exit.ts'
import { examples } from './help.ts'
import { isHash, type LockedProvider, lockFileName, readLockFile, withHashes } from './lock-file.ts'
import { answered, type Registry } from './registry.ts'
import type { Report } from './report.ts'
import { textOfFile } from './text-file.ts'

type Flags = { platform: string[] }
type ProviderLock = components['schemas']['ProviderLock']

export function addLock(cadastre: Command): void {
  const command = cadastre
    .command('lock')
    .description("Complete a lock file with the hashes of this registry's providers for every platform.")
    .argument('[dir]', `where ${lockFileName} lies`, '.')
    .option('--platform <os_arch>', 'only this platform; repeat it, or separate platforms by commas', platforms, [])
    .action(action(completeLock))
  examples(command, [
    'cadastre lock                                              # every platform that is published',
    'cadastre lock ./network --platform linux_amd64 --platform darwin_arm64',
  ])
}

async function completeLock(call: Call, folder: string, flags: Flags): Promise<Report> {
  const path = join(folder, lockFileName)
  const text = contentOf(path, folder)
  const file = readLockFile(text)
  const registry = await call.registry()
  const names = await namesOf(registry)
  const ours = file.providers.filter(({ hostname }) => names.has(hostname))

  const hashesOf = new Map<LockedProvider, string[]>()
  for (const provider of ours) {
    const lock = await lockOf(registry, provider)
    refuseUnknown(provider, lock)
    const wanted = [...wantedHashes(provider, lock, flags.platform)].filter((hash) => !provider.hashes.includes(hash))
    if (wanted.length > 0) hashesOf.set(provider, [...provider.hashes, ...wanted])
  }
  if (hashesOf.size > 0) replace(path, withHashes(file, hashesOf))
  return report(path, ours, hashesOf, file.providers)
}

/** What this registry is called in addresses: as it was named here, and as it says itself. */
async function namesOf({ choice, api }: Registry): Promise<Set<string>> {
  const { url, hostnames } = await answered(api.GET('/api/v1/mirror'))
  return new Set([choice.key, new URL(url).host, ...hostnames])
}

async function lockOf({ api }: Registry, { namespace, type, version }: LockedProvider): Promise<ProviderLock> {
  const path = { namespace, type, version }
  const headers = { accept: 'application/json' }
  const asked = api.GET('/api/v1/providers/{namespace}/{type}/{version}/lock', { params: { path }, headers })
  return (await answered(asked)) as ProviderLock
}

/** A hash of other bytes than these is a question for people: adding ours would let both be installed. */
function refuseUnknown({ address, version, hashes }: LockedProvider, { hashes: known, platforms }: ProviderLock): void {
  const unknown = hashes.find((hash) => !known.includes(hash) && !platforms.some(({ zipH1 }) => zipH1 === hash))
  if (unknown === undefined) return
  throw new Failure(
    exit.verification,
    'lock-differs',
    `${address} ${version}: the lock file holds a hash that this registry does not know: ${unknown}`,
    'Whoever wrote it had other files of that version. Find out where they came from before you take the block away and run terraform init.',
  )
}

function wantedHashes({ address, version }: LockedProvider, lock: ProviderLock, only: string[]): Set<string> {
  const chosen = lock.platforms.filter(({ platform }) => only.length === 0 || only.includes(platform))
  const missing = only.find((platform) => !chosen.some((each) => each.platform === platform))
  if (missing !== undefined) {
    const there = lock.platforms.map(({ platform }) => platform).join(', ')
    throw new Failure(
      exit.notFound,
      'platform-not-found',
      `${address} ${version} is not available for ${missing}.`,
      `It is for ${there}.`,
    )
  }
  const zips = lock.hashes.filter((hash) => hash.startsWith('zh:'))
  const wanted = [...chosen.map(({ h1 }) => h1).filter((h1) => h1 !== ''), ...zips]
  const odd = wanted.find((hash) => !isHash(hash))
  if (odd === undefined) return new Set(wanted)
  throw new Failure(
    exit.verification,
    'lock-hash-unreadable',
    `${address} ${version}: the registry answers with ${JSON.stringify(odd.slice(0, 80))}, which is no hash of a lock file.`,
    'Nothing was written. Is it the registry that you meant?',
  )
}

function report(
  path: string,
  ours: LockedProvider[],
  hashesOf: Map<LockedProvider, string[]>,
  all: LockedProvider[],
): Report {
  const providers = ours.map((provider) => {
    const { address, version, hashes } = provider
    const completed = hashesOf.get(provider) ?? hashes
    return { provider: address, version, added: completed.length - hashes.length, hashes: [...completed].sort() }
  })
  const leftAlone = all.filter((provider) => !ours.includes(provider)).map(({ address }) => address)
  const lines = providers.map(({ provider, version, added }) =>
    added === 0 ? `${provider} ${version} has every hash already.` : `${provider} ${version}: ${added} hashes added.`,
  )
  return {
    schema: 'cadastre.lock.v1',
    data: { file: path, changed: hashesOf.size > 0, providers, leftAlone },
    rows: providers.map(({ provider, version, added }) => [provider, version, added]),
    lines,
    notes: [
      ...(hashesOf.size > 0 ? [] : [`${path} is unchanged.`]),
      ...(leftAlone.length > 0 ? [`Not of this registry, and left alone: ${leftAlone.join(', ')}.`] : []),
    ],
  }
}

function contentOf(path: string, folder: string): string {
  const text = readable(path)
  if (text !== undefined) return text
  throw usage(`There is no ${lockFileName} in ${folder}.`, 'Run terraform init first: it chooses the versions.')
}

function readable(path: string): string | undefined {
  try {
    return textOfFile(path)
  } catch (error) {
    throw usage(`${path} cannot be read: ${(error as Error).message}.`)
  }
}

/** Either the old text or the new one is there, whenever somebody looks. */
function replace(path: string, text: string): void {
  const target = realpathSync(path)
  const beside = `${target}.${process.pid}.new`
  try {
    writeFileSync(beside, text, { flag: 'wx' })
    chmodSync(beside, statSync(target).mode & 0o7777)
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

function platforms(text: string, before: string[]): string[] {
  const given = text.split(',')
  const wrong = given.find((platform) => !/^[a-z0-9]+_[a-z0-9]+$/.test(platform))
  if (wrong !== undefined) throw new InvalidArgumentError('A platform is written like linux_amd64.')
  return [...before, ...given]
}
