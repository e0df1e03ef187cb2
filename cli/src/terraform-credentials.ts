/** The tokens that terraform and tofu keep for a host: one sign-in serves all three programs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { credentialsBlocks } from './credentials-blocks.ts'
import { credentialKey } from './registry-host.ts'
import type { Surroundings } from './surroundings.ts'

export type FoundToken = { token: string; from: string }

/** @param key as `registryHost` gives it */
export const terraformToken = (key: string, surroundings: Surroundings): FoundToken | undefined =>
  terraformTokens(key, surroundings)[0]

/** Every token for this host, the strongest first. */
export function terraformTokens(key: string, surroundings: Surroundings): FoundToken[] {
  const fromVariable = variableToken(key, surroundings.env)
  const found = fromVariable ? [fromVariable] : []
  for (const { path, read } of credentialFiles(surroundings)) {
    const text = readText(path)
    if (text === undefined) continue
    const fitting = [...read(text)].find(([host, token]) => token !== '' && credentialKey(host) === key)
    if (fitting) found.push({ token: fitting[1], from: path })
  }
  return found
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

function credentialFiles(surroundings: Surroundings) {
  return [
    ...configurationFiles(surroundings).map((path) => ({ path, read: credentialsBlocks })),
    { path: storedCredentialsFile(surroundings), read: storedCredentials },
  ]
}

/** Where terraform and tofu look for their own settings. */
export function configurationFiles({ env, home, platform }: Surroundings): string[] {
  if (env.TF_CLI_CONFIG_FILE) return [env.TF_CLI_CONFIG_FILE]
  if (platform === 'win32') return ['tofu.rc', 'terraform.rc'].map((name) => join(env.APPDATA ?? home, name))
  return ['.tofurc', '.terraformrc'].map((name) => join(home, name))
}

/** Where `terraform login` writes. */
export const storedCredentialsFile = ({ env, home, platform }: Surroundings) =>
  platform === 'win32'
    ? join(env.APPDATA ?? home, 'terraform.d', 'credentials.tfrc.json')
    : join(home, '.terraform.d', 'credentials.tfrc.json')

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

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
