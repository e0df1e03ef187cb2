/**
 * SHA256SUMS: the document that names every file of a provider version with its checksum, and that is signed
 * (protocols.md §6.2). Strict, as clients are not: a blank line crashes them, a marker or a path hides the file. Pure.
 */
import { filesElsewhere, lineRefused, sumsEmpty, sumsTooLarge, sumsTwice, sumsWithoutZips } from './shasums-refusals.ts'

export type SumsLine = { sha256: string; filename: string }

const maxBytes = 256 * 1024
const maxLines = 1000

/** @throws Refusal naming the line that is not as it has to be */
export function readShaSums(bytes: Buffer): SumsLine[] {
  if (bytes.length === 0) throw sumsEmpty()
  if (bytes.length > maxBytes) throw sumsTooLarge(`${maxBytes / 1024} KB`)
  const texts = bytes.toString('latin1').split('\n')
  if (texts.at(-1) === '') texts.pop()
  if (texts.length > maxLines) throw sumsTooLarge(`${maxLines} lines`)
  const lines = texts.map((text, index) => readLine(text, index + 1))
  checkNamesAreApart(lines)
  return lines
}

export const shaSumsText = (lines: SumsLine[]): string =>
  lines.map(({ sha256, filename }) => `${sha256}  ${filename}\n`).join('')

type NamedVersion = { type: string; version: string }
type NamedPlatform = { os: string; arch: string }

export type SumsOfVersion = {
  zips: (NamedPlatform & SumsLine)[]
  manifest: SumsLine | undefined
}

/** @throws Refusal naming the line whose file is none of this version, or when there is no zip among them */
export function sumsOfVersion(lines: SumsLine[], version: NamedVersion): SumsOfVersion {
  const sums: SumsOfVersion = { zips: [], manifest: undefined }
  for (const [index, line] of lines.entries()) {
    if (line.filename === manifestFileName(version)) {
      sums.manifest = line
      continue
    }
    const platform = zipOfVersion(line.filename, version)
    if (!platform) throw filesElsewhere(index + 1, line.filename, expectedNames(version))
    sums.zips.push({ ...platform, ...line })
  }
  if (sums.zips.length === 0) throw sumsWithoutZips(expectedNames(version).zip)
  return sums
}

/** The platform whose zip of this version a file is, going by its name. */
export function zipOfVersion(filename: string, version: NamedVersion): NamedPlatform | undefined {
  const start = `${stem(version)}_`
  if (!filename.startsWith(start)) return undefined
  const [, os, arch] = /^([a-z0-9]+)_([a-z0-9]+)\.zip$/.exec(filename.slice(start.length)) ?? []
  return os && arch ? { os, arch } : undefined
}

export const zipFileName = (version: NamedVersion, { os, arch }: NamedPlatform) => `${stem(version)}_${os}_${arch}.zip`

export const manifestFileName = (version: NamedVersion) => `${stem(version)}_manifest.json`

export const shaSumsFileName = (version: NamedVersion) => `${stem(version)}_SHA256SUMS`

export const signatureFileName = (version: NamedVersion) => `${shaSumsFileName(version)}${signatureSuffix}`

export const signatureSuffix = '.sig'

const stem = ({ type, version }: NamedVersion) => `terraform-provider-${type}_${version}`

const expectedNames = (version: NamedVersion) => ({
  zip: zipFileName(version, { os: 'OS', arch: 'ARCH' }),
  manifest: manifestFileName(version),
})

function readLine(text: string, number: number): SumsLine {
  const [, sha256, filename] = /^([0-9a-f]{64}) {2}([!-~]+)$/.exec(text) ?? []
  if (sha256 && filename && !/^\*|[/\\]/.test(filename)) return { sha256, filename }
  throw lineRefused(number, faultOf(text))
}

/** The first of these that is true of a line is what its author has to know. */
const faults: [shape: RegExp, fault: string][] = [
  [/^$/, 'is blank, which crashes clients'],
  [/^(\xef\xbb\xbf|\xfe\xff|\xff\xfe)/, 'begins with a byte order mark'],
  [/\r/, 'has a carriage return; lines end with LF alone'],
  [/[^ -~]/, 'has other characters than printable ASCII'],
  [/^[0-9a-fA-F]{64} {1,2}\*/, 'marks its file as binary with "*", which hides it from clients'],
  [/^(?=.*[A-F])[0-9a-fA-F]{64} /, 'has its checksum in upper-case letters'],
  [/^[0-9a-f]{64} [^ ]/, 'has one space behind the checksum instead of two'],
  [/^[0-9a-f]{64} {2}[^ ]*[/\\]/, 'names a path instead of a file'],
  [/^[0-9a-f]{64} *$/, 'names no file'],
]

const faultOf = (text: string) =>
  faults.find(([shape]) => shape.test(text))?.[1] ??
  'is not a SHA-256 in 64 hexadecimal digits, two spaces and a file name'

function checkNamesAreApart(lines: SumsLine[]): void {
  const seen = new Map<string, number>()
  for (const [index, { filename }] of lines.entries()) {
    const before = seen.get(filename)
    if (before !== undefined) throw sumsTwice(index + 1, filename, before)
    seen.set(filename, index + 1)
  }
}
