/** Every way an archive can be refused whatever it is for, in the words its author reads. Nothing here decides. */
import { type Reason, Refusal } from '../refusal.ts'

const repack = 'Pack it again, with another program if this one did it.'

const refusal =
  (code: string, reason: Reason = 'invalid') =>
  (message: string, hint: string = repack) =>
    new Refusal(reason, code, message, hint)

/** A name from an archive as it may be printed: it can hold anything, and be long. */
export const shown = (name: Buffer | string) => {
  const text = name.toString()
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text)
}

// The bytes as a whole.
export const formatUnsupported = (format: string, hint: string) =>
  refusal('archive-format-unsupported')(`The archive is ${format}, which is not read here.`, hint)
export const archiveTruncated = () =>
  refusal('archive-truncated')(
    'The archive ends in the middle: a part of it is missing.',
    'Send it again, or pack it again.',
  )
export const archiveBroken = (detail: string) => refusal('archive-broken')(`The archive is damaged: ${detail}.`)
export const trailingBytes = () => refusal('archive-trailing-bytes')('The archive has other bytes behind its end.')
export const archiveContradicts = (detail: string) =>
  refusal('archive-contradictory')(`The archive contradicts itself: ${detail}.`)
export const archiveEncrypted = () =>
  refusal('archive-encrypted')(
    'The zip is protected by a password.',
    'Send it without one; what may read it is decided here.',
  )

// How much there is.
export const tooManyEntries = (limit: number) =>
  refusal('archive-too-many-entries', 'too-large')(
    `The archive has more than ${limit} entries.`,
    'Pack only what is needed, without examples, caches or vendored code.',
  )
export const unpackedTooLarge = (limitBytes: number) =>
  refusal('archive-unpacked-too-large', 'too-large')(
    `Unpacked, the archive is larger than ${Math.round(limitBytes / 1024 / 1024)} MB.`,
    'Keep large files elsewhere, and download them when they are needed.',
  )
export const ratioTooHigh = (ratio: number) =>
  refusal('archive-ratio')(
    `Unpacked, the archive is more than ${ratio} times its size, as only a bomb is.`,
    'Leave out files that are mostly empty or repeat themselves.',
  )

// What a name may be.
export const pathAbsolute = (name: Buffer) =>
  refusal('archive-path-absolute')(`The archive holds the absolute path ${shown(name)}.`)
export const pathClimbs = (name: Buffer) =>
  refusal('archive-path-parent')(
    `The archive holds ${shown(name)}, a path with "..", which could leave the folder it is unpacked in.`,
  )
export const pathBackslash = (name: Buffer) =>
  refusal('archive-path-backslash')(
    `The archive holds ${shown(name)}; paths are written with "/", not with a backslash.`,
  )
export const pathCharacters = (name: Buffer) =>
  refusal('archive-path-characters')(`The archive holds ${shown(name)}, a name with control characters.`)
export const pathEncoding = (name: Buffer) =>
  refusal('archive-path-encoding')(`The archive holds ${shown(name)}, a name that is not UTF-8.`)
export const pathTooLong = (name: Buffer, limit: string) =>
  refusal('archive-path-too-long')(`The archive holds ${shown(name)}, which is longer than ${limit}.`)

// What an entry may be.
export const specialFile = (name: Buffer) =>
  refusal('archive-special-file')(
    `${shown(name)} is neither file, folder nor link: devices, pipes, sockets and sparse files are not kept.`,
    'Leave it out.',
  )
export const pathTwice = (path: string) => refusal('archive-path-duplicate')(`The archive holds ${shown(path)} twice.`)
export const pathsAlike = (path: string, other: string) =>
  refusal('archive-path-case')(
    `The archive holds ${shown(path)} and ${shown(other)}, which are one file on macOS and Windows.`,
    'Rename one of them.',
  )
export const fileAndFolder = (path: string) =>
  refusal('archive-path-conflict')(`In the archive ${shown(path)} is a file and a folder at once.`)
