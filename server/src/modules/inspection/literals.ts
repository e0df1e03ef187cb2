/** Plain values: what an attribute says without anything being computed. */
import type { Expression, ObjectItem } from '@cadastre/contract/hcl/expression'
import type { Attribute } from './blocks.ts'

type Literal = { value: unknown }

/** @returns undefined for what has to be computed */
export function literalOf(expression: Expression): Literal | undefined {
  switch (expression.kind) {
    case 'string':
      return { value: kept(expression.value) }
    case 'number':
      return { value: numberOrText(expression.digits) }
    case 'constant':
      return { value: expression.value }
    case 'tuple':
      return tupleOf(expression.items)
    case 'object':
      return objectOf(expression.items)
    default:
      return undefined
  }
}

function tupleOf(items: Expression[]): Literal | undefined {
  const values: unknown[] = []
  for (const item of items) {
    const literal = literalOf(item)
    if (!literal) return undefined
    values.push(literal.value)
  }
  return { value: values }
}

function objectOf(items: ObjectItem[]): Literal | undefined {
  const values: [string, unknown][] = []
  for (const item of items) {
    const [key, literal] = [keyOf(item.key), literalOf(item.value)]
    if (key === undefined || !literal) return undefined
    values.push([key, literal.value])
  }
  // As entries: a key may be `__proto__`.
  return { value: Object.fromEntries(values) }
}

/** A key as it is meant: a bare name stands for itself. */
export function keyOf(key: Expression): string | undefined {
  if (key.kind === 'name') return key.name
  if (key.kind === 'string') return kept(key.value)
  if (key.kind === 'number') return key.digits
  return key.kind === 'constant' ? String(key.value) : undefined
}

const unkept = /[\0\ud800-\udfff]/gu

/** As HCL compares strings, and as every database keeps them: composed, without NUL and halves of characters. */
export const kept = (text: string) => text.normalize('NFC').replace(unkept, '\u{fffd}')

/** A number that a double holds as it is written, else its text. */
function numberOrText(digits: string): number | string {
  const number = Number(digits)
  return Number.isFinite(number) && canonical(digits) === canonical(String(number)) ? number : digits
}

/** Sign, digits without zeros at either end, and the power of ten of the last of them. */
function canonical(digits: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(digits) ?? []
  const all = `${whole}${fraction}`.replace(/^0+/, '')
  let end = all.length
  while (end > 0 && all[end - 1] === '0') end -= 1
  if (end === 0) return '0'
  return `${sign}${all.slice(0, end)}e${Number(exponent) - fraction.length + all.length - end}`
}

/** The text of an attribute that is plain text. */
export function stringOf(attribute: Attribute | undefined): string | null {
  return attribute?.expression.kind === 'string' ? kept(attribute.expression.value) : null
}

/** What an attribute says to people: text, with what is interpolated in it as it is written. */
export function messageOf(attribute: Attribute | undefined): string {
  if (!attribute) return ''
  const { expression } = attribute
  return expression.kind === 'string' || expression.kind === 'template' ? kept(expression.value) : textOf(attribute)
}

/** The claim of an attribute; text is converted, as Terraform does. */
export function flagOf(attribute: Attribute | undefined, otherwise = false): boolean {
  const { expression } = attribute ?? {}
  if (expression?.kind === 'constant' && expression.value !== null) return expression.value
  if (expression?.kind === 'string' && /^(true|false)$/.test(expression.value)) return expression.value === 'true'
  return otherwise
}

/** An expression as it is written; in JSON syntax, what stands in its template. */
export function textOf({ source, expression, isJson }: Attribute): string {
  const written = source.text.slice(expression.start, expression.end)
  if (!isJson || expression.kind !== 'string') return written
  const { value } = expression
  const isOneInterpolation = value.startsWith('${') && value.indexOf('}') === value.length - 1
  return isOneInterpolation ? value.slice('${'.length, -1).trim() : written
}

/** A reference as it is written: `aws.west`. Older code puts it in quotes, JSON has to. */
export function referenceOf(attribute: Attribute | undefined): string | null {
  return attribute ? (stringOf(attribute) ?? textOf(attribute)) : null
}
