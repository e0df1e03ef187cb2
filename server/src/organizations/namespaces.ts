/** Claiming a namespace and changing who may read it. */
import type { Asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { canRead, type NamespaceRights, permit, permitInOrganization, type Visibility } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { namespaceMissing, namespaceTaken, namespaceTopic, organizationNotFound } from './namespace.ts'
import {
  findNamesake,
  findNamespace,
  findOrganizationId,
  getNamespace,
  insertNamespace,
  updateVisibility,
} from './queries.ts'

export async function createNamespace(
  app: App,
  asker: Asker,
  wanted: { name: string; organization?: string; visibility: Visibility },
) {
  const name = wanted.name.toLowerCase()
  const organization = wanted.organization ?? app.config.multi_tenancy.default_organization
  const organizationId = await findOrganizationId(app.db, organization)
  permitInOrganization(asker.caller, 'organizations:write', organizationId)
  if (!organizationId) throw organizationNotFound(organization)
  const namesake = await findNamesake(app.db, name)
  if (namesake) throw namespaceTaken(name, canRead(asker.caller, namesake) ? namesake.name : undefined)
  const created = await transaction(app.db, async (tx) => {
    await insertNamespace(tx, {
      name,
      organization: { id: organizationId, name: organization },
      visibility: wanted.visibility,
    })
    await record(tx, {
      kind: 'namespace.created',
      by: asker,
      subject: name,
      organization,
      namespace: name,
      details: { visibility: wanted.visibility },
    })
    await announce(tx, namespaceTopic(name))
    return getNamespace(tx, name)
  })
  app.changes.apply([namespaceTopic(name)])
  return created
}

export async function changeVisibility(app: App, asker: Asker, name: string, visibility: Visibility) {
  const namespace = await findNamespace(app.db, name)
  permit(asker.caller, 'organizations:write', namespace)
  const changed = await transaction(app.db, async (tx) => {
    await updateVisibility(tx, name, visibility)
    await record(tx, {
      kind: 'namespace.changed',
      by: asker,
      subject: name,
      namespace: name,
      details: { from: namespace.visibility, to: visibility },
    })
    await announce(tx, namespaceTopic(name))
    return getNamespace(tx, name)
  })
  app.changes.apply([namespaceTopic(name)])
  return changed
}

/**
 * The namespace that somebody wants to publish into. One that they may not read is missing for them, not forbidden, and
 * they are told how one is made.
 */
export async function namespaceToPublishIn(
  app: App,
  caller: Caller,
  scope: 'modules:write' | 'providers:write',
  name: string,
): Promise<NamespaceRights & { id: string }> {
  const namespace = await findNamespace(app.db, name)
  const hidden = !namespace || !canRead(caller, namespace)
  if (hidden && caller.kind !== 'anonymous') throw namespaceMissing(name)
  permit(caller, scope, namespace)
  return namespace
}
