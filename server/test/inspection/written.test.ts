/** What we write as HCL is read back as what it was meant to be, by our reader and by hcl2json, and looks as `terraform fmt` has it. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isReference, problemInExpression } from '@cadastre/contract/hcl/typed'
import { attributeLines, type HclAttribute, type HclValue, textOfLines } from '@cadastre/contract/hcl/written'
import { moduleBlock } from '@cadastre/contract/module-block'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHcl } from '../../src/modules/inspection/hcl/body.ts'
import { makeBudget } from '../../src/modules/inspection/limits.ts'
import { literalOf } from '../../src/modules/inspection/literals.ts'
import { sourceText } from '../../src/modules/inspection/source-text.ts'
import { patientLimits } from './inspected.ts'
import { isHclToOracle, oracleOf } from './oracle.ts'

const odd = [
  '"',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '${',
  '%{',
  '$${',
  '$',
  '%',
  '{',
  '}',
  '~',
  '#',
  '//',
  '/*',
  '<<E',
  '\u0007',
]
const letters = ['a', 'Z', '0', ' ', 'é', '日本', '\u{1f600}', '\u202e', '\u200b', '\ufeff', '\u2028', 'e\u0301']
const text = fc.array(fc.constantFrom(...odd, ...letters), { maxLength: 12 }).map((parts) => parts.join(''))
const scalar: fc.Arbitrary<HclValue> = fc.oneof(
  text.map((said) => ({ kind: 'string', text: said }) as const),
  fc.integer().map((number) => ({ kind: 'number', digits: String(number) }) as const),
  fc.constantFrom('0.5', '-12.25', '1e3', '0').map((digits) => ({ kind: 'number', digits }) as const),
  fc.constantFrom(true, false, null).map((value) => ({ kind: 'constant', value }) as const),
)
const gap: fc.Arbitrary<HclValue> = text.map((why) => ({ kind: 'gap', why }) as const)
const key = fc.oneof(
  fc.constantFrom('a', 'name', 'cidr_block', 'for', 'null', 'true', 'in', 'größe', '日本', 'with-dash', '9', ''),
  text,
)
const { value } = fc.letrec<{ value: HclValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    scalar,
    gap,
    fc.array(tie('value'), { maxLength: 5 }).map((items) => ({ kind: 'tuple', items }) as const),
    attributesOf(key, tie('value')).map((items) => ({ kind: 'object', items }) as const),
  ),
}))
const names = fc.constantFrom(
  'for',
  'true',
  'false',
  'null',
  'a',
  'b',
  'cidr',
  'availability_zones',
  'x-y',
  'größe',
  'n1',
  'tags',
)
const inputs = attributesOf(names, value)

function attributesOf(name: fc.Arbitrary<string>, of: fc.Arbitrary<HclValue>): fc.Arbitrary<HclAttribute[]> {
  const attribute = fc.record({ name, value: of })
  return fc.uniqueArray(attribute, { maxLength: 6, selector: (each) => composed(each.name) })
}

/** As HCL compares texts; what no configuration can hold is replaced. */
const composed = (said: string) => said.replace(/\0|\p{Cs}/gu, '\u{fffd}').normalize('NFC')

/** What a value says; gaps say nothing. */
function saidBy(written: HclValue): unknown {
  if (written.kind === 'string') return composed(written.text)
  if (written.kind === 'number') return Number(written.digits)
  if (written.kind === 'constant') return written.value
  if (written.kind === 'tuple') return written.items.filter(isGiven).map(saidBy)
  if (written.kind === 'object') return saidByAll(written.items)
  return undefined
}

const isGiven = ({ kind }: HclValue) => kind !== 'gap'

const saidByAll = (attributes: HclAttribute[]) =>
  Object.fromEntries(
    attributes.filter((each) => isGiven(each.value)).map((each) => [composed(each.name), saidBy(each.value)]),
  )

/** 1,500 of them, the same for every look at them. */
const sets = fc.sample(inputs, { numRuns: 1_500, seed: 20_261 })
const file = sets
  .map((set, index) =>
    textOfLines(moduleBlock(`m${index}`, 'registry.example.com/a/b/c', '~> 1.0', attributeLines(set, 2))),
  )
  .join('\n')

const fixed = { source: 'registry.example.com/a/b/c', version: '~> 1.0' }

test('1,500 sets of inputs are read back by our reader as they were meant', () => {
  const { body, diagnostics } = readHcl(sourceText('main.tf', file), makeBudget(patientLimits))

  expect(diagnostics).toEqual([])
  expect(body.blocks).toHaveLength(sets.length)
  for (const [index, { attributes }] of body.blocks.entries()) {
    const read = [...attributes].map(([name, { expression }]) => [name, literalOf(expression)?.value])
    expect(mapped(Object.fromEntries(read), asItIs)).toEqual({ ...fixed, ...saidByAll(sets[index]!) })
  }
})

test('hcl2json reads the same', async () => {
  const read = (await oracleOf('main.tf', file)) as { module: Record<string, [Record<string, unknown>]> }

  const expected = Object.fromEntries(sets.map((set, index) => [`m${index}`, [{ ...fixed, ...saidByAll(set) }]]))
  expect(mapped(read.module, unescaped)).toEqual(expected)
})

/** Names as they are composed, which both leave to others. @param text what is to be made of texts */
function mapped(read: unknown, text: (said: string) => string): unknown {
  if (typeof read === 'string') return text(read)
  if (Array.isArray(read)) return read.map((each) => mapped(each, text))
  if (typeof read !== 'object' || read === null) return read
  return Object.fromEntries(Object.entries(read).map(([key, each]) => [composed(text(key)), mapped(each, text)]))
}

const asItIs = (said: string) => said
/** It keeps `$${` and `%%{` as they are written. */
const unescaped = (said: string) => said.replaceAll('$${', '${').replaceAll('%%{', '%{')

test.skipIf(!hasTerraform())('terraform fmt has nothing to change in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-written-'))
  try {
    await writeFile(join(folder, 'main.tf'), file)

    expect(await differences(folder)).toBe('')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

const differences = (folder: string) =>
  new Promise<string>((resolve) => {
    const env = { ...process.env, CHECKPOINT_DISABLE: '1' }
    execFile('terraform', ['fmt', '-check', '-diff', '-list=false'], { cwd: folder, env }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr.includes('Error') ? stderr : ''}`.slice(0, 2_000)),
    )
  })

// biome-ignore format: a table
const tokens = [
  'var', 'a', 'module', '.', '.', '[', ']', '(', ')', '{', '}', '"a"', '"${a}"', '"', '1', '-', '!', '==', '=', '=>', '?', ':', ',',
  'for', 'in', 'if', 'true', 'null', '...', '*', '+', '&&', '\n', ' ', '#', '//', '/*', '*/', '<<E\nx\nE\n', '${', '%{', 'é', '\u202e',
]
const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 14 }).map((parts) => parts.join(''))

test('what is taken for one expression is one value to HCL, wherever it is put', async () => {
  const typed = fc.sample(soup, { numRuns: 6_000, seed: 7 }).filter((each) => problemInExpression(each) === undefined)

  expect(typed.length).toBeGreaterThan(200)
  for (const each of new Set(typed.map((written) => written.replace(/\r\n?/g, '\n').trim()))) {
    const expression = { kind: 'expression', text: each } as const
    const list = {
      kind: 'tuple',
      items: [expression, { kind: 'object', items: [{ name: 'k', value: expression }] }],
    } as const
    const around = [
      { name: 'a', value: expression },
      { name: 'b', value: { ...list, items: [...list.items] } as HclValue },
    ]
    const written = textOfLines(moduleBlock('it', 'x/y/z', '1.0.0', attributeLines(around, 2)))
    const { body } = readHcl(sourceText('main.tf', written), makeBudget(patientLimits))
    expect([...(body.blocks[0]?.attributes.keys() ?? [])], written).toEqual(['source', 'version', 'a', 'b'])
    expect(body.blocks).toHaveLength(1)
    expect(await isHclToOracle(written), written).toBe(true)
  }
})

test.each([
  ['', 'An expression is missing.'],
  ['var.', 'A name is missing behind `.`'],
  ['[1, 2', 'This `[` is not closed.'],
  ['for', '`for` stands within brackets only.'],
  ['"open', 'This string is not closed on its line.'],
  ['1\n}\nresource "x" "y" {', 'This is more than one expression'],
  ['var.a var.b', 'This is more than one expression'],
  ['var.a # why', 'This is more than one expression'],
  ['var.a = 1', 'This is more than one expression'],
  ['"a\u202eb"', 'There is a sign in it that nobody sees.'],
  ['['.repeat(50), 'This is nested deeper than the limit'],
  ['1'.repeat(5_000), 'This is longer than 4,000 letters.'],
])('%j is refused: %s', (typed, why) => {
  expect(problemInExpression(typed)).toContain(why)
})

test.each([
  'var.cidr',
  'module.vpc.id',
  'merge(var.a, { b = 1 })',
  '[for x in var.a : x if x != ""]',
  'a ? b : c',
  '(\n 1\n)',
])('%j is taken', (typed) => {
  expect(problemInExpression(typed)).toBeUndefined()
})

test('a reference says where a value is; a value is none', () => {
  const places = [
    'var.token',
    'data.vault_secret.this[0].value',
    'local.secrets["db"]',
    'each.value',
    'random_password.this.result',
    'random_password.this[0].result',
  ]
  expect(places.filter((place) => !isReference(place))).toEqual([])
  expect(
    [
      ...['"hunter2"', '12', 'token', 'var.a + "x"', 'f(var.a)', 'var.a["x y"]', '"${var.a}"', ''],
      ...['hunter2.x', 'hunter2[0]', 'hunter2["x"]', 'variable.x', 'var'],
    ].filter(isReference),
  ).toEqual([])
})

function hasTerraform(): boolean {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
