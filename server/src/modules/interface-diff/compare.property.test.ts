/** What holds of any two versions, whatever is in them. */
import { changeLists } from '@cadastre/contract/change-lists'
import { FolderDiff } from '@cadastre/contract/interface-diff'
import type { Input, Moves, Output, Requirements, Resource, TypeTree } from '@cadastre/contract/module-knowledge'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { typeTrees } from '../../../test/inspection/type-trees.ts'
import { parseVersion } from '../../foundation/semver.ts'
import { type Comparable, compareModules, type Difference } from './compare.ts'
import { relateConstraints } from './constraint-relation.ts'
import { type ComparableFolder, changesIn } from './folders.ts'
import { versionFor } from './steps.ts'
import { newEffort, relateTypes } from './type-relation.ts'

const place = { file: fc.constantFrom('main.tf', 'more.tf'), line: fc.integer({ min: 1, max: 99 }) }
const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'toString')
const words = fc.oneof(fc.constantFrom('', 'one', 'two', ' one '), fc.string({ maxLength: 8, unit: 'binary' }))
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })

const unknown = fc.record({ kind: fc.constant('unknown'), text: words }) as fc.Arbitrary<TypeTree>
const typeTree = typeTrees({ maxDepth: 4, names: name, defaults: fc.constantFrom('1', '"x"'), others: [unknown] })

const number = fc.integer({ min: 0, max: 3 })
const part = fc
  .tuple(fc.constantFrom('', '=', '!=', '>', '>=', '<', '<=', '~>'), fc.array(number, { minLength: 1, maxLength: 3 }))
  .map(([operator, numbers]) => `${operator} ${numbers.join('.')}`)
const constraint = fc.array(part, { minLength: 1, maxLength: 3 }).map((all) => all.join(', '))
const anyConstraint = fc.oneof(constraint, words)

const input: fc.Arbitrary<Input> = fc
  .record({
    name,
    typeTree: maybe(typeTree),
    defaultText: maybe(fc.constantFrom('1', '2', '{ a = 1 }')),
    description: words,
    sensitive: fc.boolean(),
    nullable: fc.boolean(),
    ephemeral: fc.boolean(),
    deprecated: maybe(words),
    validations: fc.array(fc.record({ condition: words, message: words }), { maxLength: 2 }),
    ...place,
  })
  .map((written) => ({
    ...written,
    type: written.typeTree && JSON.stringify(written.typeTree),
    required: written.defaultText === null,
    default: undefined,
  }))

const output: fc.Arbitrary<Output> = fc.record({
  name,
  description: words,
  value: words,
  sensitive: fc.boolean(),
  ephemeral: fc.boolean(),
  deprecated: maybe(words),
  ...place,
})
const resource: fc.Arbitrary<Resource> = fc.record({
  mode: fc.constantFrom('managed', 'data', 'ephemeral'),
  type: fc.constantFrom('aws_vpc', 'null_resource', 'x'),
  name,
  provider: maybe(fc.constantFrom('aws', 'aws.west')),
  repeated: fc.boolean(),
  ...place,
})
const requirements: fc.Arbitrary<Requirements> = fc.record({
  terraform: fc.array(fc.record({ constraint: anyConstraint, ...place }), { maxLength: 2 }),
  providers: fc.array(
    fc.record({
      name,
      source: maybe(fc.constantFrom('hashicorp/a', 'acme/a', 'registry.terraform.io/hashicorp/a')),
      version: maybe(anyConstraint),
      configurationAliases: fc.uniqueArray(fc.constantFrom('a.x', 'a.y'), { maxLength: 2 }),
      ...place,
    }),
    { maxLength: 3 },
  ),
  moduleCalls: fc.array(fc.record({ name, source: maybe(words), version: maybe(words), ...place }), { maxLength: 3 }),
})
const address = fc.oneof(fc.constantFrom('aws_vpc.a', 'aws_vpc.b["x"]', 'module.a', 'module.b[0].aws_vpc.a'), words)
const noMoves = fc.constant<Moves>({ moved: [], removed: [], imports: [], checks: [] })
const anyMoves: fc.Arbitrary<Moves> = fc.record({
  moved: fc.array(fc.record({ from: address, to: address, ...place }), { maxLength: 3 }),
  removed: fc.array(fc.record({ from: address, destroys: fc.boolean(), ...place }), { maxLength: 2 }),
  imports: fc.constant([]),
  checks: fc.constant([]),
})

const folder = (moves: fc.Arbitrary<Moves>): fc.Arbitrary<ComparableFolder> =>
  fc.record({
    kind: fc.constantFrom('root', 'submodule', 'example'),
    path: fc.constantFrom('', 'modules/a', 'modules/b', 'examples/a'),
    inputs: fc.array(input, { maxLength: 3 }),
    outputs: fc.array(output, { maxLength: 3 }),
    resources: fc.array(resource, { maxLength: 3 }),
    requirements,
    moves,
    diagnostics: fc.constant([]),
  })
const file = fc.record({
  path: name,
  sizeBytes: fc.integer({ min: 0, max: 2 }),
  isText: fc.boolean(),
  sha256: fc.constantFrom('aa', 'bb'),
})
const version = fc
  .tuple(number, number, number, fc.constantFrom('', '-rc.1', '-rc.2'))
  .map(([major, minor, patch, prerelease]) => parseVersion(`${major}.${minor}.${patch}${prerelease}`))

const comparable = (moves: fc.Arbitrary<Moves>): fc.Arbitrary<Comparable> =>
  fc.record({
    version,
    inspection: fc.constant('done'),
    folders: fc.uniqueArray(folder(moves), { maxLength: 3, selector: ({ path }) => path }),
    files: fc.uniqueArray(file, { maxLength: 4, selector: ({ path }) => path }),
    diagnostics: fc.constant([]),
  })

const all = ({ folders }: Difference) => folders.flatMap(changesIn)
const mirrored = { added: 'removed', removed: 'added', changed: 'changed', same: 'same' } as const

/** Which things differ, and how. */
const differing = ({ folders, files }: Difference, kindOf: (kind: 'added' | 'removed' | 'changed') => string) =>
  [
    ...folders.flatMap((each) =>
      changeLists.flatMap((list) => each[list].map(({ kind, name }) => `${each.path} ${list} ${kindOf(kind)} ${name}`)),
    ),
    ...files.map(({ kind, path }) => `files ${kindOf(kind)} ${path}`),
  ]
    .filter((line, index, lines) => lines.indexOf(line) === index)
    .sort()

describe('of any two versions', () => {
  test('the answer has its shape, and the verdict is that of the most severe change', () => {
    fc.assert(
      fc.property(comparable(anyMoves), comparable(anyMoves), (from, to) => {
        const difference = compareModules(from, to)
        const severities = new Set(all(difference).map(({ severity }) => severity))
        const { verdict } = difference

        for (const each of difference.folders) FolderDiff.parse(each)
        expect(verdict.measured).toBe(
          severities.has('breaking')
            ? 'major'
            : severities.has('addition')
              ? 'minor'
              : severities.has('patch') || difference.files.length > 0
                ? 'patch'
                : 'none',
        )
        expect(verdict.breaking + verdict.additions + verdict.patches).toBe(all(difference).length)
        expect(verdict.sentence).not.toMatch(/undefined|NaN|object Object/)
      }),
      { numRuns: 3_000 },
    )
  })

  test('a version does not differ from itself', () => {
    fc.assert(
      fc.property(comparable(anyMoves), (known) => {
        const difference = compareModules(known, structuredClone(known))

        expect([all(difference), difference.files, difference.verdict.measured]).toEqual([[], [], 'none'])
      }),
      { numRuns: 2_000 },
    )
  })

  test('what came on the way there went on the way back, and the same things changed', () => {
    fc.assert(
      fc.property(comparable(noMoves), comparable(noMoves), (from, to) => {
        const [there, back] = [compareModules(from, to), compareModules(to, from)]

        expect(differing(there, (kind) => kind)).toEqual(differing(back, (kind) => mirrored[kind]))
      }),
      { numRuns: 3_000 },
    )
  })
})

test('a type that takes all that another took takes all that the one before that took', () => {
  const takesAll = (before: TypeTree, after: TypeTree) =>
    relateTypes(before, after, newEffort()).every(({ rule }) =>
      [
        'type-widened',
        'type-rewritten',
        'attribute-added',
        'attribute-now-optional',
        'attribute-default-changed',
      ].includes(rule),
    )
  let counted = 0
  fc.assert(
    fc.property(typeTree, typeTree, typeTree, (a, b, c) => {
      if (!takesAll(a, b) || !takesAll(b, c)) return
      counted += 1
      expect(takesAll(a, c)).toBe(true)
    }),
    { numRuns: 20_000 },
  )
  // About one triple in two hundred is related; without any the property would say nothing.
  expect(counted).toBeGreaterThan(20)
})

describe('constraints', () => {
  const grid = [0, 1, 2, 3, 4, 5]
  const versions = grid.flatMap((major) => grid.flatMap((minor) => grid.map((patch) => [major, minor, patch] as const)))
  const compare = (a: readonly number[], b: readonly number[]) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!

  /** As the documentation of Terraform says it, one version at a time. */
  function takes(constraint: string, version: readonly [number, number, number], asked: 'terraform' | 'provider') {
    return constraint.split(',').every((written) => {
      const [, operator, text] = /^\s*(\D*?)\s*([\d.]+)$/.exec(written)!
      const numbers = text!.split('.').map(Number)
      const order = compare(version, [numbers[0]!, numbers[1] ?? 0, numbers[2] ?? 0])
      if (operator === '>') return order > 0
      if (operator === '>=') return order >= 0
      if (operator === '<') return order < 0
      if (operator === '<=') return order <= 0
      if (operator === '!=') return order !== 0
      if (operator !== '~>') return order === 0
      const fixed = numbers.length === 1 && asked === 'provider' ? 1 : numbers.length - 1
      return order >= 0 && numbers.slice(0, fixed).every((each, index) => each === version[index])
    })
  }

  test.each(['terraform', 'provider'] as const)('of %s are held against each other as versions show it', (asked) => {
    fc.assert(
      fc.property(constraint, constraint, (before, after) => {
        const relation = relateConstraints(before, after, asked)
        const [was, is] = [before, after].map((each) => versions.filter((version) => takes(each, version, asked)))
        const isNarrower = was!.some((version) => !is!.includes(version))
        const isWider = is!.some((version) => !was!.includes(version))

        const shown = isNarrower ? 'narrowed' : isWider ? 'widened' : 'rewritten'
        expect(relation === 'same' ? 'rewritten' : relation).toBe(shown)
      }),
      { numRuns: 3_000 },
    )
  })

  test('of any text are compared without a fault', () => {
    fc.assert(
      fc.property(maybe(anyConstraint), maybe(anyConstraint), (before, after) => {
        relateConstraints(before, after, 'provider')
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['>= 1.2.0-beta1', '>= 1.2.0', 'narrowed'],
    ['>= 1.2.0', '>= 1.2.0-beta1', 'widened'],
    ['1.2.0-rc.1', '= 1.2.0-rc.1', 'rewritten'],
    ['v1.2.0', '1.2', 'rewritten'],
    ['~> 1.2.0-beta1', '~> 1.2.0', 'narrowed'],
    ['>= 2, < 1', '< 0.0.0', 'rewritten'],
    ['>= 1.0', '1.x', 'unclear'],
    ['>= 1.0', `>= ${'9'.repeat(40)}`, 'unclear'],
    [Array(60).fill('>= 1').join(','), '>= 1', 'unclear'],
    ['', null, 'same'],
  ])('%s and %s', (before, after, relation) => {
    expect(relateConstraints(before, after, 'terraform')).toBe(relation)
  })
})

test('the number that is advised is free, is higher, and may make the step', () => {
  fc.assert(
    fc.property(version, fc.array(version), fc.constantFrom('patch', 'minor', 'major'), (from, taken, step) => {
      const advised = parseVersion(versionFor(step, from, taken))
      const { verdict } = compareModules(
        { version: from, inspection: 'done', folders: [], files: [], diagnostics: [] },
        { version: advised, inspection: 'done', folders: [], files: [], diagnostics: [] },
      )

      expect(taken.map(({ core }) => core)).not.toContain(advised.core)
      expect(verdict.order).toBe('forward')
      expect(['patch', 'minor', 'major'].indexOf(verdict.allowed!)).toBeGreaterThanOrEqual(
        ['patch', 'minor', 'major'].indexOf(step),
      )
    }),
    { numRuns: 1_000 },
  )
})
