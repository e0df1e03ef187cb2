/** Prints the OpenAPI document from the routes. Everything is real but nothing is asked: no route is called. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildHttp } from '../server/src/app.ts'
import { loadSettings } from '../server/src/foundation/config/load.ts'
import { listenForChanges } from '../server/src/foundation/database/changes.ts'
import { createDatabase } from '../server/src/foundation/database/database.ts'
import { openEgress } from '../server/src/foundation/egress.ts'
import { uploadSlots } from '../server/src/foundation/http/upload-slots.ts'
import { createJobs } from '../server/src/foundation/jobs.ts'
import { createLog } from '../server/src/foundation/log.ts'
import { createMetrics } from '../server/src/foundation/metrics.ts'
import { urlSigner } from '../server/src/foundation/signed-url.ts'
import { openStorages } from '../server/src/foundation/storage/open.ts'
import { createWorkers } from '../server/src/foundation/workers.ts'

const folder = await mkdtemp(join(tmpdir(), 'cadastre-openapi-'))
const { config } = loadSettings({ cwd: folder, env: {} })
const log = createLog({ level: 'error', format: 'json', output: 'stderr' })
const nowhere = { host: join(folder, 'nobody-listens-here') }
const { db, pool, close } = createDatabase(nowhere, { maxConnections: 1, log })
const changes = listenForChanges(nowhere, log)
const { http } = await buildHttp(
  {
    config,
    db,
    ownConnection: () => Promise.reject(new Error('nothing is asked')),
    changes,
    storages: await openStorages(config.storage),
    uploads: folder,
    uploadSlots: uploadSlots(),
    jobs: createJobs(pool, log),
    workers: createWorkers({ log }),
    signer: urlSigner(Buffer.alloc(32), Date.now),
    derivedKey: () => Buffer.alloc(32),
    egress: openEgress([]),
    metrics: createMetrics('openapi'),
    log,
    isPassing: false,
    stopping: () => false,
    clock: Date.now,
  },
  { described: true },
)
await http.ready()
const document = withoutTwins((http as unknown as { swagger(): Document }).swagger())
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
await http.close()
await changes.close()
await close()
await rm(folder, { recursive: true })
process.exit(0)

type Document = { components: { schemas: Record<string, unknown> } }

/** What goes in and what comes out of one schema are printed as two components; where one is enough, one stays. */
function withoutTwins(document: Document): Document {
  let text = JSON.stringify(document)
  const referenced = (name: string) => text.includes(`"#/components/schemas/${name}"`)
  const { schemas } = document.components
  for (const name of Object.keys(schemas).filter((each) => each.endsWith('Input'))) {
    const plain = name.slice(0, -'Input'.length)
    const same = JSON.stringify(schemas[name]).replaceAll('Input"', '"') === JSON.stringify(schemas[plain])
    if (!same && referenced(plain) && referenced(name)) continue
    if (!same && referenced(name)) schemas[plain] = schemas[name]
    delete schemas[name]
    text = JSON.stringify(document).replaceAll(`"#/components/schemas/${name}"`, `"#/components/schemas/${plain}"`)
    Object.assign(document, JSON.parse(text))
    Object.assign(schemas, document.components.schemas)
    document.components.schemas = schemas
  }
  for (const name of Object.keys(schemas))
    if (!JSON.stringify(document).includes(`/schemas/${name}"`)) delete schemas[name]
  return document
}
