/** The kinds of values that settings have: how each is written in YAML and in the environment, and how it is shown. */
import * as z from 'zod'

export type Kind = 'text' | 'integer' | 'flag' | 'duration' | 'bytes' | 'list' | 'entries'

export type About = {
  kind: Kind
  description: string
  secret: boolean
  /** the default as somebody would write it; undefined when there is none */
  written: string | number | boolean | string[] | undefined
  choices?: readonly string[]
}

/** What is known of each leaf besides its schema. */
export const about = new WeakMap<z.ZodType, About>()

type Says = { says: string; secret?: boolean }

function leaf<Schema extends z.ZodType>(schema: Schema, more: About): Schema {
  about.set(schema, more)
  return schema
}

export function text(options: Says & { default: string }): z.ZodDefault<z.ZodString>
export function text(options: Says): z.ZodOptional<z.ZodString>
export function text({ says, secret = false, default: value }: Says & { default?: string }) {
  const more: About = { kind: 'text', description: says, secret, written: value }
  const rule = z.string().min(1)
  return value === undefined ? leaf(rule.optional(), more) : leaf(rule.default(value), more)
}

export const integer = ({ says, default: value, min, max }: Says & { default: number; min: number; max: number }) =>
  leaf(z.int().min(min).max(max).default(value), { kind: 'integer', description: says, secret: false, written: value })

export const flag = ({ says, default: value }: Says & { default: boolean }) =>
  leaf(z.boolean().default(value), { kind: 'flag', description: says, secret: false, written: value })

export const choice = <const Choices extends readonly string[]>(
  choices: Choices,
  { says, default: value }: Says & { default: Choices[number] },
) =>
  leaf(z.enum(choices).default(value as never), {
    kind: 'text',
    description: says,
    secret: false,
    written: value,
    choices,
  })

export const list = ({ says, default: value }: Says & { default: string[] }) =>
  leaf(z.array(z.string().min(1)).default(value), { kind: 'list', description: says, secret: false, written: value })

/** A list of which each entry has several parts; none unless it is set. In the environment, JSON. */
export const entries = <Shape extends z.ZodRawShape>({ says }: Says, shape: Shape) =>
  leaf(z.array(z.strictObject(shape)).default([]), { kind: 'entries', description: says, secret: false, written: [] })

/** Written like `30s`, used as milliseconds. */
export function duration(options: Says & { default: string }): z.ZodDefault<z.ZodNumber>
export function duration(options: Says): z.ZodOptional<z.ZodNumber>
export function duration({ says, default: value }: Says & { default?: string }) {
  const more: About = { kind: 'duration', description: says, secret: false, written: value }
  const rule = z.number().positive()
  return value === undefined ? leaf(rule.optional(), more) : leaf(rule.default(milliseconds(value)!), more)
}

/** Written like `100MB`, used as bytes; one MB is 1,000,000 bytes, one MiB 1,048,576. */
export const bytes = ({ says, default: value }: Says & { default: string }) =>
  leaf(z.int().positive().default(byteCount(value)!), {
    kind: 'bytes',
    description: says,
    secret: false,
    written: value,
  })

export const root = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape)

export const group = <Shape extends z.ZodRawShape>(description: string, shape: Shape) => {
  const schema = z.strictObject(shape).prefault({} as never)
  descriptions.set(schema, description)
  return schema
}

const descriptions = new WeakMap<z.ZodType, string>()

export type Leaf = About & { key: string; schema: z.ZodType }
export type Group = { key: string; description: string; schema: z.ZodType }

/** Every group and leaf below `schema`, in the order in which they are written down. */
export function* walk(schema: z.ZodObject, prefix = ''): Generator<Leaf | Group> {
  for (const [name, child] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const key = prefix + name
    const known = about.get(child)
    if (known) {
      yield { ...known, key, schema: child }
      continue
    }
    yield { key, description: descriptions.get(child) ?? '', schema: child }
    yield* walk((child as z.ZodPrefault<z.ZodObject>).unwrap(), `${key}.`)
  }
}

export const isLeaf = (item: Leaf | Group): item is Leaf => 'kind' in item

/** From text, as the environment has it, to what the schema checks; text that does not fit stays text, for the schema to refuse. */
export function fromText(value: string, kind: Kind): unknown {
  const trimmed = value.trim()
  switch (kind) {
    case 'integer':
      return /^-?\d+$/.test(trimmed) ? Number(trimmed) : value
    case 'flag':
      return /^(true|yes|on|1)$/i.test(trimmed) ? true : /^(false|no|off|0)$/i.test(trimmed) ? false : value
    case 'list':
      return trimmed
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
    case 'entries':
      return fromJson(trimmed) ?? value
    case 'duration':
      return milliseconds(trimmed) ?? value
    case 'bytes':
      return byteCount(trimmed) ?? value
    default:
      return value
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const durationUnits: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

export function milliseconds(written: string): number | undefined {
  const [whole, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(written) ?? []
  return whole ? Number(amount) * durationUnits[unit!]! : undefined
}

const byteUnits: Record<string, number> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
}

function byteCount(written: string): number | undefined {
  const [whole, amount, unit] = /^(\d+)\s*(B|KB|MB|GB|KiB|MiB|GiB)?$/.exec(written) ?? []
  return whole ? Number(amount) * byteUnits[unit ?? '']! : undefined
}

/** How a value of this kind has to be written, for people whose value was refused. */
export const writtenLike: Record<Kind, string> = {
  text: 'a text',
  integer: 'a whole number',
  flag: 'true or false',
  duration: 'a time such as 30s, 10m or 24h',
  bytes: 'a size such as 100MB or 64MiB',
  list: 'a list; in the environment with commas between',
  entries: 'a list whose entries have exactly the parts that config.example.yaml names; in the environment as JSON',
}
