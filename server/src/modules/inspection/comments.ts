/** Comments beside something: above it, or behind it on its line. */

/**
 * The comment directly above a place: of whole lines, without a blank one between.
 * @param from where what was before ends; on that line a comment belongs to that
 */
export function commentAbove(text: string, from: number, start: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  if (lineStart <= from) return ''
  const firstLine = from === 0 ? 0 : text.indexOf('\n', from) + 1
  if (firstLine <= 0 && from !== 0) return ''
  const lines = text.slice(firstLine, lineStart).split('\n').slice(0, -1)
  const above: string[] = []
  for (let isBlock = false; lines.length > 0; ) {
    const line = lines.pop()!.trim()
    if (!isBlock && line.endsWith('*/')) isBlock = true
    if (!isBlock && !/^(#|\/\/)/.test(line)) break
    above.unshift(withoutMarks(line, isBlock))
    if (isBlock && line.includes('/*')) isBlock = false
  }
  return joined(above)
}

/** The comment behind a place on its line; what stands between them may be a comma. */
export function commentBehind(text: string, end: number): string {
  const newline = text.indexOf('\n', end)
  const rest = text.slice(end, newline < 0 ? text.length : newline)
  const [, comment] = /^[ \t]*,?[ \t]*((?:#|\/\/|\/\*).*)$/s.exec(rest.trimEnd()) ?? []
  if (comment === undefined || (comment.startsWith('/*') && !comment.endsWith('*/'))) return ''
  return withoutMarks(comment, comment.startsWith('/*')).trim()
}

const withoutMarks = (line: string, isBlock: boolean) =>
  isBlock
    ? line
        .replace(/^\/?\*+ ?/, '')
        .replace(/\*+\/$/, '')
        .trimEnd()
    : line.replace(/^(#+|\/{2,}) ?/, '')

const joined = (lines: string[]) => lines.join('\n').trim()
