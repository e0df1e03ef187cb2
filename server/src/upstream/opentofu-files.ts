/** The files of an OpenTofu registry, read with suspicion: what they say of modules, providers and forbidden versions. Pure. */
import type { SourceModuleVersion, SourcePlatform, SourceProviderVersion } from './source.ts'

/** What a file says, and what in it could not be taken. */
export type ReadModule = { versions: SourceModuleVersion[]; problems: string[] }
export type ReadProvider = {
  repository: string
  warnings: string[]
  versions: SourceProviderVersion[]
  problems: string[]
}

/** Why a version must not be published, by `provider hashicorp/aws 6.1.0` or `module acme/vpc/aws 1.0.0`. */
export type Blacklist = Map<string, string>

/** The file as a whole cannot be read. */
export class Unreadable extends Error {}

const maxVersions = 50_000
const maxPlatforms = 500
const maxText = 4096
const maxTexts = 100

export function readModuleFile(text: string): ReadModule {
  const { versions, ...rest } = objectOf(text)
  const textIn = textReader(text)
  const problems = unknownFields(rest, [])
  const read: SourceModuleVersion[] = []
  for (const version of listOf(versions, maxVersions)) {
    const tag = isObject(version) ? textIn(version.version) : undefined
    if (tag) read.push({ tag })
    else problems.push(`${shown(version)} is no version: skipped`)
  }
  return { versions: read, problems }
}

export function readProviderFile(text: string): ReadProvider {
  const { versions, repository, warnings, ...rest } = objectOf(text)
  const textIn = textReader(text)
  const problems = unknownFields(rest, [])
  const read: SourceProviderVersion[] = []
  for (const version of listOf(versions, maxVersions)) {
    const known = isObject(version) ? readVersion(version, problems, textIn) : undefined
    if (known) read.push(known)
    else problems.push(`${shown(version)} is no version: skipped`)
  }
  return { repository: textIn(repository) ?? '', warnings: textsOf(warnings, textIn), versions: read, problems }
}

export function readBlacklist(text: string): Blacklist {
  const list: Blacklist = new Map()
  const { providers, modules } = objectOf(text)
  for (const [kind, entries] of [
    ['provider', providers],
    ['module', modules],
  ] as const) {
    for (const entry of listOf(entries ?? [], maxVersions)) {
      if (!isObject(entry)) continue
      const parts = [entry.namespace, entry.name, ...(kind === 'module' ? [entry.target ?? entry.system] : [])]
      const version = textOf(entry.version)?.replace(/^v/, '')
      list.set(
        `${kind} ${parts.map((part) => String(part).toLowerCase()).join('/')} ${version}`,
        textOf(entry.reason) ?? '',
      )
    }
  }
  return list
}

function readVersion(version: Json, problems: string[], textIn: TextOf): SourceProviderVersion | undefined {
  const { version: tag, protocols, shasums_url, shasums_signature_url, targets, discovered, ...rest } = version
  const name = textIn(tag)
  if (!name) return undefined
  problems.push(...unknownFields(rest, [name]))
  const platforms: SourcePlatform[] = []
  for (const target of listOf(targets ?? [], maxPlatforms)) {
    const platform = isObject(target) ? readPlatform(target, textIn) : undefined
    if (!platform) problems.push(`${name}: ${shown(target)} is no platform: skipped`)
    else if (platforms.some(({ os, arch }) => os === platform.os && arch === platform.arch))
      problems.push(`${name}: ${platform.os}_${platform.arch} is there twice: the second is skipped`)
    else platforms.push(platform)
  }
  return {
    tag: name,
    protocols: textsOf(protocols, textIn),
    shasumsUrl: textIn(shasums_url) ?? '',
    shasumsSignatureUrl: textIn(shasums_signature_url) ?? '',
    discovered: textIn(discovered) ?? '',
    platforms,
  }
}

function readPlatform(
  { os, arch, filename, download_url, shasum, h1, size }: Json,
  textIn: TextOf,
): SourcePlatform | undefined {
  const [system, architecture, file] = [textIn(os), textIn(arch), textIn(filename)]
  const [downloadUrl, sha256] = [textIn(download_url), textIn(shasum)]
  if (!system || !architecture || !file || !downloadUrl || !sha256 || !isSum.test(sha256)) return undefined
  const sizeBytes = Number.isSafeInteger(size) && (size as number) >= 0 ? (size as number) : null
  return { os: system, arch: architecture, filename: file, downloadUrl, sha256, h1: textIn(h1) ?? '', sizeBytes }
}

const isSum = /^[0-9a-f]{64}$/

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function objectOf(text: string): Json {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Unreadable(`not JSON: ${(error as Error).message.slice(0, 200)}`)
  }
  if (!isObject(value)) throw new Unreadable('not a JSON object')
  return value
}

function listOf(value: unknown, max: number): unknown[] {
  if (!Array.isArray(value)) throw new Unreadable('a list is missing')
  if (value.length > max) throw new Unreadable(`a list of ${value.length}, and ${max} are read at most`)
  return value
}

type TextOf = (value: unknown) => string | undefined

/** A text that PostgreSQL keeps and a terminal survives. */
const textOf: TextOf = (value) => {
  const text = shortText(value)
  return text === undefined || /[\p{Cc}\p{Cs}]/u.test(text) ? undefined : text
}

const shortText: TextOf = (value) => (typeof value === 'string' && value.length <= maxText ? value : undefined)

/** In a file of ASCII without escapes no text can have such characters: looking once is enough for its thousands of texts. */
const textReader = (file: string): TextOf => (isPlainAscii(file) ? shortText : textOf)

const isPlainAscii = (file: string) =>
  !file.includes('\\') && !file.includes('\x7f') && Buffer.byteLength(file) === file.length

const textsOf = (value: unknown, textIn: TextOf): string[] =>
  Array.isArray(value) ? value.slice(0, maxTexts).flatMap((text) => textIn(text) ?? []) : []

const unknownFields = (rest: Json, where: string[]): string[] =>
  Object.keys(rest).map((field) => [...where, `the field ${shown(field)} is not known, and not kept`].join(': '))

/** Of what may be large and nested without end only the outside. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isObject(value)) return `{${Object.keys(value).slice(0, 8).join(', ')}}`.slice(0, 120)
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120)
}
