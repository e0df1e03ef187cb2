/** The same entries in every format, for what does not depend on it. */
import { gnuLong, type TarEntry, tarGzOf, tarOf, zipOf } from './archives.ts'

export type AnyEntry = { name: string | Buffer; content?: string; kind?: 'folder' | 'link'; target?: string }

export const main: AnyEntry = { name: 'main.tf', content: 'locals {}\n' }

export const link = (name: string, target: string): AnyEntry => ({ name, target, kind: 'link' })

export const packTar = (entries: AnyEntry[]) => tarOf(tarEntriesOf(entries))

export const packTarGz = (entries: AnyEntry[]) => tarGzOf(tarEntriesOf(entries))

export const packZip = (entries: AnyEntry[]) =>
  zipOf(
    entries.map(({ kind, target, name, content }) => ({
      name,
      content: target ?? content ?? '',
      mode: kind === 'link' ? 0o120777 : kind === 'folder' ? 0o40755 : 0o100644,
    })),
  )

const tarEntriesOf = (entries: AnyEntry[]): TarEntry[] =>
  entries.flatMap(({ kind, ...entry }) => [
    ...(Buffer.byteLength(entry.name) > 100 ? [gnuLong(entry.name)] : []),
    ...(Buffer.byteLength(entry.target ?? '') > 100 ? [gnuLong(entry.target!, 'K')] : []),
    { ...entry, type: kind === 'link' ? '2' : kind === 'folder' ? '5' : '0' },
  ])
