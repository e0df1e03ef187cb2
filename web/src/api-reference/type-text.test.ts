/** What the reference of the API makes of schemas, as tables. */
import { expect, test } from 'vitest'
import type { Schema } from './document.ts'
import { typeText } from './type-text.ts'

test.each<[string, Schema, string]>([
  ['a shape with a name', { $ref: '#/components/schemas/Module' }, 'Module'],
  ['what may be null', { anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  ['what may be null, written shortly', { type: ['integer', 'null'] }, 'integer | null'],
  ['one of some', { type: 'string', enum: ['a', 'b'] }, '"a" | "b"'],
  ['a list', { type: 'array', items: { $ref: '#/components/schemas/Module' } }, 'Module[]'],
  ['a list of one of some', { type: 'array', items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
  ['anything by name', { type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
  ['a time', { type: 'string', format: 'date-time' }, 'string (date-time)'],
  ['what is not said', {}, 'unknown'],
  [
    'an object in an object',
    {
      type: 'object',
      required: ['a'],
      properties: {
        a: { type: 'object', properties: { b: { type: 'string', description: 'Of\n two lines.' } } },
        c: { type: 'boolean' },
      },
    },
    '{\n  a: {\n    b?: string // Of two lines.\n  }\n  c?: boolean\n}',
  ],
])('%s', (_, schema, text) => {
  expect(typeText(schema)).toBe(text)
})
