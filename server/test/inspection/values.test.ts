/** What is read equals what hcl2json reads, for every module of this folder. */
import { expect, test } from 'vitest'
import { errorsIn, rootOf, storedModules } from './inspected.ts'
import { inOrder, oracleOf, saidByOracle, saidByUs, unescaped } from './oracle.ts'

const modules = await storedModules()
const files = modules.flatMap(([module, contents]) =>
  Object.entries(contents).map(([path, text]) => ({ name: `${module}/${path}`, path, text })),
)

/** Numbers that a double does not hold stay as they are written here, and are rounded there. */
const differing = ['big-numbers/main.tf']

const beyondSyntax = /label|outside of any block|declared twice|without quotes/

test('there are at least forty of them', () => {
  expect(modules.length).toBeGreaterThanOrEqual(40)
})

test.each(files.filter(({ name }) => !differing.includes(name)))(
  '$name has the values that hcl2json finds',
  async ({ path, text }) => {
    const oracle = await oracleOf(path, text)

    // Alone and under a name that is no override.
    const root = await rootOf({ [path.replace(/_?override/, 'main')]: text })

    if (!oracle) return expect(errorsIn(root.diagnostics)).not.toEqual([])
    // It knows nothing of which blocks there are, and of how often.
    expect(
      errorsIn(root.diagnostics)
        .map(({ message }) => message)
        .filter((message) => !beyondSyntax.test(message)),
    ).toEqual([])
    expect(unescaped(inOrder(saidByUs(root)))).toEqual(unescaped(inOrder(saidByOracle(oracle, path.endsWith('.json')))))
  },
)
