/** Which variables of an env file say where the database is and who signs in, in the family of names that the file uses. */
import { resolve } from 'node:path'
import type { Settings } from '../../foundation/config/load.ts'
import type { Environment } from '../../foundation/config/sources.ts'
import type { Address } from '../../foundation/database/login.ts'
import { catalogueVariable } from './administrator.ts'
import { type EnvFile, readEnvFile } from './env-file.ts'

const families = {
  registry: {
    host: 'TFR_DATABASE_HOST',
    port: 'TFR_DATABASE_PORT',
    name: 'TFR_DATABASE_NAME',
    user: 'TFR_DATABASE_USER',
    password: 'TFR_DATABASE_PASSWORD',
    ssl_mode: 'TFR_DATABASE_SSL_MODE',
  },
  catalogue: {
    host: 'TOFU_REGISTRY_DB_HOST',
    port: 'TOFU_REGISTRY_DB_PORT',
    name: 'TOFU_REGISTRY_DB_NAME',
    user: 'TOFU_REGISTRY_DB_USER',
    password: 'TOFU_REGISTRY_DB_PASSWORD',
    ssl_mode: 'TOFU_REGISTRY_DB_SSLMODE',
  },
}

export type EnvTarget = EnvFile & { read: boolean; family: (typeof families)['registry'] }

/** @param file another than the `.env` that the settings are read from */
export async function envTarget(file: string | undefined, env: Environment): Promise<EnvTarget> {
  const own = resolve('.env')
  const found = await readEnvFile(file === undefined ? own : resolve(file))
  const uses = (variable: RegExp, names: Environment) =>
    Object.entries(names).some(([name, value]) => variable.test(name) && value)
  // TFR_ wins where both are set, so it is the one that has to be changed.
  const registry = uses(/^TFR_DATABASE_/, found.values)
  const catalogue = uses(catalogueVariable, found.values) || uses(catalogueVariable, env)
  return {
    ...found,
    read: found.path === own,
    family: !registry && catalogue ? families.catalogue : families.registry,
  }
}

/** What the file has to say of a login that was just made; what the settings say of the place already stays. */
export function loginLines(target: EnvTarget, settings: Settings, login: Address): Record<string, string> {
  const { family, values, read } = target
  const url = values.TFR_DATABASE_URL ?? (read ? settings.config.database.url : undefined)
  if (url) return { TFR_DATABASE_URL: inUrl(url, login) }
  return { ...placeLines(target, settings, login), [family.user]: login.user, [family.password]: login.password! }
}

/** Host and TLS mode may differ between an administrator's way in and the registry's, so they are only filled in. */
export function placeLines({ family, values, read }: EnvTarget, settings: Settings, place: Address) {
  const { database } = settings.config
  const known = (part: keyof typeof family) =>
    values[family[part]] || (read && settings.sources.has(`database.${part}`) ? String(database[part]) : undefined)
  const lines: Record<string, string> = {}
  if (!known('host')) Object.assign(lines, { [family.host]: place.host, [family.port]: String(place.port) })
  if (known('name') !== place.name) lines[family.name] = place.name
  if (!known('ssl_mode')) lines[family.ssl_mode] = place.sslMode
  return lines
}

function inUrl(url: string, { name, user, password }: Address): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(user)
  changed.password = encodeURIComponent(password!)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.href
}
