/** What is filled in becomes an address, or is said to be wrong. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Document, type Operation, operationsOf, type Parameter } from './document.ts'
import { requestOf, wrongIn } from './request.ts'

const document: Document = {
  paths: {},
  components: {
    schemas: {
      New: { type: 'object', required: ['name'], properties: { name: { example: 'a' } } },
      Kind: { type: 'string', enum: ['a', 'b'] },
    },
  },
}
const operation: Operation = {
  method: 'GET',
  path: '/api/v1/modules/{namespace}/{name}/raw/{*}',
  id: '',
  tag: '',
  responses: {},
  parameters: [
    { in: 'path', name: 'namespace', required: true, schema: { type: 'string', example: 'acme' } },
    { in: 'path', name: 'name', required: true, schema: { type: 'string', pattern: '^[a-z ]+$' } },
    { in: 'path', name: '*', required: true, schema: { type: 'string', example: 'a/b.tf' } },
    { in: 'query', name: 'from', required: true, schema: { type: 'string', example: '1.2.0' } },
    { in: 'query', name: 'q', schema: { type: 'string', maxLength: 5 } },
  ],
}
const address = (values: Record<string, string>) => requestOf(operation, document, 'https://x', values).address

test('what is not filled in stands as an example or as its name, and what nobody has to say is left out', () => {
  expect(address({})).toBe('https://x/api/v1/modules/acme/NAME/raw/a/b.tf?from=1.2.0')
})

test('what is filled in stays one part of the address, and what is wrong does not get into it', () => {
  expect(address({ 'path namespace': 'a/b', 'path name': 'c d', 'path *': 'é/f', 'query q': 'g&h=i' })).toBe(
    'https://x/api/v1/modules/a%2Fb/c%20d/raw/%C3%A9/f?from=1.2.0&q=g%26h%3Di',
  )
  expect(address({ 'path namespace': '..', 'path name': 'C', 'query q': 'too long' })).toBe(address({}))
})

test('a change has a body that fits', () => {
  const requestBody = { content: { 'application/json': { schema: { $ref: '#/components/schemas/New' } } } }

  expect(requestOf({ ...operation, method: 'POST', requestBody }, document, '').body).toEqual({ name: 'a' })
})

test.each<[string, Partial<Parameter>, string, string | undefined]>([
  ['what is needed', { required: true }, '', 'Fill this in.'],
  ['what is not needed', { schema: { minLength: 1 } }, '', undefined],
  ['half a character', {}, '\ud800', 'There is half a character in it, which no address can hold.'],
  ['a step upwards', {}, 'a/..', 'Browsers take . and .. for steps through the address; write the name itself.'],
  ['a step upwards in a query', { in: 'query' }, '..', undefined],
  ['too short', { schema: { minLength: 2 } }, '\u{1f600}', 'This has fewer than 2 characters.'],
  ['too long', { schema: { maxLength: 1 } }, 'ab', 'This has more than 1 characters.'],
  ['long enough', { schema: { maxLength: 1 } }, '\u{1f600}', undefined],
  ['no number', { schema: { type: 'integer' } }, '1.5', 'This is no whole number.'],
  ['too little', { schema: { type: 'integer', minimum: 1 } }, '0', 'This is less than 1.'],
  ['too much', { schema: { type: 'integer', maximum: 100 } }, '101', 'This is more than 100.'],
  ['another form', { schema: { pattern: '^a$', example: 'a' } }, 'b', 'This does not fit ^a$, as a does.'],
  ['no day', { schema: { pattern: '^a$', format: 'date' } }, 'b', 'This is not a day such as 2030-01-01.'],
  ['one of some', { schema: { $ref: '#/components/schemas/Kind' } }, 'a', undefined],
])('%s', (_, parameter, value, words) => {
  expect(wrongIn({ in: 'path', name: 'a', ...parameter }, value, document)).toBe(words)
})

test('the examples of our own document are right', () => {
  const ours: Document = JSON.parse(readFileSync(new URL('../../../contract/openapi.json', import.meta.url), 'utf8'))

  const wrong = [...operationsOf(ours).values()].flat().flatMap(({ id, parameters = [] }) =>
    parameters
      .filter(({ schema }) => schema?.example !== undefined)
      .map((parameter) => [id, parameter.name, wrongIn(parameter, String(parameter.schema?.example), ours)])
      .filter(([, , said]) => said !== undefined),
  )

  expect(wrong).toEqual([])
})
