/** That lists show in SQL what permissions say without it. */
import { workScopes } from '@cadastre/contract/namespaces'
import { scopes } from '@cadastre/contract/scopes'
import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../test/database.ts'
import { anonymous, type Caller, type Grant, system } from '../access/caller.ts'
import { heldNamespaces, may, type NamespaceRights, readableNamespaces, type Visibility } from '../access/permit.ts'
import { createDatabase, type Database, transaction } from '../foundation/database/database.ts'
import { findNamespace, findOrganizationId, insertNamespace, insertOrganization, listNamespaces } from './queries.ts'

let copy: TestDatabase
let database: Database
const namespaces: NamespaceRights[] = []
const visibilities: Visibility[] = ['internal', 'private', 'public']
const organizations = ['acme', 'other']
const names = organizations.flatMap((organization) => visibilities.map((visibility) => `${organization}-${visibility}`))

beforeAll(async () => {
  copy = await copyOfTemplate()
  database = createDatabase(copy.application, { maxConnections: 2, log: pino({ level: 'silent' }) })
  for (const organization of organizations) {
    await insertOrganization(database.db, organization)
    const id = (await findOrganizationId(database.db, organization))!
    for (const visibility of visibilities) {
      const name = `${organization}-${visibility}`
      await transaction(database.db, (tx) =>
        insertNamespace(tx, { name, organization: { id, name: organization }, visibility }),
      )
      namespaces.push((await findNamespace(database.db, name))!)
    }
  }
})
afterAll(async () => {
  await database?.close()
  await copy?.drop()
})

const grant = fc
  .record(
    {
      organization: fc.constantFrom(...organizations, 'platform'),
      scopes: fc.uniqueArray(fc.constantFrom(...scopes, 'modules:read', 'modules:write'), { maxLength: 3 }),
      namespaces: fc.uniqueArray(fc.constantFrom(...names, 'unknown'), { maxLength: 4 }),
    },
    { requiredKeys: ['organization', 'scopes'] },
  )
  .map((grant): Grant => ({ ...grant, organization: idOf(grant.organization) }))
const key = fc
  .array(grant, { maxLength: 3 })
  .map((grants): Caller => ({ kind: 'api-key', id: '1', name: 'a key', grants }))

test('a list of namespaces has exactly those that the caller may read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constantFrom(anonymous, system), { weight: 20, arbitrary: key }), async (caller) => {
      const listed = await listNamespaces(database.db, readableNamespaces(caller, 'modules:read'), {
        after: '',
        limit: 100,
      })

      const readable = namespaces.filter((namespace) => may(caller, 'modules:read', namespace))
      expect(listed.map(({ name }) => name)).toEqual(readable.map(({ name }) => name))
    }),
    { numRuns: 300 },
  )
})

test('and where something may be done, exactly those, readable or not', async () => {
  await fc.assert(
    fc.asyncProperty(key, fc.constantFrom(...workScopes), async (caller, scope) => {
      const listed = await listNamespaces(database.db, readableNamespaces(caller, 'modules:read'), {
        ...{ after: '', limit: 100 },
        held: heldNamespaces(caller, scope),
      })

      const held = namespaces.filter((each) => may(caller, scope, each))
      expect(listed.map(({ name }) => name)).toEqual(held.map(({ name }) => name))
    }),
    { numRuns: 300 },
  )
})

function idOf(organization: string): string {
  const owned = namespaces.find(({ name }) => name.startsWith(`${organization}-`))
  return owned?.organizationId ?? organization
}
