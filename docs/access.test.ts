/** docs/access.md shows what roles may do. */
import { readFileSync } from 'node:fs'
import { roles, scopesOfRole } from '@cadastre/contract/roles'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('access.md', import.meta.url), 'utf8')
const words = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word!)

test('the table of roles is the one that the registry goes by', () => {
  const section = /^## Roles$(.*?)^## /ms.exec(page)![1]!
  const rows = [...section.matchAll(/^\| (`[a-z_]+`) +\| (.*?) +\|$/gm)]

  expect(rows.map(([, role, scopes]) => [words(role!)[0], words(scopes!)])).toEqual(
    roles.map((role) => [role, [...scopesOfRole[role]]]),
  )
})
