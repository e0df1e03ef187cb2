/** Which paths of a folder go along and which stay out, and how far the one who asked is. Pure. */
import { leftOutOf } from '@cadastre/contract/module-files'
import { UnusableRules } from '@cadastre/contract/terraformignore'

export type Sorted =
  | {
      /** which of the paths, by their places */
      kept: number[]
      leftOut: string[]
    }
  /** and why nobody can go by the rules */
  | { wrong: string }

/** @param rules the text of .terraformignore */
export function sortedPaths(paths: readonly string[], rules: string, onProgress?: (done: number) => void): Sorted {
  const leftOut = new Set<string>()
  const kept: number[] = []
  try {
    const leftOutBy = leftOutOf(rules)
    for (const [index, path] of paths.entries()) {
      const staysOut = leftOutBy(path)
      if (staysOut === undefined) kept.push(index)
      else leftOut.add(staysOut)
      onProgress?.(index + 1)
    }
  } catch (error) {
    if (!(error instanceof UnusableRules)) throw error
    return { wrong: `.terraformignore ${error.message}. Then choose the folder again.` }
  }
  return { kept, leftOut: [...leftOut].sort() }
}
