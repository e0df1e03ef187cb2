/** Settings shown to people: what each is now and why, an example file, and a JSON Schema for editors. */
import { stringify } from 'yaml'
import * as z from 'zod'
import { Refusal } from '../refusal.ts'
import { closest } from './closest.ts'
import { isLeaf, type Kind, type Leaf } from './kinds.ts'
import type { Settings } from './load.ts'
import { settings } from './settings.ts'
import { items, leaves, variableOf } from './sources.ts'

/** One line a setting, `key = value  (source)`; secrets are masked. @param key one setting, or a section, or all */
export function explainSettings({ config, sources }: Settings, key?: string): string {
  const chosen = leaves.filter((leaf) => !key || leaf.key === key || leaf.key.startsWith(`${key}.`))
  if (chosen.length === 0) {
    const near = closest(
      key!,
      items.map((item) => item.key),
    )
    throw new Refusal('not-found', 'setting-unknown', `There is no setting ${key}.`, near && `Do you mean ${near}?`)
  }
  const lines = chosen.map(
    (leaf) => `${leaf.key} = ${shownValue(leaf, config)}  (${sources.get(leaf.key) ?? 'default'})`,
  )
  if (chosen.length > 1 || chosen[0]!.key !== key) return lines.join('\n')
  return [...lines, chosen[0]!.description, `Environment: ${variableOf(key)}`].join('\n')
}

function shownValue(leaf: Leaf, config: object): string {
  const value = leaf.key.split('.').reduce<unknown>((tree, name) => (tree as Record<string, unknown>)[name], config)
  if (value === undefined) return 'not set'
  if (leaf.secret) return '****'
  if (leaf.kind === 'duration') return `${Number(value) / 1000}s`
  return Array.isArray(value) ? JSON.stringify(value) : String(value)
}

/**
 * `config.example.yaml`: every setting with its default, all of them commented out. A default that follows another setting
 * (`server.base_url` the port) or gives way to another source would be fixed by a copy that states it.
 */
export function exampleFile(): string {
  const lines = [
    '# Every setting of Cadastre with its default. Copy it to config.yaml, and take the # off the lines that you change.',
    '# Each can also be set in the environment: TFR_ and the path in upper case, joined by _ (TFR_SERVER_PORT).',
    '# ${VARIABLE} and ${VARIABLE:-default} are replaced in values. Printed by: cadastre config example',
    '# yaml-language-server: $schema=./config.schema.json',
  ]
  for (const item of items) {
    const indent = '  '.repeat(item.key.split('.').length - 1)
    const name = item.key.split('.').at(-1)
    if (!isLeaf(item)) {
      if (indent === '') lines.push('')
      lines.push(`${indent}# ${item.description}`, `${indent}${name}:`)
      continue
    }
    if (indent === '') lines.push('')
    lines.push(`${indent}# ${item.description}${item.choices ? ` One of ${item.choices.join(', ')}.` : ''}`)
    lines.push(`${indent}#${name}:${item.written === undefined ? '' : ` ${asYaml(item.written)}`}`)
  }
  // A section in which everything is commented out is null, which reads as not set.
  return `${lines.join('\n')}\n`
}

const asYaml = (value: unknown) =>
  Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : stringify(value).trim()

const shapes: Record<Exclude<Kind, 'entries'>, object> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  flag: { type: 'boolean' },
  list: { type: 'array', items: { type: 'string' } },
  duration: { type: 'string', pattern: '^\\d+(\\.\\d+)?(ms|s|m|h|d)$' },
  bytes: { type: ['string', 'integer'], pattern: '^\\d+\\s*(B|KB|MB|GB|KiB|MiB|GiB)?$' },
}

/** JSON Schema of the YAML file, as it is written there: `30s`, and `${VARIABLE}` in place of any value. */
export function jsonSchema(): object {
  const byKey = new Map(items.map((item) => [item.schema, item]))
  const replaced = { type: 'string', pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}' }
  return z.toJSONSchema(settings, {
    io: 'input',
    override: ({ zodSchema, jsonSchema: shown }) => {
      const item = byKey.get(zodSchema as never)
      if (!item) return
      shown.description = item.description
      if (!isLeaf(item)) {
        // A section in which everything is commented out.
        shown.type = ['object', 'null'] as never
        return
      }
      const shape = shapeOf(item)
      for (const name of Object.keys(shown)) delete (shown as Record<string, unknown>)[name]
      Object.assign(shown, {
        description: item.description,
        ...(item.written === undefined ? {} : { default: item.written }),
        anyOf: [shape, replaced, { type: 'null' }],
      })
    },
  })
}

function shapeOf({ kind, choices, schema }: Leaf): object {
  if (choices) return { enum: [...choices] }
  if (kind !== 'entries') return shapes[kind]
  const { $schema: _, default: __, ...shape } = z.toJSONSchema(schema, { io: 'input' })
  return shape
}
