import { expect, test } from 'vitest'
import { settingsReference } from './reference.ts'
import { leaves, variableOf } from './sources.ts'

test('every setting is in the reference, with its variable', () => {
  const lines = settingsReference().split('\n')

  const missing = leaves.filter(
    ({ key }) => lines.filter((line) => line.startsWith(`- **\`${key}\`** (\`${variableOf(key)}\`): `)).length !== 1,
  )
  expect(missing).toEqual([])
})
