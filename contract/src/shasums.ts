/**
 * SHA256SUMS: the document that names every file of a provider version with its checksum, and that is signed. Strict, as
 * clients are not: a blank line crashes them, a marker or a path hides the file. One rule for whoever sends it and whoever
 * takes it; each side refuses in its own way what is said here. Pure.
 */

export type SumsLine = { sha256: string; filename: string }

type NamedVersion = { type: string; version: string }
type NamedPlatform = { os: string; arch: string }

export type SumsOfVersion = {
  zips: (NamedPlatform & SumsLine)[]
  manifest: SumsLine | undefined
}

export type SumsFault = 'empty' | 'too-large' | 'line' | 'duplicate' | 'filename' | 'without-zips'

/** Makes what is thrown: the fault, and the sentence that says it to the author of the file. */
export type RefuseSums = (fault: SumsFault, sentence: string) => Error

export const sumsHint =
  'Write it again with `sha256sum *.zip > terraform-provider-TYPE_VERSION_SHA256SUMS` and sign it again, or let GoReleaser do both.'

const maxBytes = 256 * 1024
const maxLines = 1000

/** @param bytes of the file, each as one character: `latin1` */
export function readShaSums(bytes: string, refuse: RefuseSums): SumsLine[] {
  if (bytes.length === 0) throw refuse('empty', 'The SHA256SUMS is empty.')
  if (bytes.length > maxBytes) throw tooLarge(refuse, `${maxBytes / 1024} KB`)
  const texts = bytes.split('\n')
  if (texts.at(-1) === '') texts.pop()
  if (texts.length > maxLines) throw tooLarge(refuse, `${maxLines} lines`)
  const lines = texts.map((text, index) => readLine(text, index + 1, refuse))
  checkNamesAreApart(lines, refuse)
  return lines
}

export const shaSumsText = (lines: SumsLine[]): string =>
  lines.map(({ sha256, filename }) => `${sha256}  ${filename}\n`).join('')

/** Refuses a file that is none of this version, and a version without a zip. */
export function sumsOfVersion(lines: SumsLine[], version: NamedVersion, refuse: RefuseSums): SumsOfVersion {
  const sums: SumsOfVersion = { zips: [], manifest: undefined }
  const zip = zipFileName(version, { os: 'OS', arch: 'ARCH' })
  for (const [index, line] of lines.entries()) {
    if (line.filename === manifestFileName(version)) {
      sums.manifest = line
      continue
    }
    const platform = zipOfVersion(line.filename, version)
    if (!platform) {
      const expected = `${zip} or ${manifestFileName(version)}`
      const sentence = `Line ${index + 1} of the SHA256SUMS names ${shown(line.filename)}; in this version files are called ${expected}.`
      throw refuse('filename', sentence)
    }
    sums.zips.push({ ...platform, ...line })
  }
  if (sums.zips.length === 0)
    throw refuse('without-zips', `The SHA256SUMS names no zip; one such as ${zip} is needed for every platform.`)
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

const signatureSuffix = '.sig'

const stem = ({ type, version }: NamedVersion) => `terraform-provider-${type}_${version}`

function readLine(text: string, number: number, refuse: RefuseSums): SumsLine {
  const [, sha256, filename] = /^([0-9a-f]{64}) {2}([!-~]+)$/.exec(text) ?? []
  if (sha256 && filename && !/^\*|[/\\]/.test(filename)) return { sha256, filename }
  throw refuse('line', `Line ${number} of the SHA256SUMS ${faultOf(text)}.`)
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

function checkNamesAreApart(lines: SumsLine[], refuse: RefuseSums): void {
  const seen = new Map<string, number>()
  for (const [index, { filename }] of lines.entries()) {
    const before = seen.get(filename)
    if (before !== undefined)
      throw refuse('duplicate', `Line ${index + 1} of the SHA256SUMS names ${shown(filename)}, as line ${before} does.`)
    seen.set(filename, index + 1)
  }
}

const tooLarge = (refuse: RefuseSums, limit: string) => refuse('too-large', `The SHA256SUMS has more than ${limit}.`)

/** A name as it may be printed: it can be long. */
const shown = (name: string) => JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name)
