/** Who may see what is catalogued: a namespace as its registry is seen, unless something else was set for it. */
import type { Asker } from '../access/asker.ts'
import { permitInOrganization, type Visibility } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import { notCatalogued } from './hostname.ts'
import { catalogueTopic } from './topic.ts'
import {
  deleteNamespaceVisibility,
  findNamespaceVisibility,
  getSource,
  lockSourceVisibility,
  type SourceRow,
  updateSourceVisibility,
  upsertNamespaceVisibility,
} from './visibility-queries.ts'

/** Of a registry, and so of all its namespaces for which nothing else was set. */
export const changeSourceVisibility = (app: App, asker: Asker, hostname: string, visibility: Visibility) =>
  change(app, asker, hostname, async (tx, from) => {
    await updateSourceVisibility(tx, hostname, visibility)
    return { subject: hostname, details: { from, to: visibility } }
  })

/** @param visibility undefined: as its registry from now on */
export const changeNamespaceVisibility = (
  app: App,
  asker: Asker,
  { hostname, namespace }: { hostname: string; namespace: string },
  visibility: Visibility | undefined,
) =>
  change(app, asker, hostname, async (tx, ofSource) => {
    const from = (await findNamespaceVisibility(tx, hostname, namespace)) ?? ofSource
    if (visibility === undefined) await deleteNamespaceVisibility(tx, hostname, namespace)
    else await upsertNamespaceVisibility(tx, hostname, namespace, visibility)
    return { subject: `${hostname}/${namespace}`, details: { from, to: visibility ?? ofSource } }
  })

async function change(
  app: App,
  asker: Asker,
  hostname: string,
  make: (tx: Tx, visibility: Visibility) => Promise<{ subject: string; details: Record<string, unknown> }>,
): Promise<SourceRow> {
  permitInOrganization(asker.caller, 'mirrors:manage')
  const changed = await transaction(app.db, async (tx) => {
    const visibility = await lockSourceVisibility(tx, hostname)
    if (!visibility) throw notCatalogued(hostname)
    await record(tx, { kind: 'catalogue.changed', by: asker, ...(await make(tx, visibility)) })
    await announce(tx, catalogueTopic(hostname))
    return getSource(tx, hostname)
  })
  app.changes.apply([catalogueTopic(hostname)])
  return changed
}
