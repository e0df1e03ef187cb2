/** A program that imports a folder, for tests that kill it. It says after each batch how far it is, and waits for leave to go on. */
import { readSync, writeSync } from 'node:fs'
import type pg from 'pg'
import { system } from '../src/access/caller.ts'
import { importSource } from '../src/catalogue/import/import.ts'
import { ownConnection } from '../src/foundation/database/own-connection.ts'
import { openTofuFolder } from '../src/upstream/opentofu-folder.ts'

const { login, folder, hostname } = JSON.parse(process.argv[2]!) as {
  login: pg.ClientConfig
  folder: string
  hostname: string
}
const own = await ownConnection(login, 'import')
await importSource(own, {
  source: openTofuFolder(folder),
  hostname,
  resume: true,
  atOnce: 40,
  asker: { caller: system },
  watch({ done }) {
    writeSync(1, `${done}\n`)
    readSync(0, Buffer.alloc(1))
  },
})
await own.close()
