/** The files of the web as they were built: where they lie, what each page needs of them, and their bytes. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { serverRoot } from '../foundation/server-root.ts'

/** Names of files below `/assets/`, in the order in which a browser wants them. */
export type PageFiles = {
  scripts: readonly string[]
  preloads: readonly string[]
  styles: readonly string[]
  fonts: readonly string[]
}

export type Encoding = 'br' | 'gzip' | undefined

export type WebFiles = {
  /** What a page needs for its first paint; nothing of it when the web was not built. */
  neededBy(page: string | undefined): PageFiles
  /** In which forms there is a file of this name. */
  formsOf(name: string): ReadonlySet<Encoding> | undefined
  read(name: string, encoding: Encoding): Promise<Buffer>
  /** How a face is called now that every page may need: `sans.woff2`, `mono.woff2`. */
  faceNamed(name: string): string | undefined
}

/** As Vite writes it: by source, or by the name of a chunk. */
type Manifest = Record<
  string,
  { file: string; isEntry?: boolean; imports?: string[]; css?: string[]; assets?: string[] }
>

type Built = {
  at: number
  manifest: Manifest
  /** page → key of the chunk that has its component */
  sources: Record<string, string>
  forms: Map<string, Set<Encoding>>
}

const maxKeptBytes = 16 * 1024 * 1024
/** The faces of the first paint: text, and addresses. */
const faces = {
  'sans.woff2': /^instrument-sans-latin-wght-normal-[^/]*\.woff2$/,
  'mono.woff2': /^ibm-plex-mono-latin-400-normal-[^/]*\.woff2$/,
}
const endings: Record<string, Encoding> = { br: 'br', gz: 'gzip' }
const endingOf = { br: '.br', gzip: '.gz' }
const nothing: PageFiles = { scripts: [], preloads: [], styles: [], fonts: [] }

export function openWebFiles(folder = join(serverRoot, '..', 'web', 'dist')): WebFiles {
  const bytes = new LRUCache<string, Buffer>({ maxSize: maxKeptBytes, sizeCalculation: (file) => file.length + 1 })
  let built: Built | undefined
  let needed = new Map<string, PageFiles>()

  /** Built anew while we run, as in development, it is read anew. */
  function current(): Built | undefined {
    const at = statSync(join(folder, '.vite', 'manifest.json'), { throwIfNoEntry: false })?.mtimeMs
    if (at === built?.at) return built
    bytes.clear()
    needed = new Map()
    built = at === undefined ? undefined : readBuilt(folder, at)
    return built
  }

  return {
    neededBy(page = '') {
      const found = current()
      if (!found) return nothing
      const known = needed.get(page) ?? filesOf(found, found.sources[page])
      needed.set(page, known)
      return known
    },
    faceNamed(name) {
      const face = Object.hasOwn(faces, name) ? faces[name as keyof typeof faces] : undefined
      return face && [...(current()?.forms.keys() ?? [])].find((file) => face.test(file))
    },
    formsOf: (name) => current()?.forms.get(name),
    async read(name, encoding) {
      const file = encoding ? name + endingOf[encoding] : name
      const kept = bytes.get(file)
      if (kept) return kept
      const found = await readFile(join(folder, 'assets', file))
      bytes.set(file, found)
      return found
    },
  }
}

function readBuilt(folder: string, at: number): Built {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'))
  const forms = new Map<string, Set<Encoding>>()
  for (const file of readdirSync(join(folder, 'assets'))) {
    const [, name, ending = ''] = /^(.+?)(?:\.(br|gz))?$/.exec(file)!
    forms.set(name!, (forms.get(name!) ?? new Set()).add(endings[ending]))
  }
  return { at, manifest, sources: sourcesIn(folder), forms }
}

/** Written by our build; Vite alone leaves it out, and pages then preload less. */
function sourcesIn(folder: string): Record<string, string> {
  const file = join(folder, 'page-sources.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function filesOf({ manifest, forms }: Built, source: string | undefined): PageFiles {
  const entry = Object.keys(manifest).find((key) => manifest[key]!.isEntry)
  if (!entry) return nothing
  const parts = new Set<string>()
  const add = (key: string) => {
    if (parts.has(key) || !manifest[key]) return
    parts.add(key)
    manifest[key].imports?.forEach(add)
  }
  add(entry)
  if (source) add(source)
  const all = [...parts].map((key) => manifest[key]!)
  return {
    scripts: [inAssets(manifest[entry]!.file)],
    preloads: all.slice(1).map(({ file }) => inAssets(file)),
    styles: [...new Set(all.flatMap(({ css = [] }) => css))].map(inAssets),
    fonts: Object.values(faces).flatMap((face) => [...forms.keys()].find((file) => face.test(file)) ?? []),
  }
}

const inAssets = (file: string) => file.replace(/^assets\//, '')
