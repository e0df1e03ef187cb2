/** What may stand in an address. */
import { expect, test } from 'vitest'
import { ModuleName, NamespaceName, SystemName } from './addresses.ts'

test.each([NamespaceName, ModuleName])('a name may be of letters, digits, - and _', (schema) => {
  for (const name of ['a', 'Z', '0', 'acme', 'Acme', 'a-b', 'a_b', 'a--b', 'a__b', 'a-_b', '1-2', 'x'.repeat(64)]) {
    expect(schema.safeParse(name), name).toMatchObject({ success: true, data: name })
  }
})

test.each([NamespaceName, ModuleName])('a name may be nothing else', (schema) => {
  const wrong = [
    '',
    '-',
    '_',
    '-a',
    'a-',
    '_a',
    'a_',
    'x'.repeat(65),
    'a.b',
    'a b',
    'a/b',
    'a%2fb',
    'é',
    'ａ',
    'a\n',
    '\na',
    'a\0',
    '..',
  ]
  for (const name of wrong) expect(schema.safeParse(name).success, JSON.stringify(name)).toBe(false)
})

test('a system is of lower-case letters and digits alone', () => {
  for (const name of ['aws', 'azurerm', '0', 'x'.repeat(64)])
    expect(SystemName.safeParse(name).success, name).toBe(true)
  for (const name of ['', 'AWS', 'my-aws', 'my_aws', 'a.b', 'x'.repeat(65), 'é', 'aws\n', 'ⅷ']) {
    expect(SystemName.safeParse(name).success, JSON.stringify(name)).toBe(false)
  }
})

test.each([NamespaceName, ModuleName, SystemName])('words of the protocol are no names, in whatever case', (schema) => {
  for (const word of ['search', 'versions', 'download', 'Search', 'VERSIONS']) {
    expect(schema.safeParse(word).success, word).toBe(false)
  }
  expect(schema.safeParse('searches').success).toBe(true)
})

test.each([7, null, undefined, ['acme'], { name: 'acme' }])('%j is no name', (value) => {
  expect(NamespaceName.safeParse(value).success).toBe(false)
})

test('a refusal says what a name looks like', () => {
  expect(NamespaceName.safeParse('-a').error?.issues[0]?.message).toMatch(/begin and end with a letter or digit/)
  expect(ModuleName.safeParse('search').error?.issues[0]?.message).toMatch(/reserved word/)
  expect(SystemName.safeParse('AWS').error?.issues[0]?.message).toMatch(/lower-case/)
})

test('a long name is refused at once', () => {
  expect(NamespaceName.safeParse(`${'a-'.repeat(500_000)}!`).success).toBe(false)
})
