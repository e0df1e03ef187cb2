/**
 * Dependency lock files as terraform and tofu write them, and nothing else: whoever changes a file that guards others has
 * to understand every line of it. What is not completed stays as it is, byte for byte. Pure.
 */
import { usage } from './exit.ts'

export type LockedProvider = {
  /** as it is written: `registry.example.com/acme/greeter` */
  address: string
  /** with its port, if it has one */
  hostname: string
  namespace: string
  type: string
  version: string
  hashes: string[]
  /** lines of the hashes, the first and the one behind the last; where there are none, where they would go */
  from: number
  to: number
  hasList: boolean
}

export type LockFile = { lines: string[]; providers: LockedProvider[] }

export const lockFileName = '.terraform.lock.hcl'

const maxBytes = 4 * 1024 * 1024

const shapes = {
  opening: /^provider "(([^/"\\\s]+)\/([^/"\\\s]+)\/([^/"\\\s]+))" \{$/,
  text: /^ {2}(version|constraints) *= "([^"\\]*)"$/,
  list: /^ {2}hashes *= \[$/,
  hash: /^ {4}"([0-9a-z]+:[^"\\\s]+)",$/,
  listEnd: /^ {2}\]$/,
  end: /^\}$/,
}

/** @throws usage, naming the line that terraform would not have written */
export function readLockFile(text: string): LockFile {
  if (Buffer.byteLength(text) > maxBytes) throw usage(`The lock file is larger than ${maxBytes / 1024 ** 2} MB.`)
  const lines = text.split('\n')
  const providers: LockedProvider[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = bare(lines[at]!)
    if (line === '' || line.startsWith('#')) continue
    const { provider, end } = readProvider(lines, at)
    if (providers.some(({ address }) => address === provider.address))
      throw unknownLine(at, `${provider.address} has a block already`)
    providers.push(provider)
    at = end
  }
  return { lines, providers }
}

function readProvider(lines: string[], start: number): { provider: LockedProvider; end: number } {
  const [, address, hostname, namespace, type] = shapes.opening.exec(bare(lines[start]!)) ?? []
  if (!address || !hostname || !namespace || !type) throw unknownLine(start, 'this is no line of terraform')
  const texts = new Map<string, string>()
  let list: { hashes: string[]; from: number; to: number } | undefined
  let at = start + 1
  for (; at < lines.length && !shapes.end.test(bare(lines[at]!)); at++) {
    const line = bare(lines[at]!)
    const [, name, value] = shapes.text.exec(line) ?? []
    if (name !== undefined && value !== undefined && !texts.has(name)) texts.set(name, value)
    else if (shapes.list.test(line) && !list) {
      list = readHashes(lines, at + 1)
      at = list.to
    } else throw unknownLine(at, 'this is no line of terraform')
  }
  const version = texts.get('version')
  if (at === lines.length) throw unknownLine(start, 'the block is not closed')
  if (!version) throw unknownLine(start, 'the block has no version')
  const place = list ?? { hashes: [], from: at, to: at }
  return { provider: { address, hostname, namespace, type, version, ...place, hasList: list !== undefined }, end: at }
}

function readHashes(lines: string[], from: number): { hashes: string[]; from: number; to: number } {
  const hashes: string[] = []
  for (let at = from; at < lines.length; at++) {
    const line = bare(lines[at]!)
    if (shapes.listEnd.test(line)) return { hashes, from, to: at }
    const [, hash] = shapes.hash.exec(line) ?? []
    if (hash === undefined) throw unknownLine(at, 'this is no line of terraform')
    hashes.push(hash)
  }
  throw unknownLine(from - 1, 'the list is not closed')
}

/** The text with these hashes of each provider, sorted as terraform sorts them, in place of those it had. */
export function withHashes({ lines, providers }: LockFile, hashesOf: Map<LockedProvider, string[]>): string {
  const written: string[] = []
  let at = 0
  for (const provider of providers) {
    const hashes = hashesOf.get(provider)
    if (!hashes) continue
    const { from, to, hasList } = provider
    // A checkout on Windows may have made every line end in CR LF.
    const ending = lines[from - 1]!.endsWith('\r') ? '\r' : ''
    const list = [...new Set(hashes)].sort().map((hash) => `    "${hash}",`)
    const added = hasList ? list : ['  hashes = [', ...list, '  ]']
    written.push(...lines.slice(at, from), ...added.map((line) => line + ending))
    at = to
  }
  return [...written, ...lines.slice(at)].join('\n')
}

/** Whether it can stand in a lock file as it is: whatever else a registry may send, it ends there. */
export const isHash = (text: string) => /^(?:h1:[0-9A-Za-z+/]{43}=|zh:[0-9a-f]{64})$/.test(text)

const bare = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line)

const unknownLine = (index: number, why: string) =>
  usage(
    `${lockFileName}, line ${index + 1}: ${why}, so the file is left as it is.`,
    'terraform init writes it anew once the file, or the line, is taken away.',
  )
