/** Making, renaming and removing organizations, and handing a namespace from one to another. */
import type { Asker } from '../access/asker.ts'
import { permit, permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
import { listMemberIds } from './member-queries.ts'
import { namespaceTopic, organizationTopic } from './namespace.ts'
import {
  deleteOrganizationRow,
  findOrganization,
  insertNewOrganization,
  lockOrganization,
  type OrganizationRow,
  renameOrganization,
} from './organization-queries.ts'
import { permittedPlace } from './place.ts'
import { getNamespace, lockNamespace, moveNamespace } from './queries.ts'
import { userTopic } from './user.ts'
import { lockPlatform } from './user-queries.ts'

export async function createOrganization(
  app: App,
  asker: Asker,
  wanted: { name: string; displayName: string },
): Promise<OrganizationRow> {
  permitInOrganization(asker.caller, 'organizations:write')
  if (!app.config.multi_tenancy.enabled) throw singleTenant()
  return transaction(app.db, async (tx) => {
    await insertNewOrganization(tx, wanted)
    await record(tx, {
      kind: 'organization.created',
      by: asker,
      subject: wanted.name,
      organization: wanted.name,
    })
    return (await findOrganization(tx, wanted.name))!
  })
}

export async function changeOrganization(
  app: App,
  asker: Asker,
  name: string,
  displayName: string,
): Promise<OrganizationRow> {
  return transaction(app.db, async (tx) => {
    await renameOrganization(tx, await permittedPlace(tx, asker.caller, 'organizations:write', name), displayName)
    await record(tx, {
      kind: 'organization.changed',
      by: asker,
      subject: name,
      organization: name,
      details: { displayName },
    })
    return (await findOrganization(tx, name))!
  })
}

/** Only an empty one: its namespaces have to be somebody's. Roles in it end, and so do its API keys. */
export async function deleteOrganization(app: App, asker: Asker, name: string): Promise<OrganizationRow> {
  const { deleted, topics } = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    const id = await permittedPlace(tx, asker.caller, 'organizations:read', name)
    permitInOrganization(asker.caller, 'organizations:write')
    if (name === app.config.multi_tenancy.default_organization) throw defaultStays(name)
    await lockOrganization(tx, id)
    const organization = (await findOrganization(tx, name))!
    if (organization.namespaces > 0) throw notEmpty(name, organization.namespaces)
    const topics = [organizationTopic(id), ...(await listMemberIds(tx, id)).map(userTopic)]
    await deleteOrganizationRow(tx, id)
    await record(tx, {
      kind: 'organization.deleted',
      by: asker,
      subject: name,
      organization: name,
      details: { members: organization.members },
    })
    await announce(tx, ...topics)
    return { deleted: organization, topics }
  })
  app.changes.apply(topics)
  return deleted
}

/** Needs organizations:write at both ends: nobody gives away what is not theirs, or gets what they did not want. */
export async function transferNamespace(app: App, asker: Asker, name: string, to: string) {
  const moved = await transaction(app.db, async (tx) => {
    const namespace = await lockNamespace(tx, name)
    permit(asker.caller, 'organizations:write', namespace)
    // A key that is limited to namespaces has no say in whose they are.
    permitInOrganization(asker.caller, 'organizations:write', namespace.organizationId)
    const organizationId = await permittedPlace(tx, asker.caller, 'organizations:write', to)
    const before = await getNamespace(tx, name)
    if (organizationId === namespace.organizationId) return before
    await moveNamespace(tx, name, { id: organizationId, name: to })
    await record(tx, {
      kind: 'namespace.transferred',
      by: asker,
      subject: name,
      organization: to,
      namespace: name,
      details: { from: before.organization, to },
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
