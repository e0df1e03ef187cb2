/** Inputs as a JSON Schema (https://json-schema.org/draft/2020-12) of the values that they take. Pure. */
import type { Input, TypeTree } from '@cadastre/contract/module-knowledge'
import { type ModuleAddress, moduleText } from '../module.ts'

type Schema = Record<string, unknown>

export type SchemaOf = { id: string; address: ModuleAddress; version: string; folder: string }

export function inputsSchema(inputs: Input[], { id, address, version, folder }: SchemaOf): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title: `${moduleText(address)}${folder && `//${folder}`} ${version}`,
    type: 'object',
    properties: Object.fromEntries(inputs.map((input) => [input.name, schemaOfInput(input)])),
    required: inputs.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

function schemaOfInput(input: Input): Schema {
  const { typeTree, description, defaultText, sensitive, deprecated, validations } = input
  const type = typeTree === null ? {} : schemaOfType(typeTree)
  return {
    ...(input.nullable ? orNull(type) : type),
    ...(description && { description }),
    ...(defaultText !== null && input.default !== undefined && { default: input.default }),
    ...(sensitive && { writeOnly: true }),
    ...(deprecated !== null && { deprecated: true }),
    ...(validations.length > 0 && { $comment: validations.map(({ message }) => message).join(' ') }),
  }
}

/** As Terraform takes them out of JSON, without the conversions that it makes as well. */
function schemaOfType(tree: TypeTree): Schema {
  switch (tree.kind) {
    case 'string':
    case 'number':
      return { type: tree.kind }
    case 'bool':
      return { type: 'boolean' }
    case 'list':
      return { type: 'array', ...itemsOf('items', tree.element) }
    case 'set':
      return { type: 'array', uniqueItems: true, ...itemsOf('items', tree.element) }
    case 'map':
      return { type: 'object', ...itemsOf('additionalProperties', tree.element) }
    case 'tuple': {
      const elements = tree.elements ?? []
      if (elements.length === 0) return { type: 'array', maxItems: 0 }
      return { type: 'array', prefixItems: elements.map(schemaOfType), items: false, minItems: elements.length }
    }
    case 'object':
      return schemaOfObject(tree.attributes ?? [])
    default:
      return {}
  }
}

const itemsOf = (key: string, element: TypeTree | undefined): Schema =>
  element ? { [key]: schemaOfType(element) } : {}

/** What an object has beside its attributes is dropped by Terraform without a word, so it is allowed. */
function schemaOfObject(attributes: NonNullable<TypeTree['attributes']>): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      attributes.map(({ name, type, optional, description }) => [
        name,
        { ...(optional ? orNull(schemaOfType(type)) : schemaOfType(type)), ...(description && { description }) },
      ]),
    ),
    required: attributes.filter(({ optional }) => !optional).map(({ name }) => name),
  }
}

/** Without a type it takes null already. */
function orNull(schema: Schema): Schema {
  return typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : schema
}
