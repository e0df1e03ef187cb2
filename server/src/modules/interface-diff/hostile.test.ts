/** Modules that are made to cost: comparing them ends, within bounds that are counted and not timed. */
import type { TypeTree } from '@cadastre/contract/module-knowledge'
import { expect, test } from 'vitest'
import { inspected } from '../../../test/inspection/inspected.ts'
import { parseVersion } from '../../foundation/semver.ts'
import { sameCode } from './change.ts'
import { compareModules } from './compare.ts'
import { resourceChanges } from './resources.ts'
import { rules } from './rules.ts'
import { newEffort, relateTypes } from './type-relation.ts'

const deep = (levels: number, core: TypeTree) => {
  let type = core
  for (let level = 0; level < levels; level += 1) type = { kind: 'list', element: type }
  return type
}

test('types that are nested deeper than anything that is read are not followed to their end, and break', () => {
  for (const levels of [300, 50_000]) {
    const findings = relateTypes(deep(levels, { kind: 'string' }), deep(levels, { kind: 'number' }), newEffort())

    expect(findings.map(({ rule }) => rules[rule].severity)).toEqual(['breaking'])
  }
})

test('types of which every part is held against a large one take no more steps than there are', () => {
  const attributes = Array.from({ length: 3_000 }, (_, index) => ({
    name: `a${index}`,
    type: { kind: 'string' } as TypeTree,
    optional: true,
  }))
  const object: TypeTree = { kind: 'object', attributes }
  const tuple: TypeTree = { kind: 'tuple', elements: Array.from({ length: 3_000 }, () => object) }
  const effort = newEffort()

  const findings = relateTypes(tuple, { kind: 'list', element: object }, effort)

  expect(findings.map(({ rule }) => rule)).toEqual(['type-narrowed'])
  expect(effort.left).toBeGreaterThan(-10_000)
})

test('an address of brackets alone is not searched for keys', () => {
  const place = { file: 'main.tf', line: 1 }
  const moved = Array.from({ length: 100 }, () => ({
    from: '['.repeat(64 * 1024),
    to: '["'.repeat(32 * 1024),
    ...place,
  }))

  expect(resourceChanges([], [], { moved, removed: [], imports: [], checks: [] })).toEqual([])
})

test('texts full of quotes that nobody closes are read once', () => {
  const text = `"${'\\"'.repeat(256 * 1024)}\\`

  expect(sameCode(`a  ${text}`, `b ${text}`)).toBe(false)
  expect(sameCode(`a  ${text}`, `a ${text}`)).toBe(true)
})

test('of more changes than anybody reads all are counted and some are listed', async () => {
  const many = (prefix: string) =>
    Array.from({ length: 9_000 }, (_, index) => `variable "${prefix}${index}" {}\n`).join('')
  const known = async (text: string) => ({
    ...(await inspected({ 'main.tf': text })),
    version: parseVersion('1.0.0'),
    inspection: 'done' as const,
  })

  const { folders, leftOut, verdict } = compareModules(await known(many('a')), await known(many('b')))

  expect([folders[0]!.inputs.length, leftOut, verdict.breaking]).toEqual([5_000, 13_000, 18_000])
  expect(verdict.sentence).toContain('9000 inputs were removed and 9000 required inputs were added')
})
