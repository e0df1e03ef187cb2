/** Two versions of a module held against each other. Pure: what is known of both comes in, the difference goes out. */
import { changeLists } from '@cadastre/contract/change-lists'
import type { ChangedFile, DiffVerdict, FolderDiff } from '@cadastre/contract/interface-diff'
import type { ArchivedFile, Diagnostic } from '@cadastre/contract/module-knowledge'
import type { Version } from '../../foundation/semver.ts'
import { changedFiles } from './files.ts'
import { type ComparableFolder, changesIn, folderDiffs } from './folders.ts'
import { newEffort } from './type-relation.ts'
import { verdictOn } from './verdict.ts'

/** What is known of a version, as far as it is compared. */
export type Comparable = {
  version: Version
  inspection: 'waiting' | 'done' | 'failed'
  folders: ComparableFolder[]
  files: ArchivedFile[]
  /** of the archive as a whole */
  diagnostics: Diagnostic[]
}

export type Difference = { verdict: DiffVerdict; folders: FolderDiff[]; files: ChangedFile[]; leftOut: number }

export function compareModules(from: Comparable, to: Comparable): Difference {
  const bothRead = from.inspection === 'done' && to.inspection === 'done'
  const folders = bothRead ? folderDiffs(from.folders, to.folders, newEffort()) : []
  const files = bothRead ? changedFiles(from.files, to.files) : []
  const verdict = verdictOn({
    from: from.version,
    to: to.version,
    changes: folders.flatMap(changesIn),
    files,
    unread: notRead(from) ?? notRead(to),
  })
  return { verdict, files, ...shortened(folders) }
}

/**
 * What is sure all the same when a part could not be read: what the folders say that both versions have whole. A broken file
 * in a folder that nobody calls hides nothing of the others.
 * @returns undefined when nothing is
 */
export function compareWhatWasRead(from: Comparable, to: Comparable): Difference | undefined {
  const versions = [from, to]
  if (versions.some(({ inspection, diagnostics }) => inspection !== 'done' || diagnostics.some(isError)))
    return undefined
  const broken = new Set(
    versions
      .flatMap(({ folders }) => folders.filter(({ diagnostics }) => diagnostics.some(isError)))
      .map(({ path }) => path),
  )
  const whole = (known: Comparable) => ({ ...known, folders: known.folders.filter(({ path }) => !broken.has(path)) })
  return compareModules(whole(from), whole(to))
}

const isError = ({ severity }: Diagnostic) => severity === 'error'

/** Why nothing can be said of the whole version: what is missing in it would look as if it was removed. */
function notRead(known: Comparable): string | undefined {
  const { version, inspection } = known
  if (inspection === 'waiting') return `Nothing can be said yet: version ${version.text} was not read so far.`
  if (inspection === 'failed') return `Nothing can be said: version ${version.text} could not be read.`
  const [first] = errorsOf(known)
  if (!first) return undefined
  const place = first.file === '' ? '' : ` (${first.file}, line ${first.line})`
  return `Nothing can be said for sure: a part of version ${version.text} could not be read${place}.`
}

/** What of its interface could not be read. */
export const errorsOf = ({ folders, diagnostics }: Pick<Comparable, 'folders' | 'diagnostics'>): Diagnostic[] =>
  [...diagnostics, ...folders.filter(({ kind }) => kind !== 'example').flatMap((folder) => folder.diagnostics)].filter(
    isError,
  )

/** More than anybody reads: a hostile archive has 20,000 blocks. */
const mostListed = 5_000

function shortened(folders: FolderDiff[]): { folders: FolderDiff[]; leftOut: number } {
  let left = mostListed
  let leftOut = 0
  const kept = folders.map((folder) => {
    const lists = changeLists.map((list) => {
      const listed = folder[list].slice(0, left)
      left -= listed.length
      leftOut += folder[list].length - listed.length
      return [list, listed] as const
    })
    return { ...folder, ...Object.fromEntries(lists) }
  })
  return { folders: kept, leftOut }
}
