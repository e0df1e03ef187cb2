/** Changes some variables in an env file and nothing else: comments, order and every other line stay as they are. */
import { randomBytes } from 'node:crypto'
import { chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { Refusal } from '../../foundation/refusal.ts'

export type EnvFile = { path: string; text: string; values: Record<string, string | undefined> }

/** An empty one when there is none yet. */
export async function readEnvFile(path: string): Promise<EnvFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw cannot('read', path, error)
  })
  return { path, text, values: parseEnv(text) }
}

/** The file as it will be, on the disk already; what is left to do cannot fail for want of room or rights. */
export type Draft = { commit(): Promise<void>; discard(): Promise<void> }

export async function draftEnvFile({ path, text, values }: EnvFile, changes: Record<string, string>): Promise<Draft> {
  const changed = withChanges(text, changes)
  requireOnlyChanges(path, parseEnv(changed), { ...values, ...changes })
  // Of a link the file that it leads to.
  const target = await realpath(path).catch(() => path)
  const draft = `${target}.${randomBytes(6).toString('hex')}`
  try {
    const file = await open(draft, 'wx', 0o600)
    await file.writeFile(changed).finally(() => file.sync().finally(() => file.close()))
    // Its owner keeps being able to read it, as far as we may say so.
    const before = await stat(target).catch(() => undefined)
    if (before) await chown(draft, before.uid, before.gid).catch(() => {})
  } catch (error) {
    await rm(draft, { force: true })
    throw cannot('write', path, error as Error)
  }
  return { commit: () => rename(draft, target), discard: () => rm(draft, { force: true }) }
}

/** Every line that sets one of them is replaced; what no line sets goes to the end. */
export function withChanges(text: string, changes: Record<string, string>): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const missing = new Set(Object.keys(changes))
  const lines = text.split(/(?<=\n)/).map((line) => {
    const [, before, name, end] = /^(\s*(?:export\s+)?([A-Za-z_]\w*)\s*=).*?(\r?\n)?$/s.exec(line) ?? []
    if (name === undefined || changes[name] === undefined) return line
    missing.delete(name)
    return `${before}${written(changes[name])}${end ?? ''}`
  })
  const body = lines.join('')
  if (missing.size === 0) return body
  const gap = body === '' || body.endsWith('\n') ? '' : newline
  return body + gap + [...missing].map((name) => `${name}=${written(changes[name]!)}${newline}`).join('')
}

function written(value: string): string {
  if (/^[\w.:/@%+?=-]+$/.test(value)) return value
  const quote = ["'", '`', '"'].find((mark) => !value.includes(mark) && !(mark === '"' && value.includes('\\')))
  if (quote === undefined || /[\r\n]/.test(value)) {
    throw new Refusal('invalid', 'env-value', `The value ${value} cannot be written into an env file.`)
  }
  return quote + value + quote
}

/** Values over several lines, or a line that only looks like a variable, could make one change into another. */
function requireOnlyChanges(path: string, got: EnvFile['values'], wanted: EnvFile['values']): void {
  const names = new Set([...Object.keys(got), ...Object.keys(wanted)])
  const wrong = [...names].filter((name) => got[name] !== wanted[name])
  if (wrong.length === 0) return
  throw new Refusal(
    'invalid',
    'env-file-odd',
    `${path} is written in a way that would change ${wrong.join(', ')} too, so it was left alone.`,
    'Name another file with --write-env, and move its lines over.',
  )
}

const cannot = (verb: string, path: string, error: Error) =>
  new Refusal('invalid', 'env-file', `${path} cannot be ${verb === 'read' ? 'read' : 'written'}: ${error.message}`)
