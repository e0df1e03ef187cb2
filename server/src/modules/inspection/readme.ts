/** The README of each folder. */
import type { FolderKnowledge } from '@cadastre/contract/module-knowledge'
import { folderOf } from '../../foundation/archive/paths.ts'
import type { TakenFile } from './folder.ts'
import { kindOf } from './folders.ts'

export const isReadme = (path: string) =>
  /(^|\/)readme\.(md|markdown)$/i.test(path) && kindOf(folderOf(path)) !== undefined

/** The one that is written as usual, where a folder has several. */
export function readmeOf(files: TakenFile[]): FolderKnowledge['readme'] {
  const [first] = files.sort((a, b) => rank(a.path) - rank(b.path) || (a.path < b.path ? -1 : 1))
  return first ? { file: first.path, markdown: textOf(first.bytes) } : null
}

const rank = (path: string) => (path.endsWith('README.md') ? 0 : path.endsWith('.md') ? 1 : 2)

const textOf = (bytes: Buffer) => new TextDecoder('utf-8').decode(bytes).replaceAll('\0', '\u{fffd}')
