/**
 * Reads `credentials "HOST" { token = "…" }` out of terraform's configuration file and skips whatever else stands there.
 * It knows of HCL what it takes not to be misled: comments, quoted strings, heredocs and nested blocks. Pure.
 */

export type Token = { kind: 'word' | 'text' | 'mark'; value: string }

/** @returns host, as written → token */
export function credentialsBlocks(source: string): Map<string, string> {
  const found = new Map<string, string>()
  const tokens = tokensOf(source)
  let depth = 0
  for (let at = 0; at < tokens.length; at++) {
    const [word, host, open] = tokens.slice(at, at + 3)
    if (isMark(word, '{', '[')) depth++
    else if (isMark(word, '}', ']')) depth = Math.max(0, depth - 1)
    else if (depth === 0 && word?.value === 'credentials' && host?.kind === 'text' && isMark(open, '{')) {
      const token = tokenIn(tokens, at + 3)
      if (token !== undefined) found.set(host.value, token)
    }
  }
  return found
}

/** The `token` of the block that begins at `start`, not of blocks inside it. */
function tokenIn(tokens: Token[], start: number): string | undefined {
  let depth = 0
  for (let at = start; at < tokens.length; at++) {
    const [word, equals, value] = tokens.slice(at, at + 3)
    if (isMark(word, '{', '[')) depth++
    if (isMark(word, '}', ']') && depth-- === 0) return undefined
    if (depth > 0 || word?.value !== 'token' || word.kind === 'mark') continue
    if (isMark(equals, '=', ':') && value?.kind === 'text') return value.value
  }
  return undefined
}

export const isMark = (token: Token | undefined, ...values: string[]) =>
  token?.kind === 'mark' && values.includes(token.value)

const pieces = new RegExp(
  [
    String.raw`(?<comment>#[^\n]*|//[^\n]*|/\*[^]*?(?:\*/|$))`,
    String.raw`<<-?(?<heredoc>[A-Za-z_][\w-]*)\r?\n[^]*?(?:^[ \t]*\k<heredoc>[ \t]*\r?$|$(?![^]))`,
    String.raw`"(?<text>(?:\\.|[^"\\\n])*)"`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_.-]*)`,
    String.raw`(?<mark>[{}[\]=:])`,
  ].join('|'),
  'gmu',
)

export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  for (const { groups } of source.matchAll(pieces)) {
    if (groups?.text !== undefined) tokens.push({ kind: 'text', value: unescaped(groups.text) })
    else if (groups?.word) tokens.push({ kind: 'word', value: groups.word })
    else if (groups?.mark) tokens.push({ kind: 'mark', value: groups.mark })
  }
  return tokens
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

const unescaped = (text: string) =>
  text.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/gu, (_all, code: string | undefined, char: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : (escapes[char] ?? char),
  )
