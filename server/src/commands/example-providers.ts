/** The example providers, published as everybody publishes: the key first, then file by file, then all at once. */
import { createReadStream, existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { noSource } from '@cadastre/contract/version-source'
import { system } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { receiveFile } from '../foundation/http/receive.ts'
import { serverRoot } from '../foundation/server-root.ts'
import { publishProvider } from '../providers/publish.ts'
import { findProviderId } from '../providers/queries.ts'
import { addSigningKey } from '../providers/signing-keys.ts'
import {
  checkFileName,
  type PermittedVersion,
  permittedVersion,
  sizeLimit,
  stageFile,
} from '../providers/staged-files.ts'

/** A folder for each version of each provider, `providers/TYPE/VERSION`: its `release` and the `signing-key.asc` for it. */
const examples = join(serverRoot, '..', 'examples', 'providers')

/** Into the namespace `examples`, which is there. A provider that is there already is somebody's, and stays as it is. */
export async function publishExampleProviders(app: App): Promise<void> {
  for (const type of await namesIn(examples)) {
    if (await findProviderId(app.db, { namespace: 'examples', type })) continue
    for (const version of await namesIn(join(examples, type))) {
      const folder = join(examples, type, version)
      const wanted = await permittedVersion(app, system, { namespace: 'examples', type, version })
      await addSigningKey(app, { caller: system }, 'examples', await readFile(join(folder, 'signing-key.asc'), 'utf8'))
      for (const name of await namesIn(join(folder, 'release'))) await stageRelease(app, wanted, folder, name)
      await publishProvider(app, { caller: system }, wanted, noSource)
    }
  }
}

async function stageRelease(app: App, wanted: PermittedVersion, folder: string, name: string): Promise<void> {
  const file = createReadStream(join(folder, 'release', name))
  const received = await receiveFile(app, file, sizeLimit(app, checkFileName(wanted, name)))
  try {
    await stageFile(app, system, wanted, name, received, { replaces: true })
  } finally {
    await received.remove()
  }
}

const namesIn = async (folder: string) => (existsSync(folder) ? (await readdir(folder)).sort() : [])
