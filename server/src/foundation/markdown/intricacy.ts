/** What would take too long is seen by counting lines and the marks at their beginning, before anything is read. */
import { limits, TooMuch } from './limits.ts'

/** @throws TooMuch */
export function requireReadable(markdown: string): void {
  if (markdown.length > limits.markdownBytes || Buffer.byteLength(markdown) > limits.markdownBytes) {
    throw new TooMuch('bytes')
  }
  // A mark of code is searched for its like to the end, once for every length.
  if (markdown.includes('`'.repeat(limits.depth))) throw new TooMuch('marks')
  if (markdown.split('|').length > limits.tableCells) throw new TooMuch('cells of tables')
  let lines = 0
  let containers = 0
  for (const stretch of stretches(markdown)) {
    lines += stretch.length
    const depths = stretch.map(containersOf)
    if (depths.some((depth) => depth > limits.depth)) throw new TooMuch('nesting')
    containers += depths.reduce((sum, depth) => sum + depth, 0)
    if (lines > limits.lines || containers > limits.containers) throw new TooMuch('lines')
    // Lines that go on with a quote without its mark are gone through again for each of them.
    if (containers > 0 && depths.filter((depth) => depth === 0).length ** 2 > limits.work) throw new TooMuch('lines')
  }
}

/** Lines without a blank one between them. */
function* stretches(markdown: string): Generator<string[]> {
  let stretch: string[] = []
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    stretch.push(line)
    if (line.trim() !== '') continue
    yield stretch
    stretch = []
  }
  yield stretch
}

/** Quotes and lists that a line says it stands in; an item of a list is set in by two columns at least. */
function containersOf(line: string): number {
  const [start] = beginning.exec(line)!
  const marks = start.match(container)?.length ?? 0
  return marks === 0 ? 0 : marks + Math.floor(start.search(/[^ ]|$/) / 2)
}

const container = />|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])/g
const beginning = /^(?:[ \t]+|>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/
