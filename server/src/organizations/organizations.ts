/** Making, renaming and removing organizations, and handing a namespace from one to another. */
import type { Caller } from '../access/caller.ts'
import { permit, permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
import { namespaceTopic, organizationNotFound } from './namespace.ts'
import {
  deleteOrganizationRow,
  findOrganization,
  insertNewOrganization,
  type OrganizationRow,
  renameOrganization,
} from './organization-queries.ts'
import { findNamespace, findOrganizationId, getNamespace, moveNamespace } from './queries.ts'

type Request = { caller: Caller; requestId?: string }

export async function createOrganization(
  app: App,
  { caller, requestId }: Request,
  wanted: { name: string; displayName: string },
): Promise<OrganizationRow> {
  permitInOrganization(caller, 'organizations:write')
  if (!app.config.multi_tenancy.enabled) throw singleTenant()
  return transaction(app.db, async (tx) => {
    await insertNewOrganization(tx, wanted)
    await record(tx, {
      kind: 'organization.created',
      by: caller,
      subject: wanted.name,
      organization: wanted.name,
      requestId,
    })
    return (await findOrganization(tx, wanted.name))!
  })
}

export async function changeOrganization(
  app: App,
  { caller, requestId }: Request,
  name: string,
  displayName: string,
): Promise<OrganizationRow> {
  const id = await findOrganizationId(app.db, name)
  permitInOrganization(caller, 'organizations:write', id)
  if (!id) throw organizationNotFound(name)
  return transaction(app.db, async (tx) => {
    await renameOrganization(tx, id, displayName)
    await record(tx, {
      kind: 'organization.changed',
      by: caller,
      subject: name,
      organization: name,
      details: { displayName },
      requestId,
    })
    return (await findOrganization(tx, name))!
  })
}

/** Only an empty one: its namespaces have to be somebody's. */
export async function deleteOrganization(
  app: App,
  { caller, requestId }: Request,
  name: string,
): Promise<OrganizationRow> {
  permitInOrganization(caller, 'organizations:write')
  if (name === app.config.multi_tenancy.default_organization) throw defaultStays(name)
  return transaction(app.db, async (tx) => {
    const organization = await findOrganization(tx, name)
    if (!organization) throw organizationNotFound(name)
    if (organization.namespaces > 0) throw notEmpty(name, organization.namespaces)
    await deleteOrganizationRow(tx, organization.id)
    await record(tx, { kind: 'organization.deleted', by: caller, subject: name, organization: name, requestId })
    return organization
  })
}

/** Needs organizations:write at both ends: nobody gives away what is not theirs, or gets what they did not want. */
export async function transferNamespace(app: App, { caller, requestId }: Request, name: string, to: string) {
  const namespace = await findNamespace(app.db, name)
  permit(caller, 'organizations:write', namespace)
  const organizationId = await findOrganizationId(app.db, to)
  permitInOrganization(caller, 'organizations:write', organizationId)
  if (!organizationId) throw organizationNotFound(to)
  const moved = await transaction(app.db, async (tx) => {
    const before = await getNamespace(tx, name)
    await moveNamespace(tx, name, organizationId)
    await record(tx, {
      kind: 'namespace.transferred',
      by: caller,
      subject: name,
      organization: to,
      namespace: name,
      details: { from: before.organization, to },
      requestId,
    })
    await announce(tx, namespaceTopic(name))
    return getNamespace(tx, name)
  })
  app.changes.apply([namespaceTopic(name)])
  return moved
}

const singleTenant = () =>
  new Refusal(
    'conflict',
    'single-tenant',
    'This registry has one organization, as its settings say.',
    'An administrator can set multi_tenancy.enabled to true.',
  )

const defaultStays = (name: string) =>
  new Refusal('conflict', 'default-organization', `${name} is the default organization of this registry and stays.`)

const notEmpty = (name: string, namespaces: number) =>
  new Refusal(
    'conflict',
    'organization-not-empty',
    `Organization ${name} owns ${namespaces === 1 ? 'a namespace' : `${namespaces} namespaces`}.`,
    'Hand them to another organization first: cadastre namespace transfer NAMESPACE --to ORGANIZATION',
  )
