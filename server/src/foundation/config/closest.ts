/** What somebody may have meant by a name that does not exist. */

/** @returns the nearest of `known`, if it is near enough to be worth saying */
export function closest(wrong: string, known: string[]): string | undefined {
  const ranked = known.map((name) => ({ name, steps: distance(wrong, name) })).sort((a, b) => a.steps - b.steps)
  const best = ranked[0]
  return best && best.steps <= Math.max(2, wrong.length / 4) ? best.name : lastPartIn(wrong, known)
}

/** `database.sslmode` written as `sslmode`, or in another section. */
function lastPartIn(wrong: string, known: string[]): string | undefined {
  const last = wrong.split('.').at(-1)!
  return known.find((name) => name.split('.').at(-1) === last)
}

/** Levenshtein's: how many letters have to be added, removed or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
