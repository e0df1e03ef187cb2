/** What the reference of the API makes of schemas, as tables. */
import { expect, test } from 'vitest'
import type { Document, Operation, Schema } from './document.ts'
import { curlText, typeText } from './type-text.ts'

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

test('a sample has the address of this registry, a body that fits, and no quote that ends it', () => {
  const document: Document = {
    paths: {},
    components: { schemas: { New: { type: 'object', required: ['name'], properties: { name: { example: "it's" } } } } },
  }
  const operation: Operation = {
    method: 'POST',
    path: '/api/v1/namespaces/{name}/keys',
    id: '',
    tag: '',
    responses: {},
    requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/New' } } } },
  }

  expect(curlText(operation, document, 'https://registry.example.com')).toBe(`curl -X POST \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"name":"it'\\''s"}' \\
  'https://registry.example.com/api/v1/namespaces/NAME/keys'`)
})
