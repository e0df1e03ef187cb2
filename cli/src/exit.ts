/** How a command ends: the exit codes, and the failure that carries one of them with a sentence. */
import type { Problem } from '@cadastre/contract/problem'

export const exit = {
  done: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  notFound: 4,
  conflict: 5,
  content: 6,
  unreachable: 7,
  verification: 8,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof exit)[keyof typeof exit]

/** An end that was foreseen; `message` says what is wrong and `hint` what to do next. */
export class Failure extends Error {
  constructor(
    readonly exitCode: ExitCode,
    readonly code: string,
    message: string,
    readonly hint?: string,
    /** of the registry's answer, for whoever runs it */
    readonly requestId?: string,
  ) {
    super(message)
    this.name = 'Failure'
  }
}

/** Why a file that was named cannot be read. */
export const unreadable = (file: string, error: unknown) =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? `There is no file ${file}.`
    : `${file} cannot be read: ${(error as Error).message}`

export const usage = (message: string, hint?: string) => new Failure(exit.usage, 'usage', message, hint)

/** The registry's own words, with the exit code that its status stands for, or that of what did not hold. */
export const refusedBy = (status: number, { code, detail, hint, requestId }: Problem) =>
  new Failure(
    verifications.test(code) ? exit.verification : exitOfStatus(status),
    code,
    // Where in a request something stands is said as a path, of which the body goes without saying here.
    detail.replace(/^body\/(\S+) /, '$1: '),
    // The registry speaks of a header, which nobody writes here.
    code === 'sign-in-needed'
      ? 'Sign in with cadastre login, or name an API key: in TFR_CLI_TOKEN, or with --token.'
      : hint,
    requestId,
  )

const verifications = /^(?:zip-differs|signature-(?:empty|unreadable|unsupported|unknown-key|wrong))$/

export function exitOfStatus(status: number): ExitCode {
  switch (status) {
    case 400:
      return exit.usage
    case 401:
    case 403:
      return exit.refused
    case 404:
    case 410:
      return exit.notFound
    case 409:
      return exit.conflict
    case 413:
    case 422:
      return exit.content
    case 429:
    case 502:
    case 503:
    case 504:
      return exit.unreachable
    default:
      return exit.unexpected
  }
}
