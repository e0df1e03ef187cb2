/** Structured logs: JSON lines for machines, readable lines on a terminal; secrets are cut out before they are written. */
import pino from 'pino'
import { inOneLine } from './one-line.ts'

export type Log = pino.Logger

/** What must never be written, wherever a log call puts a request or an answer. `x-terraform-get` is a signed address. */
const secretPaths = ['authorization', 'cookie', '["set-cookie"]', '["x-terraform-get"]'].flatMap((name) => {
  const path = name.startsWith('[') ? name : `.${name}`
  return [`headers${path}`, `*.headers${path}`, name.startsWith('[') ? name : name]
})

export type LogOptions = { level: string; format: 'json' | 'text'; output: string }

/** @param options.output `stdout`, `stderr` or a file's path */
export function createLog(options: LogOptions): Log & { flushNow(): void } {
  const destination = pino.destination({
    dest: options.output === 'stdout' ? 1 : options.output === 'stderr' ? 2 : options.output,
    mkdir: true,
    // It names private modules and who asked for them.
    mode: 0o640,
    // A block goes into the page cache or a pipe faster than another thread is woken to do it.
    sync: true,
    contentMode: 'buffer',
  })
  const pass = (text: string) => destination.write(Buffer.from(text) as unknown as string)
  const blocks = inBlocks(pass)
  const stream = options.format === 'json' ? blocks : { write: (line: string) => pass(readable(line)) }
  const log = pino(
    {
      level: options.level,
      formatters: { level: (name) => ({ level: name }) },
      base: undefined,
      redact: { paths: secretPaths, remove: true },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    stream,
  )
  const flushNow = () => {
    blocks.flush()
    destination.flushSync()
  }
  return Object.assign(log, { flushNow })
}

const blockLength = 16 * 1024
const blockAgeMs = 200

/** Lines go on in blocks: one system call per request would cost more than the request. */
function inBlocks(pass: (text: string) => void) {
  let block = ''
  let timer: NodeJS.Timeout | undefined
  function flush() {
    clearTimeout(timer)
    timer = undefined
    if (block !== '') pass(block)
    block = ''
  }
  return {
    write(line: string) {
      block += line
      if (block.length >= blockLength) flush()
      else timer ??= setTimeout(flush, blockAgeMs).unref()
    },
    flush,
  }
}

function readable(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>
  const rest = Object.entries(fields).map(
    ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${inOneLine(`${msg ?? ''}${rest.join('')}`)}\n`
}
