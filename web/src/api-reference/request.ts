/** From an operation and what was filled in to the request: its address, its body, and what is wrong with a value. Pure. */
import type { Document, Operation, Parameter, Schema } from './document.ts'
import { exampleOf, nameIn } from './type-text.ts'

/** `body` is what is sent as JSON. */
export type Request = { method: string; address: string; body?: unknown }

/** What was filled in, by the key of its parameter. */
export type Values = Record<string, string>

export const keyOf = ({ in: where, name }: Parameter) => `${where} ${name}`

/** @param base where this registry is reached; what is not filled in stands as an example, else as its name */
export function requestOf(operation: Operation, document: Document, base: string, values: Values = {}): Request {
  const { method, path, parameters = [], requestBody } = operation
  const given = (parameter: Parameter) => {
    const value = values[keyOf(parameter)] ?? ''
    return value === '' || wrongIn(parameter, value, document) ? undefined : value
  }
  const written = (parameter: Parameter) =>
    given(parameter) ?? String(parameter.schema?.example ?? parameter.name.toUpperCase())
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = written(parameters.find((each) => each.in === 'path' && each.name === name) ?? { in: 'path', name })
    // What stands for the rest of the address has parts of its own.
    return name === '*' ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value)
  })
  const query = parameters
    .filter((each) => each.in === 'query' && (each.required || given(each) !== undefined))
    .map((each) => `${encodeURIComponent(each.name)}=${encodeURIComponent(written(each))}`)
    .join('&')
  const json = requestBody?.content['application/json']
  return {
    method,
    address: `${base}${filled}${query && `?${query}`}`,
    ...(json && { body: exampleOf(json.schema, document) }),
  }
}

export const schemaOf = ({ schema = {} }: Parameter, { components }: Pick<Document, 'components'>): Schema =>
  (schema.$ref ? components.schemas[nameIn(schema.$ref)] : schema) ?? {}

/** @returns why the registry would not take it, as far as its document says */
export function wrongIn(parameter: Parameter, value: string, document: Pick<Document, 'components'>) {
  const schema = schemaOf(parameter, document)
  if (value === '') return parameter.required ? 'Fill this in.' : undefined
  if (/\p{Cs}/u.test(value)) return 'There is half a character in it, which no address can hold.'
  if (parameter.in === 'path' && value.split('/').some((part) => /^\.\.?$/.test(part)))
    return 'Browsers take . and .. for steps through the address; write the name itself.'
  return schema.type === 'integer' ? wrongInNumber(schema, value) : wrongInText(schema, value)
}

function wrongInNumber(
  { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: Schema,
  value: string,
) {
  if (!/^-?\d+$/.test(value)) return 'This is no whole number.'
  if (Number(value) < minimum) return `This is less than ${minimum}.`
  if (Number(value) > maximum) return `This is more than ${maximum}.`
}

const formats: Record<string, string> = {
  uuid: 'an id such as 3f2a91c0-7be5-4d2a-81c6-f0e4b7a8d9c3',
  'date-time': 'a time such as 2030-01-01T00:00:00Z',
  date: 'a day such as 2030-01-01',
  email: 'an address of mail',
}

function wrongInText({ minLength = 0, maxLength, pattern, format, example }: Schema, value: string) {
  // The document counts characters, and JavaScript halves of them.
  const length = [...value].length
  if (length < minLength) return `This has fewer than ${minLength} characters.`
  if (maxLength !== undefined && length > maxLength) return `This has more than ${maxLength} characters.`
  if (pattern === undefined || new RegExp(pattern, 'u').test(value)) return
  if (format && formats[format]) return `This is not ${formats[format]}.`
  return `This does not fit ${pattern}${example === undefined ? '.' : `, as ${example} does.`}`
}
