/** Files that are made to cost: each stays within the limits, says which one it met, and leaves the rest readable. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { inspectionLimits } from '../../src/modules/inspection/limits.ts'
import { inspected, patientLimits, rootOf } from './inspected.ts'

const small = { 'variables.tf': 'variable "read" {\n  default = 1\n}\n' }
const messagesOf = (diagnostics: { message: string }[]) => diagnostics.map(({ message }) => message).join('\n')

const mega = 1024 ** 2

test('ten megabytes of brackets are not read, and everything beside them is', async () => {
  const { folders, diagnostics, files } = await inspected({ ...small, 'hostile.tf': '['.repeat(10 * mega) })

  expect(folders[0]!.inputs).toMatchObject([{ name: 'read', default: 1 }])
  expect(diagnostics).toMatchObject([
    { severity: 'error', file: 'hostile.tf', message: expect.stringContaining('2048 KB') },
  ])
  expect(files).toContainEqual({
    path: 'hostile.tf',
    sizeBytes: 10 * mega,
    isText: true,
    sha256: createHash('sha256')
      .update('['.repeat(10 * mega))
      .digest('hex'),
  })
})

const nested = Math.floor(1.9 * mega)
test.each([
  ['brackets', `x = ${'['.repeat(nested)}`],
  ['brackets that are closed', `x = ${'['.repeat(nested / 2)}${']'.repeat(nested / 2)}\n`],
  ['parentheses', `x = ${'('.repeat(nested)}`],
  ['objects', `x = ${'{a='.repeat(nested / 3)}`],
  ['calls', `x = ${'f('.repeat(nested / 2)}`],
  ['templates', `x = ${'"${'.repeat(nested / 3)}`],
  ['indices', `x = a${'[a'.repeat(nested / 2)}`],
  ['conditions', `x = ${'a?'.repeat(nested / 2)}`],
  ['blocks', 'a {\n'.repeat(nested / 4)],
  ['heredocs', `x = ${'<<A\n${'.repeat(nested / 6)}`],
  ['types', `variable "x" {\n  type = ${'list('.repeat(nested / 5)}`],
  ['comprehensions', `x = ${'[for a in '.repeat(nested / 10)}`],
])('%s within each other are refused at the limit of nesting', async (_what, text) => {
  const root = await rootOf({ ...small, 'hostile.tf': text })

  expect(messagesOf(root.diagnostics)).toContain('nested deeper than the limit of 100')
  expect(root.inputs).toContainEqual(expect.objectContaining({ name: 'read', default: 1 }))
})

test('JSON is bounded in the same way', async () => {
  const root = await rootOf({ ...small, 'hostile.tf.json': `{"variable":{"x":${'['.repeat(nested)}` })

  expect(messagesOf(root.diagnostics)).toContain('nested deeper than the limit of 100')
  expect(root.inputs).toContainEqual(expect.objectContaining({ name: 'read', default: 1 }))
})

const long = 400 * 1024
test.each([
  ['heredocs that are never closed', 'x = <<A\n'.repeat(long / 8)],
  ['brackets that are never closed, on a line each', 'x = [\n'.repeat(long / 6)],
  ['strings that are never closed', 'x = "\n'.repeat(long / 6)],
  ['closing braces', '}\n'.repeat(long / 2)],
  ['names alone', 'a\n'.repeat(long / 2)],
  ['one name again and again', `locals {\n${'a = 1\n'.repeat(long / 6)}}\n`],
  ['minus signs', `x = ${'-'.repeat(long)}`],
  ['operators', `x = a${'+a'.repeat(long / 2)}+\n`],
  ['conditions one after the other', `x = ${'a?b:'.repeat(long / 4)}`],
  ['comments that are never closed', '/* '.repeat(long / 3)],
])('of %s only the first mistakes are told', async (_what, text) => {
  const root = await rootOf({ ...small, 'hostile.tf': text })

  expect(root.diagnostics.length).toBeGreaterThan(0)
  expect(root.diagnostics.length).toBeLessThanOrEqual(30)
  expect(root.inputs).toContainEqual(expect.objectContaining({ name: 'read', default: 1 }))
})

test('five thousand files are read', async () => {
  const files = Array.from({ length: 5_000 }, (_, index) => [
    `f${index}.tf`,
    `output "o${index}" {\n  value = ${index}\n}\n`,
  ])

  const { folders, diagnostics } = await inspected(Object.fromEntries(files))

  expect(folders[0]!.outputs).toHaveLength(5_000)
  expect([...diagnostics, ...folders[0]!.diagnostics]).toEqual([])
})

test('a heredoc of a megabyte is read, and kept up to the limit of a text', async () => {
  const text = 'A line of text that says nothing.\n'.repeat(30_840)

  const root = await rootOf({ ...small, 'large.tf': `variable "large" {\n  default = <<EOT\n${text}EOT\n}\n` })

  const [large, read] = root.inputs
  expect(large).toMatchObject({ name: 'large', required: false, default: undefined })
  expect(large!.defaultText).toHaveLength(inspectionLimits.textLength + 1)
  expect(read).toMatchObject({ name: 'read' })
  expect(root.diagnostics).toMatchObject([
    { severity: 'warning', file: 'large.tf', line: 1, message: expect.stringContaining('the limit is 65536') },
  ])
})

test('types are taken apart as deep as they may be nested', async () => {
  const type = `${'list(object({ a = '.repeat(30)}string${' }))'.repeat(30)}`

  const root = await rootOf({ 'main.tf': `variable "deep" {\n  type = ${type}\n}\n` })

  expect(root.diagnostics).toEqual([])
  expect(root.inputs[0]).toMatchObject({ type, typeTree: { kind: 'list', element: { kind: 'object' } } })
  expect(JSON.stringify(root.inputs[0]!.typeTree).match(/"object"/g)).toHaveLength(30)
})

test.each([
  ['moduleBytes', { moduleBytes: 50 }, /would be over the limit/],
  ['fileBytes', { fileBytes: 30 }, /would be over the limit/],
  ['readmeBytes', { readmeBytes: 1024 }, /would be over the limit of 1 KB/],
  ['readmesBytes', { readmesBytes: 1024 }, /would be over the limit of 1 KB/],
  ['folders', { folders: 1 }, /Only 1 folders are read/],
  ['blocks', { blocks: 1 }, /more than 1 blocks/],
  ['deadlineMs', { deadlineMs: -1 }, /longer than the limit/],
  ['structuredLength', { structuredLength: 5 }, /as text only/],
])('what is over %s is left out, and that is said', async (_name, over, message) => {
  const { folders, diagnostics } = await inspected(
    {
      ...small,
      'README.md': 'text '.repeat(500),
      'second.tf': 'variable "second" {\n  default = { long = "enough" }\n}\n',
      'modules/a/main.tf': 'output "a" { value = 1 }\n',
    },
    { ...patientLimits, ...over },
  )

  expect(messagesOf([...diagnostics, ...folders.flatMap((folder) => folder.diagnostics)])).toMatch(message)
})

test('bytes that are no text cost a diagnostic with the place', async () => {
  const root = await rootOf({
    'bom.tf': '\ufeffvariable "bom" {}\n',
    'crlf.tf': 'variable "crlf" {\r\n  default = "a"\r\n}\r\n',
    'latin.tf': Buffer.from('# ok\nvariable "latin" {\n  default = "caf\xe9"\n}\n', 'latin1'),
    'nul.tf': 'variable "nul" {\n  default = "a\0b"\n}\n',
    'wide.tf': Buffer.from('\ufeffvariable "wide" {}\n', 'utf16le'),
  })

  expect(root.inputs.map(({ name }) => name)).toEqual(['bom', 'crlf', 'latin', 'nul'])
  expect(root.inputs.map((input) => input.default)).toEqual([undefined, 'a', 'caf\ufffd', 'a\ufffdb'])
  expect(root.diagnostics).toEqual(
    expect.arrayContaining([
      { severity: 'error', message: 'The file is not UTF-8 from here on.', file: 'latin.tf', line: 3, column: 17 },
      { severity: 'error', message: 'There is a NUL byte here.', file: 'nul.tf', line: 2, column: 15 },
      expect.objectContaining({ severity: 'error', file: 'wide.tf', line: 1, column: 1 }),
    ]),
  )
})
