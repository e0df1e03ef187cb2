/** A folder in the layout of the OpenTofu registry, as a source: what lies where, in order, and what lies where it should not. */
import { hash } from 'node:crypto'
import { type Dirent, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Refusal } from '../foundation/refusal.ts'
import { keyIdOf } from './armored-key.ts'
import { type Blacklist, readBlacklist, readModuleFile, readProviderFile, Unreadable } from './opentofu-files.ts'
import { type FiledEntry, filesOf, isAfter, namespacesOf, plainEntries } from './opentofu-filing.ts'
import { pathOf, ruledRepository } from './opentofu-layout.ts'
import { addressText, type ItemAddress, type Only, type Source, type SourceEntry, type SourceItem } from './source.ts'
import { readText } from './text-file.ts'

/** Goes up when the same file is to be read otherwise than before, so that an import takes it again. */
const readingRevision = '1'
/** Then everybody else has a turn. */
const filesAtOnce = 8
const blacklistFile = 'versions_blacklist.json'
const maxKeyBytes = 256 * 1024

export function openTofuFolder(path: string): Source {
  const folder = resolve(path)
  if (!['providers', 'modules'].some((kind) => existsSync(join(folder, kind)))) throw notARegistry(path)
  // Who asks how many there are reads them next, and walking through the folders takes a tenth of an import.
  let walked: { only?: Only; namespaces: FiledEntry[][] } | undefined
  return {
    kind: 'opentofu-folder',
    address: folder,
    async totals(only) {
      walked = { only, namespaces: [...namespacesIn(folder, only)] }
      return totalsOf(walked.namespaces)
    },
    entries(options = {}) {
      const namespaces = walked?.only === options.only ? walked?.namespaces : undefined
      walked = undefined
      return readEntries(folder, namespaces ?? namespacesIn(folder, options.only), options.after)
    },
    keys: () => readKeys(folder),
    blacklist: async () => (existsSync(join(folder, blacklistFile)) ? readText(join(folder, blacklistFile)) : ''),
  }
}

async function* readEntries(folder: string, namespaces: Iterable<FiledEntry[]>, after: string | undefined) {
  const forbidden = readForbidden(folder)
  for (const files of namespaces) {
    for (const [index, file] of files.entries()) {
      if (after !== undefined && !isAfter(file.position, after)) continue
      yield readEntry(folder, file, forbidden)
      if (index % filesAtOnce === 0) await setImmediate()
    }
  }
}

function* namespacesIn(folder: string, only: Only | undefined): Generator<FiledEntry[]> {
  for (const kind of kindsOf(only)) {
    for (const namespace of namespacesOf(folder, kind)) yield filesOf(folder, kind, namespace)
  }
}

function totalsOf(namespaces: FiledEntry[][]) {
  const totals = { modules: 0, providers: 0 }
  for (const files of namespaces) {
    const [file] = files
    if (file) totals[file.path.startsWith('modules') ? 'modules' : 'providers'] += files.length
  }
  return totals
}

function readEntry(folder: string, file: FiledEntry, forbidden: Blacklist): SourceEntry {
  const { path, position, address, problem } = file
  const problems = problem === undefined ? [] : [problem]
  if (address === undefined || file.skipped) return { path, position, address, problems }
  try {
    const { item, odd } = itemOf(address, readText(join(folder, path)), forbidden)
    const sourcePath = path === pathOf(address) ? '' : path
    return { path, position, address, item: { ...item, sourcePath }, problems: [...problems, ...odd] }
  } catch (error) {
    if (error instanceof Unreadable) return { path, position, address, problems: [...problems, error.message] }
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return { path, position, address, problems: [...problems, `cannot be read: ${message}`] }
  }
}

function itemOf(address: ItemAddress, text: string, blacklist: Blacklist): { item: SourceItem; odd: string[] } {
  let told = `${readingRevision}\0${text}`
  const judged = <Version extends { tag: string }>(version: Version) => {
    const forbidden = blacklist.get(`${address.kind} ${addressText(address)} ${version.tag.replace(/^v/, '')}`)
    if (forbidden === undefined) return version
    told += `\0${version.tag}\0${forbidden}`
    return { ...version, forbidden: forbidden || 'no reason is given' }
  }
  const allJudged = <Version extends { tag: string }>(versions: Version[]) =>
    blacklist.size === 0 ? versions : versions.map(judged)
  const shared = () => ({ sourcePath: '', digest: hash('sha256', told, 'base64url').slice(0, 22) })
  if (address.kind === 'module') {
    const { versions, problems } = readModuleFile(text)
    const read = { ...address, versions: allJudged(versions), repository: '', sourceUrl: ruledRepository(address) }
    return { item: { ...read, ...shared() }, odd: problems }
  }
  const { versions, repository, warnings, problems } = readProviderFile(text)
  const sourceUrl = releasedFrom(versions[0]?.shasumsUrl) ?? ruledRepository(address)
  const read = { ...address, versions: allJudged(versions), repository, warnings, sourceUrl }
  return { item: { ...read, ...shared() }, odd: problems }
}

const releasedFrom = (shasumsUrl = '') => /^https:\/\/github\.com\/[^/]+\/[^/]+(?=\/releases\/)/.exec(shasumsUrl)?.[0]

function readForbidden(folder: string): Blacklist {
  const path = join(folder, blacklistFile)
  if (!existsSync(path)) return new Map()
  try {
    return readBlacklist(readText(path))
  } catch (error) {
    throw new Refusal(
      'invalid',
      'source-unreadable',
      `${path} says which versions must not be published, and cannot be read: ${(error as Error).message}.`,
    )
  }
}

async function* readKeys(folder: string) {
  for (const letter of plainEntries(join(folder, 'keys'))) {
    for (const namespace of plainEntries(join(folder, 'keys', letter.name))) {
      const base = join('keys', letter.name, namespace.name)
      for (const entry of plainEntries(join(folder, base))) {
        if (entry.isFile()) yield readKey(folder, base, namespace.name, '', entry)
        const within = entry.isDirectory() ? plainEntries(join(folder, base, entry.name)) : []
        for (const file of within) yield readKey(folder, join(base, entry.name), namespace.name, entry.name, file)
      }
    }
  }
}

async function readKey(folder: string, base: string, namespace: string, type: string, { name }: Dirent) {
  const path = join(base, name)
  const armored = await readFile(join(folder, path), 'utf8').catch(() => '')
  const isKey = armored.length <= maxKeyBytes && keyIdOf(armored) !== undefined && !armored.includes('\0')
  return {
    path,
    namespace: namespace.toLowerCase(),
    type: type.toLowerCase(),
    filename: name,
    armored: isKey ? armored : '',
    ...(isKey ? {} : { problem: 'is no armoured public key of version 4: skipped' }),
  }
}

/** In the order of the alphabet, which is that of positions. */
const kindsOf = (only?: Only): Only[] => (only === undefined ? ['modules', 'providers'] : [only])

const notARegistry = (path: string) =>
  new Refusal(
    'not-found',
    'source-missing',
    `${path} has neither a folder providers nor a folder modules in it.`,
    'Name the folder of a registry in the layout of github.com/opentofu/registry.',
  )
