/** Reads all settings and checks them; says everything that is wrong at once, each with its source and a way to mend it. */
import { join, resolve } from 'node:path'
import { Refusal } from '../refusal.ts'
import { checkTogether } from './checks.ts'
import { about, writtenLike } from './kinds.ts'
import { type Config, settings, type WrittenConfig } from './settings.ts'
import { type Environment, findSettings, leaves, type Problem } from './sources.ts'

export type Settings = {
  config: Config
  /** key → where its value was written; a key that is missing here has its default */
  sources: Map<string, string>
  /** what a person should know and may ignore */
  notices: string[]
  /** the YAML file that was read */
  file: string | undefined
}

export function loadSettings({ cwd, env }: { cwd: string; env: Environment }): Settings {
  const { values, problems, notices, file } = findSettings(cwd, env)
  const tree: Record<string, unknown> = {}
  for (const { key, schema } of leaves) {
    const written = values.get(key)
    if (!written) continue
    const checked = schema.safeParse(written.value)
    if (checked.success) put(tree, key, written.value)
    else problems.push({ key, source: written.source, ...misfit(key, written.value, checked.error.issues[0]!.message) })
  }
  // Compiled, as zod would have it, they would be read faster a second time, and there is none.
  const config = finished(settings.parse(tree, { jitless: true }), cwd, values.has('server.base_url'))
  const sources = new Map([...values].map(([key, { source }]) => [key, source]))
  const together = checkTogether(config, sources)
  const all = [...problems, ...together.problems]
  if (all.length > 0) throw settingsRefused(all)
  return { config, sources, notices: [...notices, ...together.notices], file }
}

function finished(config: WrittenConfig, cwd: string, hasBaseUrl: boolean): Config {
  const data_dir = resolve(cwd, config.data_dir)
  const base_path = resolve(cwd, config.storage.local.base_path ?? join(data_dir, 'storage'))
  const scheme = config.security.tls.enabled ? 'https' : 'http'
  const base_url = hasBaseUrl ? config.server.base_url : `${scheme}://localhost:${config.server.port}`
  return {
    ...config,
    data_dir,
    server: { ...config.server, base_url },
    storage: { ...config.storage, local: { ...config.storage.local, base_path } },
  }
}

function put(tree: Record<string, unknown>, key: string, value: unknown): void {
  const path = key.split('.')
  const last = path.pop()!
  let at = tree
  for (const part of path) {
    at[part] ??= {}
    at = at[part] as Record<string, unknown>
  }
  at[last] = value
}

function misfit(key: string, value: unknown, message: string): { says: string; fix: string } {
  const { kind, secret, choices } = about.get(leaves.find((leaf) => leaf.key === key)!.schema)!
  const shown = secret ? 'This value' : JSON.stringify(value)
  return {
    says: `${shown} does not fit: ${message.replace(/^Invalid input: /, '')}.`,
    fix: choices ? `Use one of ${choices.join(', ')}.` : `Write ${writtenLike[kind]}.`,
  }
}

function settingsRefused(problems: Problem[]): Refusal {
  const lines = problems.map(({ key, source, says, fix }) => {
    const where = key ? `${key} (${source})` : source
    return `  ${where}: ${says}${fix ? ` ${fix}` : ''}`
  })
  const count = problems.length === 1 ? 'A setting is' : `${problems.length} settings are`
  return new Refusal('invalid', 'settings-invalid', `${count} not right:\n${lines.join('\n')}`)
}
