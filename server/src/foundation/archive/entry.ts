/** What is in an archive, whatever its format, and how much of it there may be. */

export type EntryKind = 'file' | 'folder' | 'symlink' | 'hardlink' | 'special'

/** One entry as an archive has it, whatever its format. */
export type ArchiveEntry = {
  name: Buffer
  kind: EntryKind
  executable: boolean
  sizeBytes: number
  target: Buffer
  /** @throws Refusal while it is read, when the bytes are not what the archive promised */
  content(): AsyncIterable<Buffer>
}

export type ArchiveLimits = {
  entries: number
  unpackedBytes: number
  /** unpacked to sent */
  ratio: number
  /** below this a small archive full of blanks may have any ratio */
  ratioFromBytes: number
}
