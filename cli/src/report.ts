/** What a command has to say, and how it is said: a table on a terminal, TSV in a pipe, one JSON document with --json. */
import { type ExitCode, exit, Failure } from './exit.ts'

export type NextStep = { why: string; run: string }

export type Cell = string | number | null

export type Report = {
  /** `cadastre.namespace.list.v1`: additive changes only */
  schema: string
  data: unknown
  /** stdout in a pipe; on a terminal, too, unless there are lines */
  rows: Cell[][]
  /** heads of a table; without them rows are printed as they are */
  columns?: string[]
  /** stdout on a terminal */
  lines?: string[]
  /** stderr: what somebody wants to know who does not read stdout */
  notes?: string[]
  warnings?: string[]
  next?: NextStep[]
  /** when the command did its work, and what it found is not well */
  exitCode?: ExitCode
}

export type Face = { json: boolean; quiet: boolean; verbose: boolean; color: boolean; terminal: boolean }

/** @param flags as given; the environment is asked for the rest */
export function faceOf(flags: { json?: boolean; quiet?: boolean; verbose?: boolean; color?: boolean }): Face {
  const { env, stdout } = process
  const terminal = Boolean(stdout.isTTY)
  const colorful = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : terminal && env.TERM !== 'dumb' && !env.NO_COLOR
  return {
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    verbose: flags.verbose ?? false,
    color: colorful && flags.color !== false,
    terminal,
  }
}

export function printReport(report: Report, face: Face): void {
  const { schema, data, warnings = [], next = [], notes = [] } = report
  if (face.json) {
    out(jsonLine({ schema, ok: true, data, warnings, next }))
    return
  }
  for (const line of shown(report, face)) out(line)
  for (const warning of warnings) err(`Warning: ${plain(warning)}`)
  if (face.quiet) return
  for (const note of notes) err(plain(note))
  for (const { why, run } of next) err(plain(`Next, ${why}:  ${run}`))
}

/** @returns the exit code of the failure */
export function printFailure(error: unknown, face: Face): ExitCode {
  const failure = error instanceof Failure ? error : undefined
  const { exitCode, code, hint, requestId } = failure ?? { exitCode: exit.unexpected, code: 'unexpected' }
  const { message: detail, stack } = error as Error
  if (face.json) {
    out(jsonLine({ schema: 'cadastre.error.v1', ok: false, exitCode, error: { code, detail, hint, requestId } }))
    return exitCode
  }
  err(failure || !stack ? plain(detail) : stack.split('\n').map(plain).join('\n'))
  if (hint) err(plain(hint))
  if (requestId && face.verbose) err(`Request id: ${plain(requestId)}`)
  return exitCode
}

function shown({ rows, columns, lines }: Report, face: Face): string[] {
  if (!face.terminal) return rows.map((row) => row.map(text).join('\t'))
  if (lines) return lines.map(plain)
  if (rows.length === 0) return []
  const heads = columns ? [columns.map((head) => head.toUpperCase())] : []
  const aligned = inColumns([...heads, ...rows.map((row) => row.map(text))])
  return aligned.map((line, index) => (columns && index === 0 && face.color ? `\u001b[1m${line}\u001b[22m` : line))
}

export function inColumns(rows: string[][]): string[] {
  const widths = rows[0]!.map((_cell, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  )
}

const widthOf = (cell: string) => [...cell].length

const text = (cell: Cell) => (cell === null ? '' : plain(String(cell)))

/** Text from elsewhere may hold what a terminal obeys, what would break a line into two, or turn its letters around. */
export const plain = (value: string) => value.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ')

/** JSON escapes the half of that which was known in 1968; its readers take the rest escaped as well. */
export const jsonLine = (value: unknown) =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const out = (line: string) => void process.stdout.write(`${line}\n`)
const err = (line: string) => void process.stderr.write(`${line}\n`)
