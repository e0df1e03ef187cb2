/** Sorts the paths of a folder beside the page: the rules of somebody else may take seconds, in which the page would stand still. */
import { sortedPaths } from './sorted-paths.ts'

/** About as often as somebody looks. */
const everyMs = 100

addEventListener('message', ({ data: { paths, rules } }: MessageEvent<{ paths: string[]; rules: string }>) => {
  let toldAt = performance.now()
  const sorted = sortedPaths(paths, rules, (done) => {
    if (performance.now() - toldAt < everyMs) return
    toldAt = performance.now()
    postMessage({ done })
  })
  postMessage(sorted)
})
