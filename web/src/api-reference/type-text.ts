/** Schemas as types are written, and examples of them. Pure. */
import type { Document, Schema } from './document.ts'

/** @returns lines; what is behind ` // ` in one is a description. Shapes with a name stand as their name. */
export function typeText(schema: Schema | undefined, indent = ''): string {
  if (!schema) return 'unknown'
  if (schema.$ref) return nameIn(schema.$ref)
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const either = schema.anyOf ?? schema.oneOf
  if (either) return [...new Set(either.map((each) => typeText(each, indent)))].join(' | ')
  if (schema.allOf) return schema.allOf.map((each) => typeText(each, indent)).join(' & ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeText({ ...schema, type }, indent)).join(' | ')
  if (schema.type === 'array') return listText(typeText(schema.items, indent))
  if (schema.properties) return objectText(schema, indent)
  if (schema.type === 'object') {
    const { additionalProperties: values } = schema
    return `Record<string, ${typeof values === 'object' ? typeText(values, indent) : 'unknown'}>`
  }
  if (!schema.type) return 'unknown'
  return schema.format ? `${schema.type} (${schema.format})` : schema.type
}

export const nameIn = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1)

const listText = (item: string) => (/[|&]|\(/.test(item.split('\n')[0]!) ? `(${item})[]` : `${item}[]`)

function objectText({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([name, property]) => {
    const type = typeText(property, inner)
    const [first = '', ...rest] = type.split('\n')
    const said = property.description ? ` // ${property.description.replace(/\s+/g, ' ')}` : ''
    return [`${inner}${name}${required.includes(name) ? '' : '?'}: ${first}${said}`, ...rest].join('\n')
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}

/** Something that fits, with what is required alone. */
export function exampleOf(
  schema: Schema | undefined,
  { components }: Pick<Document, 'components'>,
  depth = 0,
): unknown {
  if (!schema || depth > 6) return null
  const again = (inner: Schema | undefined) => exampleOf(inner, { components }, depth + 1)
  if (schema.example !== undefined) return schema.example
  if (schema.default !== undefined) return schema.default
  if (schema.$ref) return again(components.schemas[nameIn(schema.$ref)])
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (either) return again(either[0])
  if (schema.type === 'array') return [again(schema.items)]
  if (schema.properties) {
    const { properties, required = [] } = schema
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name))
        .map(([name, property]) => [name, again(property)]),
    )
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return {}
  if (type === 'integer' || type === 'number') return 1
  if (type === 'boolean') return true
  return schema.format === 'date-time' ? '2030-01-01T00:00:00Z' : '\u2026'
}
