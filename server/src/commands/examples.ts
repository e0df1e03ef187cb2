/** The examples of this checkout, published into an empty registry, and the two files that `terraform` needs to use them. */
import { randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { noSource } from '@cadastre/contract/version-source'
import { system } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { serverRoot } from '../foundation/server-root.ts'
import type { KeptEntry } from '../modules/archive-entries.ts'
import { writeNormalForm } from '../modules/archive-normal-form.ts'
import { publishModule } from '../modules/publish.ts'
import { createNamespace } from '../organizations/namespaces.ts'
import { findNamespace, hasOtherNamespaces } from '../organizations/queries.ts'
import { publishExampleProviders } from './example-providers.ts'
import { keyInFile, makeKey, writeSecret } from './first-keys.ts'

/** A folder for each version of each module: `modules/NAME/SYSTEM/VERSION`. */
const examples = join(serverRoot, '..', 'examples', 'modules')

/** What the row of table `installation` says once all of the examples are in. */
const everything = 'modules and providers'

/** Once per registry, and only into an empty one: what somebody deleted does not come back. */
export async function seedExamples(app: App): Promise<void> {
  if (!existsSync(examples)) return
  const before = await seededBefore(app)
  if (before === everything) return
  if (before === undefined) {
    if (await hasOtherNamespaces(app.db, 'examples')) return
    await publishExampleModules(app)
  }
  // Where an earlier version of Cadastre published the modules alone, examples/consume would not install any more.
  if (await findNamespace(app.db, 'examples')) await publishExampleProviders(app)
  await app.db
    .insertInto('installation')
    .values({ name: 'examples', value: everything })
    .onConflict((same) => same.column('name').doUpdateSet({ value: everything }))
    .execute()
}

const seededBefore = async (app: App): Promise<string | undefined> =>
  (await app.db.selectFrom('installation').where('name', '=', 'examples').select('value').executeTakeFirst())?.value

async function publishExampleModules(app: App): Promise<void> {
  if (!(await findNamespace(app.db, 'examples'))) {
    await createNamespace(app, { caller: system }, { name: 'examples', visibility: 'public' })
  }
  for (const [name, system_, version] of await exampleVersions()) {
    const file = join(app.uploads, randomUUID())
    try {
      await packFolder(join(examples, name, system_, version), file)
      await publishModule(
        app,
        { caller: system },
        { namespace: 'examples', name, system: system_, version, description: '', from: noSource, file },
      )
    } finally {
      await rm(file, { force: true })
    }
  }
}

async function exampleVersions(): Promise<[name: string, system: string, version: string][]> {
  const files = await filesBelow(examples)
  const versions = new Set(files.map((file) => relative(examples, file).split(sep).slice(0, 3).join('/')))
  return [...versions].sort().map((path) => path.split('/') as [string, string, string])
}

async function packFolder(folder: string, archive: string): Promise<void> {
  const entries = await Promise.all(
    (await filesBelow(folder)).map(async (file): Promise<KeptEntry> => {
      const { size, mode } = await stat(file)
      const path = relative(folder, file).split(sep).join('/')
      return {
        path,
        kind: 'file',
        executable: (mode & 0o100) !== 0,
        sizeBytes: size,
        target: '',
        content: () => createReadStream(file),
      }
    }),
  )
  const target = await open(archive, 'wx', 0o600)
  await writeNormalForm(entries, target).finally(() => target.close())
}

async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** A CLI configuration that finds this registry over plain http, with a key that only reads. @returns its path */
export async function writeCliConfig(app: App, address: string): Promise<string> {
  const path = join(app.config.data_dir, 'cli.tfrc')
  const token = await keyInFile(app, path, /token = "([^"]+)"/, async () => {
    const { token: made } = await makeKey(app, 'examples/consume', ['modules:read', 'providers:read', 'mirrors:read'])
    return made
  })
  await writeSecret(path, cliConfig(address, token))
  return path
}

/** A name with a dot, which terraform demands of a module's host, for a registry that has none of its own. */
export const tryOutName = 'registry.localhost'

const cliConfig = (
  address: string,
  token: string,
) => `# Written by Cadastre at every start. It gives the registry a name with a dot, which terraform demands of a
# module's host, and lets it be reached over plain http.
host "${tryOutName}" {
  services = {
    "modules.v1"   = "${address}/v1/modules/"
    "providers.v1" = "${address}/v1/providers/"
  }
}
credentials "${tryOutName}" {
  token = "${token}"
}
`
