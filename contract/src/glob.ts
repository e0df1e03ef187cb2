/**
 * Globs as `.terraformignore` has them. They are walked letter by letter with all places at once where one may be in them: as
 * regular expressions a few stars too many, in a folder from somebody else, would be tried for ever. Pure.
 */

/** What a letter has to be; or what may stand there for any number of letters: part of a name, of a path, or whole folders. */
type Step = ((letter: string) => boolean) | 'name' | 'path' | 'folders'

export type Glob = readonly Step[]

/** @param isAnchored whether it begins at the top; otherwise in any folder */
export function readGlob(text: string, isAnchored: boolean): Glob {
  const pieces = [...text.matchAll(/\*\*\/?|\*|\?|\[!?[^\]]+\]|\\.|./gsu)].flatMap(([piece]) => stepsOf(piece))
  const steps: Step[] = isAnchored ? pieces : ['folders', ...pieces]
  // Two of the same are one, and only cost more.
  return steps.filter((step, index) => typeof step === 'function' || step !== steps[index - 1])
}

function stepsOf(piece: string): Step[] {
  if (piece === '**/') return ['folders']
  if (piece === '**') return ['path']
  if (piece === '*') return ['name']
  if (piece === '?') return [(letter) => letter !== '/']
  if (piece.length > 1 && piece.startsWith('[')) return characterClass(piece)
  return literal(piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece)
}

const literal = (text: string): Step[] => [...text].map((wanted) => (letter) => letter === wanted)

function characterClass(piece: string): Step[] {
  const inside = piece.slice(1, -1).replace(/^!/, '^').replace(/[\\[]/g, '\\$&')
  try {
    const pattern = new RegExp(`^[${inside}]$`, 'su')
    return [(letter) => pattern.test(letter)]
  } catch {
    return literal(piece)
  }
}

/** Whether it says the path, or a folder that the path lies in; with `belowOnly`, only the latter. */
export function says(glob: Glob, path: string, belowOnly: boolean): boolean {
  let places = new Set<number>()
  reach(glob, places, 0)
  for (const letter of path) {
    if (letter === '/' && places.has(2 * glob.length)) return true
    places = after(glob, places, letter)
  }
  return !belowOnly && places.has(2 * glob.length)
}

/** An even place stands before a step, an odd one amidst the folders that a step takes. */
function after(glob: Glob, places: Set<number>, letter: string): Set<number> {
  const next = new Set<number>()
  for (const place of places) {
    const index = place >> 1
    const step = glob[index]
    if (step === undefined) continue
    if (step === 'folders') {
      next.add(2 * index + 1)
      if (letter === '/') reach(glob, next, index + 1)
    } else if (typeof step === 'function') {
      if (step(letter)) reach(glob, next, index + 1)
    } else if (step === 'path' || letter !== '/') reach(glob, next, index)
  }
  return next
}

/** What may stand for no letter at all is passed over as well. */
function reach(glob: Glob, places: Set<number>, from: number): void {
  let index = from
  places.add(2 * index)
  while (typeof glob[index] === 'string') {
    index += 1
    places.add(2 * index)
  }
}
