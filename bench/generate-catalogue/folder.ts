/** The catalogue as a folder in the layout of the OpenTofu registry; made once for each scale, and kept until it would come out otherwise. */
import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keyPathOf, moduleFileOf, pathOf, providerFileOf } from '../../server/src/upstream/opentofu-layout.ts'
import type { ItemAddress } from '../../server/src/upstream/source.ts'
import { type Catalogue, makeCatalogue, type Provider, type ProviderVersion, type Scale } from './catalogue.ts'
import type { MadeUp } from './made-up.ts'
import { selfCheck } from './self-check.ts'
import { armoredKey } from './signing-key.ts'

export type Generated = {
  folder: string
  /** as the import will find them */
  counts: Counts
  /** what the folder does not say */
  madeUp(): Promise<MadeUp[]>
}

export type Counts = { providers: number; modules: number; versions: number; platforms: number }

const cache = fileURLToPath(new URL('../.cache', import.meta.url))
const filesAtOnce = 32
/** Of fewer items there is no 99th percentile. */
const smallestChecked = 0.1

/** @param say the table of what was made, and what became of it */
export async function catalogueFolder(scale: Scale, say: (line: string) => void): Promise<Generated> {
  const base = join(cache, `catalogue-${scale.scale}${scale.deep ? '-deep' : ''}-${revision()}`)
  if (!existsSync(base)) await make(scale, base, say)
  return {
    folder: join(base, 'registry'),
    counts: JSON.parse(await readFile(join(base, 'counts.json'), 'utf8')),
    madeUp: async () => JSON.parse(await readFile(join(base, 'made-up.json'), 'utf8')),
  }
}

async function make(scale: Scale, base: string, say: (line: string) => void): Promise<void> {
  const catalogue = makeCatalogue(scale)
  if (!scale.deep) {
    const { table, wrong } = selfCheck(catalogue, scale.scale)
    for (const line of [...table, '']) say(line)
    if (wrong.length > 0 && scale.scale >= smallestChecked)
      throw new Error(`The generator makes another registry than the real one. ${wrong.join('; ')}`)
  }
  const part = `${base}.part`
  await rm(part, { recursive: true, force: true })
  await writeFiles(join(part, 'registry'), filesOf(catalogue))
  await writeFile(join(part, 'made-up.json'), JSON.stringify(catalogue.madeUp))
  await writeFile(join(part, 'counts.json'), JSON.stringify(countsOf(catalogue)))
  await rename(part, base)
}

/** Of the program that makes it. */
function revision(): string {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const sources = readdirSync(here).sort()
  return hash('sha256', sources.map((name) => readFileSync(join(here, name), 'utf8')).join('\0')).slice(0, 8)
}

async function writeFiles(folder: string, files: Iterable<[path: string, text: string]>): Promise<void> {
  const queue = files[Symbol.iterator]()
  const made = new Set<string>()
  const write = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const [path, text] = next.value
      const file = join(folder, path)
      if (!made.has(dirname(file))) await mkdir(dirname(file), { recursive: true })
      made.add(dirname(file))
      await writeFile(file, text)
    }
  }
  await Promise.all(Array.from({ length: filesAtOnce }, write))
}

function* filesOf({ providers, modules, signing }: Catalogue): Generator<[path: string, text: string]> {
  for (const provider of providers) {
    const { namespace, type } = provider
    const versions = provider.versions.map((version) => writtenVersion(provider, version))
    yield [at({ kind: 'provider', namespace, type }), providerFileOf({ repository: '', versions, warnings: [] })]
  }
  for (const { tags, ...address } of modules) yield [at({ kind: 'module', ...address }), moduleFileOf(tags)]
  for (const namespace of signing)
    yield [keyPathOf({ namespace, type: '', filename: 'provider.asc' }), armoredKey(namespace)]
}

const at = (address: ItemAddress) => pathOf(address)

function writtenVersion({ namespace, type }: Provider, { version, protocols, platforms }: ProviderVersion) {
  const base = `https://github.com/${namespace}/terraform-provider-${type}/releases/download/v${version}`
  const name = `terraform-provider-${type}_${version}`
  return {
    tag: version,
    protocols,
    shasumsUrl: `${base}/${name}_SHA256SUMS`,
    shasumsSignatureUrl: `${base}/${name}_SHA256SUMS.sig`,
    discovered: '',
    platforms: platforms.map(({ os, arch }) => {
      const filename = `${name}_${os}_${arch}.zip`
      const sha256 = hash('sha256', `${namespace}/${filename}`)
      return { os, arch, filename, downloadUrl: `${base}/${filename}`, sha256, h1: '', sizeBytes: null }
    }),
  }
}

function countsOf({ providers, modules }: Catalogue): Counts {
  const versions = providers.flatMap((provider) => provider.versions)
  return {
    providers: providers.length,
    modules: modules.length,
    versions: versions.length + modules.reduce((sum, { tags }) => sum + tags.length, 0),
    platforms: versions.reduce((sum, { platforms }) => sum + platforms.length, 0),
  }
}
