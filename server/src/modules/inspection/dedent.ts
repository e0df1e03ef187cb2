/** An expression without the indentation of the block that it was written in. */

/** @param text as written, its first line from where it begins; blanks in a heredoc are what it says, and stay */
export function dedented(text: string): string {
  const [first = '', ...rest] = text.split('\n')
  const filled = rest.filter((line) => line.trim() !== '')
  if (filled.length === 0 || text.includes('<<')) return text
  const depth = filled.reduce(
    (least, line) => Math.min(least, /^[ \t]*/.exec(line)![0].length),
    Number.POSITIVE_INFINITY,
  )
  return [first, ...rest.map((line) => line.slice(depth))].join('\n')
}
