/** Two published versions compared over HTTP: what differs, what the verdict is, and who gets to see it. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Files, tarGz } from '../../../test/archives.ts'
import { expectStatus } from '../../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry

const first: Files = {
  'main.tf': 'resource "aws_vpc" "this" {}\n',
  'variables.tf':
    'variable "cidr" {\n  type = string\n}\n\nvariable "zones" {\n  type    = list(string)\n  default = []\n}\n',
  'outputs.tf': 'output "id" {\n  value = aws_vpc.this.id\n}\n',
  'modules/subnets/main.tf': 'variable "size" {}\n',
  'README.md': '# One\n',
}
const versions: Record<string, Files> = {
  '1.0.0': first,
  '1.0.1': { ...first, 'README.md': '# Two\n' },
  '1.1.0-rc.1': { ...first, 'outputs.tf': '' },
  '1.1.0': { ...first, 'outputs.tf': '' },
  '1.2.0': { ...first, 'more.tf': 'variable "tags" {\n  type    = map(string)\n  default = {}\n}\n' },
  '1.3.0': { ...first, 'bytes.bin': Buffer.from([0, 1, 2]), 'large.txt': randomBytes(600_000).toString('hex') },
  '2.0.0': { 'main.tf': 'variable "cidr" {\n  type = number\n' },
}

beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.given.namespace('secret', 'private')
  for (const [version, files] of Object.entries(versions))
    expectStatus(await registry.admin.publishModule('acme/vpc/aws', version, tarGz(files)), 201)
  expectStatus(await registry.admin.publishModule('secret/vpc/aws', '1.0.0', tarGz(first)), 201)
})
afterAll(() => registry.stop())

const path = (from: string, to: string, module = 'acme/vpc/aws') => `/api/v1/modules/${module}/compare/${from}...${to}`
const compared = async (from: string, to: string) =>
  expectStatus(await registry.anonymous.get(path(from, to)), 200).json

test('an output that is gone in a minor release is told with its place, and is too much for its number', async () => {
  const { verdict, folders, files, from, to, leftOut } = await compared('1.0.0', '1.1.0')

  expect(verdict).toMatchObject({
    order: 'forward',
    measured: 'major',
    stated: 'minor',
    allowed: 'minor',
    enough: false,
    sentence: '1 output was removed in a minor release.',
  })
  expect(folders[0].outputs).toEqual([
    {
      rule: 'output-removed',
      kind: 'removed',
      name: 'id',
      what: 'The output id was removed.',
      before: null,
      after: null,
      severity: 'breaking',
      reason: 'Whoever reads it is refused.',
      from: { file: 'outputs.tf', line: 1 },
      to: null,
    },
  ])
  expect(folders.map(({ path, kind }: { path: string; kind: string }) => [path, kind])).toEqual([
    ['', 'changed'],
    ['modules/subnets', 'same'],
  ])
  expect(files).toEqual([{ path: 'outputs.tf', kind: 'changed', sizeBefore: 42, sizeAfter: 0, isText: true }])
  expect([from.version, from.inspection, to.version, to.errors, leftOut]).toEqual(['1.0.0', 'done', '1.1.0', 0, 0])
})

describe('verdicts', () => {
  test.each([
    [
      '1.0.0',
      '1.0.1',
      ['patch', 'patch', true, 'The interface stayed the same and 1 file was changed in a patch release.'],
    ],
    ['1.0.0', '1.2.0', ['minor', 'minor', true, '1 input was added in a minor release.']],
    ['1.0.0', '1.1.0-rc.1', ['major', 'minor', false, '1 output was removed in a minor release.']],
    ['1.1.0-rc.1', '1.1.0', ['none', 'none', true, 'Nothing differs between 1.1.0-rc.1 and 1.1.0.']],
    ['1.1.0-rc.1', '1.2.0', ['minor', 'minor', true, '1 input was added and 1 output was added in a minor release.']],
    ['1.1.0', '1.0.0', ['minor', null, null, '1 output was added from 1.1.0 back to 1.0.0.']],
    ['1.0.0', '1.0.0', ['none', 'none', true, 'Nothing differs between 1.0.0 and 1.0.0.']],
    [
      'v1.0.0',
      '1.0.1',
      ['patch', 'patch', true, 'The interface stayed the same and 1 file was changed in a patch release.'],
    ],
  ])('from %s to %s', async (from, to, expected) => {
    const { measured, stated, enough, sentence } = (await compared(from, to)).verdict

    expect([measured, stated, enough, sentence]).toEqual(expected)
  })

  test('a version that cannot be parsed is compared as far as it was read, and nothing is claimed of the whole', async () => {
    const { verdict, to, folders } = await compared('1.0.0', '2.0.0')

    expect([verdict.measured, verdict.enough, to.errors]).toEqual([null, null, 1])
    expect(verdict.sentence).toBe(
      'Nothing can be said for sure: a part of version 2.0.0 could not be read (main.tf, line 1).',
    )
    expect(folders[0].kind).toBe('changed')
  })

  test('a version that nobody has read yet, or that could not be read, says so instead of empty lists', async () => {
    await registry.sql(`delete from module_knowledge where version_id = (select id from module_versions where version = '1.0.1');
      update module_knowledge set state = 'failed'
        where version_id = (select id from module_versions where version = '1.1.0')`)

    const [waiting, failed] = [await compared('1.0.1', '1.2.0'), await compared('1.0.0', '1.1.0')]

    expect([waiting.from.inspection, waiting.verdict.measured, waiting.folders, waiting.verdict.sentence]).toEqual([
      'waiting',
      null,
      [],
      'Nothing can be said yet: version 1.0.1 was not read so far.',
    ])
    expect([failed.to.inspection, failed.verdict.measured, failed.verdict.sentence]).toEqual([
      'failed',
      null,
      'Nothing can be said: version 1.1.0 could not be read.',
    ])
  })
})

describe('one file', () => {
  const file = (from: string, to: string, name: string) =>
    registry.anonymous.get(`${path(from, to)}/file?path=${encodeURIComponent(name)}`)

  test('is shown line by line, also when only one version has it', async () => {
    const changed = expectStatus(await file('1.0.0', '1.0.1', 'README.md'), 200).json
    const added = expectStatus(await file('1.0.0', '1.2.0', 'more.tf'), 200).json
    const same = expectStatus(await file('1.0.0', '1.2.0', 'main.tf'), 200).json

    expect(changed).toEqual({
      path: 'README.md',
      kind: 'changed',
      hunks: [
        {
          lines: [
            { kind: 'removed', before: 1, after: null, text: '# One' },
            { kind: 'added', before: null, after: 1, text: '# Two' },
          ],
        },
      ],
      notShown: null,
    })
    expect([added.kind, added.hunks[0].lines.length, same.kind, same.hunks]).toEqual(['added', 4, 'same', []])
  })

  test('that is no text, or too large, says so', async () => {
    expect((await file('1.0.0', '1.3.0', 'bytes.bin')).json).toMatchObject({ hunks: null, notShown: 'not-text' })
    expect((await file('1.0.0', '1.3.0', 'large.txt')).json).toMatchObject({ hunks: null, notShown: 'too-large' })
  })

  test('is not answered with more than it is worth: each control character is six letters of an answer', async () => {
    for (const [version, character] of [
      ['1.0.0', '\u0001'],
      ['1.0.1', '\u0002'],
    ] as const) {
      const files = { ...first, 'bells.txt': character.repeat(1_000_000) }
      expectStatus(await registry.admin.publishModule('acme/bells/aws', version, tarGz(files)), 201)
    }

    const compared = await registry.anonymous.get(
      '/api/v1/modules/acme/bells/aws/compare/1.0.0...1.0.1/file?path=bells.txt',
    )
    const shown = await registry.anonymous.get('/api/v1/modules/acme/bells/aws/1.0.0/files/view?path=bells.txt')

    expect(compared.json).toEqual({ path: 'bells.txt', kind: 'changed', hunks: null, notShown: 'too-large' })
    expect(shown.json).toEqual({ path: 'bells.txt', sizeBytes: 1_000_000, lines: null })
  })

  test('that neither has, is not there', async () => {
    const { status, json } = await file('1.0.0', '1.0.1', 'none.tf')

    expect([status, json.code]).toEqual([404, 'module-file-not-found'])
  })
})

describe('who gets no answer', () => {
  test.each([
    ['1.0.0', '9.9.9', 'acme/vpc/aws', 'version-not-found'],
    ['9.9.9', '1.0.0', 'acme/vpc/aws', 'version-not-found'],
    ['one', '1.0.0', 'acme/vpc/aws', 'version-not-found'],
    ['1.0.0', '.2.0.0', 'acme/vpc/aws', 'version-not-found'],
    ['1.0.0', '1.2.0', 'acme/none/aws', 'version-not-found'],
  ])('%s...%s of %s', async (from, to, module, code) => {
    const { status, json } = await registry.admin.get(path(from, to, module))

    expect([status, json.code]).toEqual([404, code])
  })

  test('a module of a private namespace is not there for strangers, and a deleted version for readers', async () => {
    const secret = path('1.0.0', '1.0.0', 'secret/vpc/aws')
    expectStatus(await registry.admin.send('DELETE', '/api/v1/modules/acme/vpc/aws/1.2.0'), 200)
    const deleted = path('1.0.0', '1.2.0')

    const asked = [
      await registry.anonymous.get(secret),
      await registry.admin.get(secret),
      await registry.anonymous.get(deleted),
      await registry.admin.get(deleted),
      await registry.anonymous.get(`${secret}/file?path=main.tf`),
      await registry.anonymous.get(`${deleted}/file?path=main.tf`),
    ]

    expect(asked.map(({ status }) => status)).toEqual([401, 200, 404, 200, 401, 404])
    expect(asked[3]!.json.to.state).toBe('deleted')
  })
})
