/** The tokens that terraform and tofu keep for a host (protocols.md §3.1): one sign-in serves all three programs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { credentialsBlocks } from './credentials-blocks.ts'
import { credentialKey } from './registry-host.ts'
import type { Surroundings } from './surroundings.ts'

export type FoundToken = { token: string; from: string }

/** @param key as `registryHost` gives it */
export function terraformToken(key: string, surroundings: Surroundings): FoundToken | undefined {
  const fromVariable = variableToken(key, surroundings.env)
  if (fromVariable) return fromVariable
  for (const { path, read } of credentialFiles(surroundings)) {
    const text = readText(path)
    if (text === undefined) continue
    for (const [host, token] of read(text)) {
      if (token !== '' && credentialKey(host) === key) return { token, from: path }
    }
  }
  return undefined
}

/** `TF_TOKEN_registry_example_com`: a dot is written `_`, a hyphen `__`; hosts are compared without case. */
function variableToken(key: string, env: Surroundings['env']): FoundToken | undefined {
  for (const [name, token] of Object.entries(env)) {
    if (!name.startsWith('TF_TOKEN_') || !token) continue
    const host = name.slice('TF_TOKEN_'.length).replaceAll('__', '-').replaceAll('_', '.')
    if (credentialKey(host) === key) return { token, from: name }
  }
  return undefined
}

function credentialFiles({ env, home, platform }: Surroundings) {
  const windows = platform === 'win32'
  const folder = windows ? (env.APPDATA ?? home) : home
  const configuration = env.TF_CLI_CONFIG_FILE
    ? [env.TF_CLI_CONFIG_FILE]
    : (windows ? ['tofu.rc', 'terraform.rc'] : ['.tofurc', '.terraformrc']).map((name) => join(folder, name))
  const stored = join(folder, windows ? 'terraform.d' : '.terraform.d', 'credentials.tfrc.json')
  return [
    ...configuration.map((path) => ({ path, read: credentialsBlocks })),
    { path: stored, read: storedCredentials },
  ]
}

/** The file that `terraform login` writes. */
function storedCredentials(text: string): Map<string, string> {
  const found = new Map<string, string>()
  const { credentials } = parsedJson(text)
  for (const [host, entry] of Object.entries(credentials ?? {})) {
    if (typeof entry?.token === 'string') found.set(host, entry.token)
  }
  return found
}

// Another program's file: what cannot be read in it is that program's to report.
function parsedJson(text: string): { credentials?: Record<string, { token?: unknown } | null> } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
