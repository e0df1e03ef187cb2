/** The table in the documentation is the one that decides. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rules } from './rules.ts'

test('the documentation says of each rule what it counts as, and why', () => {
  const page = readFileSync(new URL('../../../../docs/versions-and-verdicts.md', import.meta.url), 'utf8')
  const rows = page.matchAll(/^\| `([a-z-]+)` +\| (breaking|addition|patch) +\| (.+?) +\|$/gm)

  const told = [...rows].map(([, name, severity, reason]) => ({ name, severity, reason }))

  expect(told).toEqual(Object.entries(rules).map(([name, { severity, reason }]) => ({ name, severity, reason })))
})
