/**
 * `credentials.tfrc.json`, where `terraform login` keeps one token for each host, kept with the same care: nobody else
 * reads it, it is replaced as a whole, and what it says of other hosts stays as it is.
 */
import { randomUUID } from 'node:crypto'
import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { objectIn } from './discovery-document.ts'
import { exit, Failure, unreadable } from './exit.ts'
import { credentialKey } from './registry-host.ts'
import type { Surroundings } from './surroundings.ts'
import { storedCredentialsFile } from './terraform-credentials.ts'

type Credentials = Record<string, { token?: unknown } | null>

/** @param key as `registryHost` gives it */
export function storedToken(key: string, here: Surroundings): string | undefined {
  const { credentials } = contentOf(storedCredentialsFile(here))
  const host = hostsOf(credentials, key)[0]
  const token = host && credentials[host]?.token
  return typeof token === 'string' && token !== '' ? token : undefined
}

export const keepToken = (key: string, token: string, here: Surroundings) =>
  change(here, (credentials) => {
    // The same host may be written in another way, of which terraform would take whichever comes last.
    for (const host of hostsOf(credentials, key)) delete credentials[host]
    credentials[key] = { token }
  })

export const forgetToken = (key: string, here: Surroundings) =>
  change(here, (credentials) => {
    for (const host of hostsOf(credentials, key)) delete credentials[host]
  })

/** So that nobody signs in for nothing. @throws Failure when a token could not be kept */
export function requireCredentialsFile(here: Surroundings): void {
  const path = storedCredentialsFile(here)
  contentOf(path)
  writing(path, () => {
    // terraform does not make this folder, and fails at the very end.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    accessSync(dirname(target(path)), constants.W_OK)
  })
}

const hostsOf = (credentials: Credentials, key: string) =>
  Object.keys(credentials).filter((host) => credentialKey(host) === key)

function change(here: Surroundings, work: (credentials: Credentials) => void): void {
  const path = storedCredentialsFile(here)
  const { document, credentials } = contentOf(path)
  work(credentials)
  const written = target(path)
  const draft = `${written}.${randomUUID()}`
  writing(path, () => {
    try {
      writeFileSync(draft, `${JSON.stringify({ ...document, credentials }, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
      renameSync(draft, written)
    } finally {
      rmSync(draft, { force: true })
    }
  })
}

function writing(path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new Failure(exit.usage, 'credentials-file', `${path} cannot be written: ${(error as Error).message}`)
  }
}

function contentOf(path: string): { document: Record<string, unknown>; credentials: Credentials } {
  const text = textOf(path)
  const document = text === undefined ? {} : objectIn(text)
  const credentials = document?.credentials ?? {}
  if (document && typeof credentials === 'object' && !Array.isArray(credentials))
    return { document, credentials: credentials as Credentials }
  throw new Failure(
    exit.usage,
    'credentials-file',
    `${path} is not as terraform writes it, and is left as it is.`,
    'Mend it, or move it away.',
  )
}

/** What is there and cannot be read, such as that of an administrator, is not taken for nothing: its tokens would go. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Failure(exit.usage, 'credentials-file', unreadable(path, error), 'Mend it, or move it away.')
  }
}

/** Behind a link, such as one of somebody who keeps such files elsewhere: the link stays. */
function target(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
