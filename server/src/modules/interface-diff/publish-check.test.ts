/** What a registry says of a version whose number promises more than it keeps: when it is published, and in its lists. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Files, tarGz } from '../../../test/archives.ts'
import { expectStatus } from '../../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry
let blocking: TestRegistry

beforeAll(async () => {
  registry = await startRegistry()
  blocking = await startRegistry({ env: { TFR_PUBLISH_SEMVER_CHECK: 'block' } })
  await registry.given.namespace('acme')
  await blocking.given.namespace('acme')
})
afterAll(() => Promise.all([registry.stop(), blocking.stop()]))

const inputs = (...names: string[]): Files => ({
  'variables.tf': names.map((name) => `variable "${name}" {\n  default = 1\n}\n`).join(''),
})
const publish = (at: TestRegistry, name: string, version: string, files: Files) =>
  at.admin.publishModule(`acme/${name}/aws`, version, tarGz(files))
const published = async (at: TestRegistry, name: string, version: string, files: Files) =>
  expectStatus(await publish(at, name, version, files), 201).json
const steps = async (at: TestRegistry, name: string) =>
  (await at.admin.get(`/api/v1/modules/acme/${name}/aws/versions`)).json.items.map(
    ({ version, measuredStep, measuredFrom }: Record<string, string | null>) => [version, measuredStep, measuredFrom],
  )

test('a version that breaks more than its number says is published with a warning, and its list says what it is', async () => {
  const first = await published(registry, 'warned', '1.0.0', inputs('a', 'b', 'c'))
  const second = await published(registry, 'warned', '1.1.0', inputs('a'))
  const third = await published(registry, 'warned', '1.2.0', inputs('a', 'd'))

  expect([first.warnings, first.version.measuredStep]).toEqual([[], null])
  expect(second.warnings).toEqual([
    'acme/warned/aws 1.1.0 changes more since 1.0.0 than its number says: 2 inputs were removed in a minor release. The input b was removed. The input c was removed. Publish it as 2.0.0, or take those changes back.',
  ])
  expect(third.warnings).toEqual([])
  expect(await steps(registry, 'warned')).toEqual([
    ['1.2.0', 'minor', '1.1.0'],
    ['1.1.0', 'major', '1.0.0'],
    ['1.0.0', null, null],
  ])
})

test('a dry run answers what publishing would, and leaves nothing behind', async () => {
  const dry = (at: TestRegistry, address: string, version: string, files: Files) =>
    at.admin.publishModule(address, version, tarGz(files), { dryRun: 'true' })
  const state = async (at: TestRegistry) => ({
    facts: (await at.facts()).length,
    files: await at.storedFiles(),
    rows: await at.sql(
      'select (select count(*) from modules), (select count(*) from module_versions), (select count(*) from stored_objects)',
    ),
  })
  for (const at of [registry, blocking]) await published(at, 'dry-run', '1.0.0', inputs('a', 'b'))
  const reader = registry.as(await registry.given.key(['modules:read']))
  const before = await Promise.all([registry, blocking].map(state))

  const broken = await dry(registry, 'acme/dry-run/aws', '1.1.0', inputs('a'))
  const fresh = await dry(registry, 'acme/never/aws', '1.0.0', { ...inputs('a'), 'terraform.tfstate': '{}' })
  const same = await dry(registry, 'acme/dry-run/aws', '1.0.0', inputs('a', 'b'))
  const other = await dry(registry, 'acme/dry-run/aws', '1.0.0', inputs('a'))
  const spelled = await dry(registry, 'acme/dry_run/aws', '1.0.0', inputs('a'))
  const empty = await dry(registry, 'acme/never/aws', '1.0.0', { 'README.md': 'x' })
  const blocked = await dry(blocking, 'acme/dry-run/aws', '1.1.0', inputs('a'))

  const anonymous = await registry.anonymous.publishModule('acme/never/aws', '1.0.0', undefined, { dryRun: 'true' })
  const reading = await reader.publishModule('acme/never/aws', '1.0.0', undefined, { dryRun: 'true' })

  expect(broken).toMatchObject({
    status: 200,
    json: {
      outcome: 'would-publish',
      version: { version: '1.1.0', measuredStep: 'major', measuredFrom: '1.0.0' },
      warnings: [expect.stringContaining('Publish it as 2.0.0')],
    },
  })
  expect(fresh.json).toMatchObject({
    outcome: 'would-publish',
    warnings: [expect.stringContaining('terraform.tfstate')],
  })
  expect(same.json.outcome).toBe('already-published')
  expect([other, spelled, empty, blocked].map(({ status, json }) => [status, json.code])).toEqual([
    [409, 'version-exists'],
    [409, 'module-spelling-taken'],
    [422, 'archive-no-configuration'],
    [422, 'version-step-too-small'],
  ])
  expect([anonymous.status, reading.status]).toEqual([401, 403])
  expect(await Promise.all([registry, blocking].map(state))).toEqual(before)
})

test('what followed a version that was deleted is measured against the one before it, until that is restored', async () => {
  await published(registry, 'gap', '1.0.0', inputs('a', 'b'))
  await published(registry, 'gap', '1.1.0', inputs('a'))
  await published(registry, 'gap', '1.2.0', inputs('a', 'd'))
  const middle = '/api/v1/modules/acme/gap/aws/1.1.0'

  await registry.admin.send('DELETE', middle)
  const without = await steps(registry, 'gap')
  expectStatus(await registry.admin.send('POST', `${middle}/restore`), 200)
  const again = await steps(registry, 'gap')

  expect(without[0]).toEqual(['1.2.0', 'major', '1.0.0'])
  expect(again[0]).toEqual(['1.2.0', 'minor', '1.1.0'])
})

test('the same bytes again are no second warning', async () => {
  await published(registry, 'again', '1.0.0', inputs('a'))
  await published(registry, 'again', '1.0.1', inputs())

  const answer = expectStatus(await publish(registry, 'again', '1.0.1', inputs()), 200).json

  expect([answer.outcome, answer.warnings]).toEqual(['already-published', []])
})

test('where it blocks, such a version is refused by name and leaves nothing', async () => {
  await published(blocking, 'held', '1.0.0', inputs('a', 'b', 'c', 'd', 'e'))
  const before = await blocking.storedFiles()

  const refused = await publish(blocking, 'held', '1.1.0', inputs('a'))

  expect(refused.status).toBe(422)
  expect(refused.json).toMatchObject({
    code: 'version-step-too-small',
    detail:
      'acme/held/aws 1.1.0 changes more since 1.0.0 than its number says: 4 inputs were removed in a minor release. The input b was removed. The input c was removed. The input d was removed. And 1 more.',
    hint: 'Publish it as 2.0.0, or take those changes back.',
  })
  expect(await steps(blocking, 'held')).toEqual([['1.0.0', null, null]])
  expect(await blocking.storedFiles()).toEqual(before)
  expect((await published(blocking, 'held', '2.0.0', inputs('a'))).warnings).toEqual([])
})

test('a back-port is measured against its own line, and the number that would do is one that is free', async () => {
  await published(blocking, 'lines', '1.2.3', inputs('a'))
  await published(blocking, 'lines', '2.0.0', inputs('b'))
  await published(blocking, 'lines', '1.3.0', inputs('a', 'c'))

  const fix = await published(blocking, 'lines', '1.2.4', { ...inputs('a'), 'README.md': '# Fixed\n' })
  const added = await publish(blocking, 'lines', '1.2.5', inputs('a', 'd'))
  const broken = await publish(blocking, 'lines', '1.4.0', inputs('c'))

  expect([fix.version.measuredStep, fix.version.measuredFrom]).toEqual(['patch', '1.2.3'])
  expect(added.json.hint).toBe('Publish it as 1.4.0, or take those changes back.')
  expect(broken.json.hint).toBe('Publish it as 3.0.0, or take those changes back.')
})

test('where the last number of a part is taken, the number that would do is of the next larger one', async () => {
  await published(blocking, 'last', '1.0.0', inputs('a'))
  await published(blocking, 'last', '1.9007199254740991.0', inputs('a'))

  const added = await publish(blocking, 'last', '1.0.1', inputs('a', 'b'))

  expect(added.json.hint).toBe('Publish it as 2.0.0, or take those changes back.')
})

test('prereleases are measured against releases, and promise nothing themselves', async () => {
  await published(blocking, 'early', '1.0.0', inputs('a'))
  const candidate = await published(blocking, 'early', '2.0.0-rc.1', inputs('b'))
  const next = await published(blocking, 'early', '2.0.0-rc.2', inputs('c'))
  const release = await published(blocking, 'early', '2.0.0', inputs('d'))

  expect([candidate, next, release].map(({ version }) => version.measuredFrom)).toEqual(['1.0.0', '1.0.0', '1.0.0'])
  expect(expectStatus(await publish(blocking, 'early', '2.1.0-rc.1', inputs()), 422).json.code).toBe(
    'version-step-too-small',
  )
})

test('before 1.0.0 the second number stands for the first', async () => {
  await published(blocking, 'young', '0.1.0', inputs('a'))

  const added = await published(blocking, 'young', '0.1.1', inputs('a', 'b'))
  const broken = await publish(blocking, 'young', '0.1.2', inputs('b'))
  const next = await published(blocking, 'young', '0.2.0', inputs('b'))

  expect([added.version.measuredStep, next.version.measuredStep]).toEqual(['minor', 'major'])
  expect(broken.json.hint).toBe('Publish it as 0.2.0, or take those changes back.')
})

test('what cannot be read is not measured: it is published, and the warning says why', async () => {
  await published(blocking, 'broken', '1.0.0', inputs('a'))

  const { version, warnings } = await published(blocking, 'broken', '1.0.1', { 'variables.tf': 'variable "a" {\n' })

  expect([version.measuredStep, version.measuredFrom]).toEqual([null, null])
  expect(warnings).toEqual([
    expect.stringContaining('variables.tf:1: This block is not closed.'),
    'What acme/broken/aws 1.0.1 changes since 1.0.0 was not measured. Nothing can be said for sure: a part of version 1.0.1 could not be read (variables.tf, line 1).',
  ])
})

test('a broken file beside it hides no break in what was read', async () => {
  const broken = { 'modules/unused/main.tf': 'variable "a" {\n' }
  await published(blocking, 'hidden', '1.0.0', { ...inputs('a'), ...broken })

  const refused = expectStatus(await publish(blocking, 'hidden', '1.0.1', { ...inputs('b'), ...broken }), 422).json
  const fix = await published(blocking, 'hidden', '1.0.1', { ...inputs('a'), ...broken, 'README.md': '# Fixed\n' })

  expect([refused.code, refused.hint]).toEqual([
    'version-step-too-small',
    'Publish it as 2.0.0, or take those changes back.',
  ])
  expect(fix.warnings).toEqual([
    expect.stringContaining('could not be read'),
    expect.stringContaining('was not measured'),
  ])
})

test('of two publishes at once, each is held against what is there when it is written', async () => {
  await published(blocking, 'raced', '1.0.0', inputs('a'))

  const answers = await Promise.all([
    publish(blocking, 'raced', '1.1.0', inputs('a', 'b')),
    publish(blocking, 'raced', '1.2.0', inputs('a')),
  ])

  const bothThere = answers.every(({ status }) => status === 201)
  const list = await steps(blocking, 'raced')
  expect(answers[0]!.status).toBe(201)
  expect(list).toEqual(
    bothThere
      ? [
          ['1.2.0', 'none', '1.0.0'],
          ['1.1.0', 'minor', '1.0.0'],
          ['1.0.0', null, null],
        ]
      : [
          ['1.1.0', 'minor', '1.0.0'],
          ['1.0.0', null, null],
        ],
  )
})

test('switched off, nothing is said, and the step is kept all the same', async () => {
  const silent = await startRegistry({ env: { TFR_PUBLISH_SEMVER_CHECK: 'off' } })
  try {
    await silent.given.namespace('acme')
    await published(silent, 'quiet', '1.0.0', inputs('a'))

    const { version, warnings } = await published(silent, 'quiet', '1.0.1', inputs())

    expect([warnings, version.measuredStep, version.measuredFrom]).toEqual([[], 'major', '1.0.0'])
  } finally {
    await silent.stop()
  }
})

test('versions that were published before are measured when they are read again, back-ports included', async () => {
  for (const [version, files] of [
    ['1.0.0', inputs('a')],
    ['2.0.0', inputs('b')],
    ['1.1.0', inputs('a', 'c')],
  ] as const)
    await published(registry, 'older', version, files)
  await registry.sql(
    'delete from module_knowledge; update module_versions set measured_step = null, measured_from = null',
  )

  const { id } = expectStatus(await registry.admin.send('POST', '/api/v1/modules/inspections'), 202).json
  await expect
    .poll(async () => (await registry.admin.get(`/api/v1/jobs/${id}`)).json.state, { interval: 200 })
    .toBe('done')

  expect(await steps(registry, 'older')).toEqual([
    ['2.0.0', 'major', '1.1.0'],
    ['1.1.0', 'minor', '1.0.0'],
    ['1.0.0', null, null],
  ])
})
