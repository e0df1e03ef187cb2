/** That types take what we say they take is asked of terraform itself, with values that fit the older type. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TypeTree } from '@cadastre/contract/module-knowledge'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { typeTrees } from '../../../test/inspection/type-trees.ts'
import { rules } from './rules.ts'
import { newEffort, relateTypes } from './type-relation.ts'

const typeTree = typeTrees({ maxDepth: 3, names: fc.constantFrom('a', 'b', 'c') })

/** Something of the older type is kept in the newer one, or most pairs would have nothing to do with each other. */
function near(type: TypeTree): fc.Arbitrary<TypeTree> {
  const others = fc.oneof({ weight: 3, arbitrary: fc.constant(type) }, { weight: 1, arbitrary: typeTree })
  const primitives: fc.Arbitrary<TypeTree> = fc.constantFrom({ kind: 'string' }, { kind: 'any' }, type)
  if (type.kind === 'list' || type.kind === 'set') {
    return fc.record({ kind: fc.constantFrom('list', 'set'), element: near(type.element!) }) as fc.Arbitrary<TypeTree>
  }
  if (type.kind === 'map')
    return fc.oneof(
      near(type.element!).map((element) => ({ kind: 'map' as const, element })),
      others,
    )
  if (type.kind === 'tuple' && type.elements!.length > 0) {
    return fc.oneof(
      fc.tuple(...type.elements!.map(near)).map((elements) => ({ kind: 'tuple' as const, elements })),
      near(type.elements![0]!).map((element) => ({ kind: 'list' as const, element })),
    )
  }
  if (type.kind === 'object' && type.attributes!.length > 0) {
    return fc.oneof(
      fc.tuple(...type.attributes!.map((attribute) => near(attribute.type))).map((types) => ({
        kind: 'object' as const,
        attributes: [
          ...types.map((each, index) => ({ ...type.attributes![index]!, type: each, optional: true })),
          { name: 'd', type: { kind: 'string' as const }, optional: true },
        ],
      })),
      near(type.attributes![0]!.type).map((element) => ({ kind: 'map' as const, element })),
    )
  }
  return fc.oneof(primitives, others)
}

function written(type: TypeTree): string {
  if (type.kind === 'tuple') return `tuple([${type.elements!.map(written).join(', ')}])`
  if (type.kind === 'object') {
    const attributes = type.attributes!.map(({ name, type: of, optional }) =>
      optional ? `${name} = optional(${written(of)})` : `${name} = ${written(of)}`,
    )
    return `object({ ${attributes.join(', ')} })`
  }
  return type.element ? `${type.kind}(${written(type.element)})` : type.kind
}

/** An expression that the type may take; terraform has the last word. */
function fitting(type: TypeTree): fc.Arbitrary<string> {
  switch (type.kind) {
    case 'string':
      return fc.constantFrom('"x"', '"true"', '"1"', '2', 'false')
    case 'number':
      return fc.constantFrom('1', '2.5', '"3"')
    case 'bool':
      return fc.constantFrom('true', 'false', '"true"')
    case 'tuple':
      return fc.tuple(...type.elements!.map(fitting)).map((all) => `[${all.join(', ')}]`)
    case 'object':
      return fc
        .tuple(...type.attributes!.map(({ name, type: of, optional }) => attributeOf(name, of, optional)))
        .map((all) => `{ ${all.filter((each) => each !== '').join(', ')} }`)
    case 'list':
    case 'set':
      return fc.array(fitting(type.element!), { maxLength: 3 }).map((all) => `[${all.join(', ')}]`)
    case 'map':
      return fc
        .array(fitting(type.element!), { maxLength: 3 })
        .map((all) => `{ ${all.map((value, index) => `k${index} = ${value}`).join(', ')} }`)
    default:
      return fc.constantFrom('"x"', '1', 'true', '["x"]', '{ a = 1 }')
  }
}

const attributeOf = (name: string, type: TypeTree, optional: boolean): fc.Arbitrary<string> => {
  const given = fitting(type).map((value) => `${name} = ${value}`)
  return optional ? fc.oneof(given, fc.constant('')) : given
}

const run = promisify(execFile)

/** @returns for each call whether terraform takes its value */
async function takenByTerraform(calls: { type: string; value: string }[]): Promise<boolean[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-types-'))
  try {
    const types = [...new Set(calls.map(({ type }) => type))]
    for (const [index, type] of types.entries()) {
      await mkdir(join(folder, `t${index}`))
      await writeFile(join(folder, `t${index}`, 'main.tf'), `variable "it" {\n  type = ${type}\n}\n`)
    }
    // Four lines each, so that the line of a diagnostic says which call it is about.
    const blocks = calls.map(
      ({ type, value }, index) => `module "c${index}" {\nsource = "./t${types.indexOf(type)}"\nit = ${value}\n}\n`,
    )
    await writeFile(join(folder, 'main.tf'), blocks.join(''))
    const options = { cwd: folder, env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' } }
    await run('terraform', ['init', '-backend=false', '-input=false'], { ...options, maxBuffer: 64 * 1024 ** 2 })
    const { stdout } = await run('terraform', ['validate', '-json'], { ...options, maxBuffer: 64 * 1024 ** 2 }).catch(
      (error) => error as { stdout: string },
    )
    const refused = (JSON.parse(stdout).diagnostics as { severity: string; range: { start: { line: number } } }[])
      .filter(({ severity }) => severity === 'error')
      .map(({ range }) => Math.floor((range.start.line - 1) / 4))
    return calls.map((_, index) => !refused.includes(index))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const hasTerraform = () => {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.skipIf(!hasTerraform())('with terraform on the PATH', () => {
  test('whatever the older type took, a type takes of which nothing is said to break', async () => {
    const cases = fc
      .sample(
        typeTree.chain((before) => fc.tuple(fc.constant(before), near(before), fitting(before))),
        { numRuns: 4_000, seed: 20 },
      )
      .filter(([before, after]) => {
        const findings = relateTypes(before, after, newEffort())
        return findings.length > 0 && findings.every(({ rule }) => rules[rule].severity !== 'breaking')
      })
      .slice(0, 400)

    const calls = cases.flatMap(([before, after, value]) =>
      [before, after].map((type) => ({ type: written(type), value })),
    )
    const taken = await takenByTerraform(calls)

    const tookBefore = cases.filter((_, index) => taken[2 * index])
    const refusedNow = cases
      .filter((_, index) => taken[2 * index] && !taken[2 * index + 1])
      .map(([before, after, value]) => `${written(before)} -> ${written(after)}: ${value}`)
    expect(tookBefore.length).toBeGreaterThan(200)
    expect(refusedNow).toEqual([])
  })
})
