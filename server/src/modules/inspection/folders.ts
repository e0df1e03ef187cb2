/** Which folders of an archive are modules: the root, what lies in `modules`, and what lies in `examples`. */
import type { FolderKnowledge } from '@cadastre/contract/module-knowledge'
import { folderOf } from '../../foundation/archive/paths.ts'
import { isConfiguration } from './configuration-files.ts'

export type Folder = Pick<FolderKnowledge, 'kind' | 'path'>

/** @returns the root, then the others by their paths; a folder without configuration is none */
export function foldersOf(paths: string[]): Folder[] {
  const found = new Set(paths.filter(isConfiguration).map(folderOf))
  const below = [...found].flatMap((path) => {
    const kind = kindOf(path)
    return kind === 'submodule' || kind === 'example' ? [{ kind, path } as const] : []
  })
  return [{ kind: 'root', path: '' }, ...below.sort((a, b) => (a.path < b.path ? -1 : 1))]
}

/** undefined: no client would find a module there, nor a person an example. */
export function kindOf(folder: string): Folder['kind'] | undefined {
  if (folder === '') return 'root'
  const [first, ...rest] = folder.split('/')
  // What tools leave behind, such as `.terraform`.
  if (rest.some((part) => part.startsWith('.'))) return undefined
  if (first === 'modules') return 'submodule'
  return first === 'examples' ? 'example' : undefined
}
