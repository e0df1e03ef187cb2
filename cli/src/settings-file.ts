/** `cadastre.yaml`, which lies beside the modules it speaks of: where they are published, and under which address. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { usage } from './exit.ts'
import { textOfFile } from './text-file.ts'

export const settingsFileName = 'cadastre.yaml'

const keys = ['host', 'token', 'address'] as const

export type SettingsFile = Partial<Record<(typeof keys)[number], string>> & { warnings: string[] }

export async function readSettingsFile(folder: string): Promise<SettingsFile> {
  const path = join(folder, settingsFileName)
  const text = textOf(path)
  if (text === undefined) return { warnings: [] }
  // Loaded late: most folders have no such file.
  const { parseDocument } = await import('yaml')
  const document = parseDocument(text)
  if (document.errors[0])
    throw usage(`${settingsFileName} cannot be read: ${document.errors[0].message.split('\n')[0]}`)
  const content: unknown = document.toJS() ?? {}
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw usage(`${settingsFileName} has to be a list of settings, such as host: registry.example.com.`)
  }
  const settings: SettingsFile = { warnings: [] }
  for (const [key, value] of Object.entries(content as object)) {
    const known = keys.find((name) => name === key)
    if (!known) settings.warnings.push(`${settingsFileName}: ${key} is not known here; ${keys.join(', ')} are.`)
    else if (typeof value !== 'string' || value === '') throw usage(`${settingsFileName}: ${key} has to be a text.`)
    else settings[known] = value
  }
  if (settings.token && othersMayRead(path)) {
    settings.warnings.push(
      `Everybody on this machine may read the token in ${settingsFileName}. Run chmod 600 ${settingsFileName}, or use TFR_CLI_TOKEN.`,
    )
  }
  return settings
}

function textOf(path: string): string | undefined {
  try {
    return textOfFile(path)
  } catch (error) {
    throw usage(`${settingsFileName} cannot be read: ${(error as Error).message}.`)
  }
}

const othersMayRead = (path: string) => process.platform !== 'win32' && (statSync(path).mode & 0o004) !== 0
