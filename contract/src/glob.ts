/**
 * Globs as `.terraformignore` has them. They are walked letter by letter with all places at once where one may be in them: as
 * regular expressions a few stars too many, in a folder from somebody else, would be tried for ever. Pure.
 */

/** What a letter has to be; or what may stand there for any number of letters: part of a name, of a path, or whole folders. */
type Step = ((letter: string) => boolean) | 'name' | 'path' | 'folders'

export type Glob = {
  steps: readonly Step[]
  /** the longest text that a path has to hold, which is soon looked for */
  needed: string
}

/** @param isAnchored whether it begins at the top; otherwise in any folder */
export function readGlob(text: string, isAnchored: boolean): Glob {
  const pieces = piecesOf(text)
  const steps: Step[] = isAnchored ? pieces.flatMap(stepsOf) : ['folders', ...pieces.flatMap(stepsOf)]
  return {
    // Two of the same are one, and only cost more.
    steps: steps.filter((step, index) => typeof step === 'function' || step !== steps[index - 1]),
    needed: longestText(pieces),
  }
}

type Piece =
  | { kind: 'folders' | 'path' | 'name' | 'one' }
  | { kind: 'text'; text: string }
  | { kind: 'class'; text: string }

const kinds = { '**/': 'folders', '**': 'path', '*': 'name', '?': 'one' } as const

function piecesOf(text: string): Piece[] {
  const found: Piece[] = []
  const next = /\*\*\/?|\*|\?|\\.|./gsuy
  const bracketed = /\[(?:[!^]|(?![!^]))(?:\\.|[^\\])(?:\\.|[^\]\\])*\]/suy
  // Where one bracket is not closed, none after it is: the line is not looked through for each of them.
  let mayClose = true
  for (let at = 0; at < text.length; ) {
    if (mayClose && text[at] === '[') {
      bracketed.lastIndex = at
      const [whole] = bracketed.exec(text) ?? []
      if (whole !== undefined) {
        found.push({ kind: 'class', text: whole })
        at += whole.length
        continue
      }
      mayClose = false
    }
    next.lastIndex = at
    const [piece] = next.exec(text)!
    const kind = Object.hasOwn(kinds, piece) ? kinds[piece as keyof typeof kinds] : undefined
    found.push(kind ? { kind } : { kind: 'text', text: piece.length > 1 ? piece.replace(/^\\/, '') : piece })
    at += piece.length
  }
  return found
}

function stepsOf(piece: Piece): Step[] {
  if (piece.kind === 'text') return literal(piece.text)
  if (piece.kind === 'class') return characterClass(piece.text)
  return [piece.kind === 'one' ? (letter) => letter !== '/' : piece.kind]
}

const literal = (text: string): Step[] => [...text].map((wanted) => (letter) => letter === wanted)

/** As in git: a bracket that comes first is one of the letters, a backslash takes the next for itself, and / is never said. */
function characterClass(piece: string): Step[] {
  const [, not, inside] = /^\[([!^]?)(.*)\]$/su.exec(piece)!
  const ranges = [...inside!.matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)].map(([, from, to]) => ({
    from: codeOf(from!),
    to: codeOf(to ?? from!),
  }))
  if (ranges.some(({ from, to }) => from > to)) return literal(piece)
  const says = (code: number) => ranges.some(({ from, to }) => from <= code && code <= to)
  return [(letter) => letter !== '/' && says(codeOf(letter)) !== (not !== '')]
}

const codeOf = (letter: string) => letter.codePointAt(letter.length > 1 && letter.startsWith('\\') ? 1 : 0)!

function longestText(pieces: readonly Piece[]): string {
  let [longest, current] = ['', '']
  for (const piece of pieces) {
    current = piece.kind === 'text' ? current + piece.text : ''
    if (current.length > longest.length) longest = current
  }
  return longest
}

/** How much is left to be spent on trying paths: whoever reads a folder from somebody else shall not be held up. */
export type Effort = { left: number }

/** Whether it says the path, or a folder that the path lies in; with `belowOnly`, only the latter. Nothing once the effort is spent. */
export function says({ steps, needed }: Glob, path: string, belowOnly: boolean, effort: Effort): boolean {
  effort.left -= 1
  if (!path.includes(needed)) return false
  let places = new Set<number>()
  reach(steps, places, 0)
  for (const letter of path) {
    if (letter === '/' && places.has(2 * steps.length)) return true
    if (places.size === 0 || effort.left < 0) return false
    effort.left -= places.size
    places = after(steps, places, letter)
  }
  return !belowOnly && places.has(2 * steps.length)
}

/** An even place stands before a step, an odd one amidst the folders that a step takes. */
function after(steps: readonly Step[], places: Set<number>, letter: string): Set<number> {
  const next = new Set<number>()
  for (const place of places) {
    const index = place >> 1
    const step = steps[index]
    if (step === undefined) continue
    if (step === 'folders') {
      next.add(2 * index + 1)
      if (letter === '/') reach(steps, next, index + 1)
    } else if (typeof step === 'function') {
      if (step(letter)) reach(steps, next, index + 1)
    } else if (step === 'path' || letter !== '/') reach(steps, next, index)
  }
  return next
}

/** What may stand for no letter at all is passed over as well. */
function reach(steps: readonly Step[], places: Set<number>, from: number): void {
  let index = from
  places.add(2 * index)
  while (typeof steps[index] === 'string') {
    index += 1
    places.add(2 * index)
  }
}
