/** Where settings are written: `.env`, a YAML file, the environment, and the names of the catalogue that came before. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { LineCounter, parseDocument } from 'yaml'
import { closest } from './closest.ts'
import { fromText, isLeaf, type Leaf, walk } from './kinds.ts'
import { settings } from './settings.ts'

export type Environment = Record<string, string | undefined>
export type Written = { value: unknown; source: string }
export type Problem = { key: string; source: string; says: string; fix?: string }
export type Found = { values: Map<string, Written>; problems: Problem[]; notices: string[]; file: string | undefined }

/** The first that is there is read, and no other. */
export const places = [
  'config.yaml',
  'config/config.yaml',
  '/etc/cadastre/config.yaml',
  '/etc/terraform-registry/config.yaml',
]

export const items = [...walk(settings)]
export const leaves = items.filter(isLeaf)
const leafOf = new Map(leaves.map((leaf) => [leaf.key, leaf]))
const groups = new Set(items.filter((item) => !isLeaf(item)).map((item) => item.key))

/** `database.ssl_mode` → `TFR_DATABASE_SSL_MODE`: names contain underscores, so this way round only. */
export const variableOf = (key: string) => `TFR_${key.toUpperCase().replaceAll('.', '_')}`
const keyOfVariable = new Map(leaves.map((leaf) => [variableOf(leaf.key), leaf]))

/** Other names for a setting, accepted with a notice. */
const aliases: Record<string, string> = { 'telemetry.tracing.jaeger_endpoint': 'telemetry.tracing.otlp_endpoint' }

const catalogueNames: Record<string, string> = {
  TOFU_REGISTRY_DB_HOST: 'database.host',
  TOFU_REGISTRY_DB_PORT: 'database.port',
  TOFU_REGISTRY_DB_NAME: 'database.name',
  TOFU_REGISTRY_DB_USER: 'database.user',
  TOFU_REGISTRY_DB_PASSWORD: 'database.password',
  TOFU_REGISTRY_DB_SSLMODE: 'database.ssl_mode',
}

/** `.env` of the working directory below the process's own variables, which win. */
export function environmentIn(cwd: string, env: Environment): { env: Environment; fromFile: Set<string> } {
  const path = join(cwd, '.env')
  const written: Environment = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {}
  const fromFile = new Set(Object.keys(written).filter((name) => env[name] === undefined))
  return { env: { ...written, ...env }, fromFile }
}

export function findSettings(cwd: string, processEnv: Environment): Found {
  const { env, fromFile } = environmentIn(cwd, processEnv)
  const found: Found = { values: new Map(), problems: [], notices: [], file: undefined }
  readFile(cwd, env, found)
  readCatalogueNames(env, fromFile, found)
  readVariables(env, fromFile, found)
  return found
}

function readFile(cwd: string, env: Environment, found: Found): void {
  const named = env.CONFIG_PATH
  const path = named ? resolve(cwd, named) : places.map((place) => resolve(cwd, place)).find(existsSync)
  if (!path) return
  found.file = path
  const source = named ?? (path.startsWith(cwd) ? path.slice(cwd.length + 1) : path)
  const say = (says: string, fix?: string) => found.problems.push({ key: '', source, says, fix })
  if (!existsSync(path)) return void say('CONFIG_PATH names a file that does not exist.')
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  for (const { message } of document.errors) say(`This is not YAML: ${message.split('\n')[0]}`)
  if (document.errors.length > 0) return
  const tree = treeOf(document)
  if (tree === undefined) {
    // The parser would print the value, which may be a password.
    return void say('This is not YAML: a value begins with * and names no anchor.', 'Put quotes around such values.')
  }
  if (!isTree(tree)) return void say('The file has to be a mapping of settings.')
  readTree(tree, '', source, env, found)
}

function treeOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS() ?? {}
  } catch {
    return undefined
  }
}

function readTree(tree: Record<string, unknown>, prefix: string, source: string, env: Environment, found: Found): void {
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix + name
    const leaf = leafOf.get(aliases[key] ?? key)
    if (value === null) continue
    if (leaf) {
      if (aliases[key]) found.notices.push(`${key} is read as ${leaf.key}.`)
      const before = found.problems.length
      const filled = expanded(value, leaf, source, env, found)
      if (found.problems.length === before) set(found, leaf, filled, source)
    } else if (groups.has(key) && isTree(value)) readTree(value, `${key}.`, source, env, found)
    else if (groups.has(key))
      found.problems.push({ key, source, says: 'This is a section, and needs settings below it.' })
    else
      found.problems.push({
        key,
        source,
        says: 'There is no such setting.',
        fix: suggestion(key, [...leafOf.keys(), ...groups]),
      })
  }
}

function readVariables(env: Environment, fromFile: Set<string>, found: Found): void {
  const alias = Object.entries(aliases).map(([from, to]) => [variableOf(from), leafOf.get(to)!] as const)
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('TFR_') || name.startsWith('TFR_CLI_') || value === undefined || value === '') continue
    const known = keyOfVariable.get(name)
    const leaf = known ?? alias.find(([variable]) => variable === name)?.[1]
    const source = sourceOf(name, fromFile)
    if (!leaf) {
      found.notices.push(
        `${source} is no setting and changes nothing. ${suggestion(name, [...keyOfVariable.keys()]) ?? ''}`.trim(),
      )
      continue
    }
    if (!known) found.notices.push(`${source} is read as ${variableOf(leaf.key)}.`)
    set(found, leaf, value, source)
  }
}

function readCatalogueNames(env: Environment, fromFile: Set<string>, found: Found): void {
  const type = env.TOFU_REGISTRY_DB_TYPE
  if (type && !/^postgres(ql)?$/i.test(type)) {
    found.problems.push({
      key: 'database',
      source: sourceOf('TOFU_REGISTRY_DB_TYPE', fromFile),
      says: `Cadastre keeps its data in PostgreSQL, and this asks for ${type}.`,
      fix: 'Set it to postgres, or leave it out.',
    })
  }
  for (const [name, key] of Object.entries(catalogueNames)) {
    const value = env[name]
    if (value && !found.values.has(key) && !env[variableOf(key)]) {
      set(found, leafOf.get(key)!, value, sourceOf(name, fromFile))
    }
  }
}

const sourceOf = (variable: string, fromFile: Set<string>) =>
  fromFile.has(variable) ? `${variable} in .env` : variable

function set(found: Found, leaf: Leaf, value: unknown, source: string): void {
  found.values.set(leaf.key, { value: typeof value === 'string' ? fromText(value, leaf.kind) : value, source })
}

/** Expanded after parsing, so that a secret with `:` or `#` in it cannot break the file. */
function expanded(value: unknown, leaf: Leaf, source: string, env: Environment, found: Found): unknown {
  const inside = (item: unknown) => expanded(item, leaf, source, env, found)
  if (Array.isArray(value)) return value.map(inside)
  if (isTree(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inside(item)]))
  if (typeof value !== 'string') return value
  return value.replace(
    /\$?\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (whole, name: string, otherwise?: string) => {
      if (whole.startsWith('$$')) return whole.slice(1)
      const replacement = env[name] || otherwise
      if (replacement === undefined) {
        found.problems.push({
          key: leaf.key,
          source,
          says: `The variable ${name} is not set.`,
          fix: `Set it, or write \${${name}:-default}.`,
        })
      }
      return replacement ?? ''
    },
  )
}

function suggestion(wrong: string, known: string[]): string | undefined {
  const near = closest(wrong, known)
  return near && `Do you mean ${near}?`
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
