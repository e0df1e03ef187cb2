/** The folders of two versions held against each other: the root, and each submodule that anybody may call. */
import { changeLists } from '@cadastre/contract/change-lists'
import type { FolderDiff, InterfaceChange } from '@cadastre/contract/interface-diff'
import type { FolderKnowledge } from '@cadastre/contract/module-knowledge'
import { change, mostSevere } from './change.ts'
import { inputChanges } from './inputs.ts'
import { outputChanges } from './outputs.ts'
import { requirementChanges } from './requirements.ts'
import { callChanges, resourceChanges } from './resources.ts'
import type { RuleName } from './rules.ts'
import type { Effort } from './type-relation.ts'

export type ComparableFolder = Pick<
  FolderKnowledge,
  'kind' | 'path' | 'inputs' | 'outputs' | 'resources' | 'requirements' | 'moves' | 'diagnostics'
>

export const changesIn = (folder: FolderDiff): InterfaceChange[] => changeLists.flatMap((list) => folder[list])

/** @returns the root first, then submodules by their paths; examples are no interface */
export function folderDiffs(before: ComparableFolder[], after: ComparableFolder[], effort: Effort): FolderDiff[] {
  const [left, right] = [byPath(before), byPath(after)]
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort()
  return paths.flatMap((path) => {
    const [was, is] = [left.get(path), right.get(path)]
    if (was && is) return [compared(was, is, effort)]
    return was ? [cameOrWent('removed', was)] : is ? [cameOrWent('added', is)] : []
  })
}

const byPath = (folders: ComparableFolder[]) =>
  new Map(folders.filter(({ kind }) => kind !== 'example').map((folder) => [folder.path, folder]))

const nothing = { folder: [], inputs: [], outputs: [], requirements: [], resources: [], moduleCalls: [] }

function compared(was: ComparableFolder, is: ComparableFolder, effort: Effort): FolderDiff {
  const diff: FolderDiff = {
    ...nothing,
    path: is.path,
    kind: 'same',
    severity: null,
    inputs: inputChanges(was.inputs, is.inputs, effort),
    outputs: outputChanges(was.outputs, is.outputs),
    requirements: requirementChanges(was.requirements, is.requirements),
    resources: resourceChanges(was.resources, is.resources, is.moves),
    moduleCalls: callChanges(was.requirements.moduleCalls, is.requirements.moduleCalls, is.moves),
  }
  const severity = mostSevere(changesIn(diff))
  return { ...diff, kind: severity ? 'changed' : 'same', severity }
}

/** All that is in it came or went with it. */
function cameOrWent(kind: 'added' | 'removed', { path }: ComparableFolder): FolderDiff {
  const rule: RuleName = kind === 'added' ? 'submodule-added' : 'submodule-removed'
  const folder = [change(rule, { kind, name: path, what: `The submodule ${path} was ${kind}.` })]
  return { ...nothing, path, kind, severity: mostSevere(folder), folder }
}
