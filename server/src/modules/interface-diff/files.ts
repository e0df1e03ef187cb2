/** Which files differ between two versions: by their digests, and by their sizes where an older inspector kept none. */
import type { ChangedFile } from '@cadastre/contract/interface-diff'
import type { ArchivedFile } from '@cadastre/contract/module-knowledge'

/** By path. */
export function changedFiles(before: ArchivedFile[], after: ArchivedFile[]): ChangedFile[] {
  const [left, right] = [byPath(before), byPath(after)]
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort()
  return paths.flatMap((path) => {
    const [was, is] = [left.get(path), right.get(path)]
    if (was && is && isSame(was, is)) return []
    return [
      {
        path,
        kind: was && is ? 'changed' : was ? 'removed' : 'added',
        sizeBefore: was?.sizeBytes ?? null,
        sizeAfter: is?.sizeBytes ?? null,
        isText: (was?.isText ?? true) && (is?.isText ?? true),
      } as const,
    ]
  })
}

const byPath = (files: ArchivedFile[]) => new Map(files.map((file) => [file.path, file]))

const isSame = (was: ArchivedFile, is: ArchivedFile) =>
  was.sizeBytes === is.sizeBytes && (!was.sha256 || !is.sha256 || was.sha256 === is.sha256)
