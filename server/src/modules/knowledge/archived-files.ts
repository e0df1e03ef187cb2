/** Single files out of stored archives: found by reading from the front, and remembered for those who ask next. */
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { App } from '../../foundation/app.ts'
import { atMost } from '../../foundation/at-most.ts'
import { keepInMemory } from '../../foundation/database/kept.ts'
import { archiveAltered, archiveNotFound } from '../../foundation/http/stored-object.ts'
import { asRefusal, holds } from '../../foundation/storage/objects.ts'
import { troubleOf } from '../../foundation/storage/storage.ts'
import { archiveLimits } from '../archive.ts'
import { archiveKey } from '../stored-archives.ts'
import type { AskedVersion } from './asked-version.ts'
import { archiveLetGo, fileNotFound, filesTooExpensive, fileTooLarge } from './knowledge-refusals.ts'
import type { StoredArchive } from './queries.ts'
import { unpack } from './unpack.ts'

export type ArchivedFiles = {
  /** @throws Refusal when there is no such file, or it is too large */
  read(asked: AskedVersion, archive: StoredArchive, path: string): Promise<Buffer>
}

export const maxFileBytes = 8 * 1024 * 1024
const keptBytes = 32 * 1024 * 1024
const keptNamesBytes = 16 * 1024 * 1024
const maxReadersAtOnce = 4
const maxReadersWaiting = 32
const readerDeadlineMs = 30_000
/** Of links that point to links. */
const maxHops = 8

type Found = { content: Buffer | undefined; target: string | undefined; sizeBytes: number } | { missing: true }

export function archivedFiles(app: App): ArchivedFiles {
  const files = keepInMemory<Found>({
    maxBytes: keptBytes,
    sizeOf: (found) => ('missing' in found ? 0 : (found.content?.length ?? 0)),
  })
  // Of what was read to its end: whoever asks for made-up names costs no second reading.
  const names = new LRUCache<string, Set<string>>({
    maxSize: keptNamesBytes,
    sizeCalculation: (all) => [...all].reduce((sum, name) => sum + 2 * name.length + 50, 200),
  })
  const inTurn = atMost(maxReadersAtOnce, maxReadersWaiting, filesTooExpensive)

  return {
    async read(asked, archive, path) {
      const { sha256 } = archive
      if (!sha256 || archive.backend === null) throw archiveLetGo(asked.address, asked.version)
      let at = path
      for (let hop = 0; hop < maxHops; hop += 1) {
        if (names.get(sha256)?.has(at) === false) break
        const found = await files.get(`${sha256}/${at}`, () =>
          inTurn(() => find(app, archive, sha256, at, (all) => names.set(sha256, all))),
        )
        if ('missing' in found) break
        if (found.target !== undefined) at = targetOf(at, found.target)
        else if (found.content) return found.content
        else throw fileTooLarge(path, maxFileBytes)
      }
      throw fileNotFound(asked.address, asked.version, path)
    },
  }
}

/** @param learnt is told all names when the last was read, since none was this one */
async function find(
  app: App,
  archive: StoredArchive,
  sha256: string,
  path: string,
  learnt: (names: Set<string>) => void,
): Promise<Found> {
  const source = await openStored(app, archive, sha256)
  const tar = source.pipe(createGunzip())
  source.once('error', (error) => tar.destroy(error))
  const deadline = setTimeout(() => tar.destroy(filesTooExpensive()), readerDeadlineMs)
  try {
    const wants = (entry: { path: string; sizeBytes: number }) => entry.path === path && entry.sizeBytes <= maxFileBytes
    const names = new Set<string>()
    for await (const { path: name, content, target, sizeBytes } of unpack(tar, wants, archiveLimits)) {
      if (name === path) return { content: content && Buffer.from(content), target, sizeBytes }
      names.add(name)
    }
    learnt(names)
    return { missing: true }
  } catch (error) {
    throw asRefusal(error, archive.backend!)
  } finally {
    clearTimeout(deadline)
    source.destroy()
    tar.destroy()
  }
}

/** The bytes that were published, or none: what was written again behind our back is compared first. */
export async function openStored(app: App, archive: StoredArchive, sha256: string): Promise<Readable> {
  const [key, backend] = [archiveKey(sha256), archive.backend!]
  try {
    const storage = await app.storages.at(backend)
    const stored = await storage.head(key)
    if (!stored) throw archiveNotFound()
    const isAsWritten = archive.revision === null || stored.revision === archive.revision
    if (!isAsWritten && !(await holds(storage, key, stored, { sha256, sizeBytes: stored.sizeBytes })))
      throw archiveAltered()
    return await storage.get(key, { revision: stored.revision })
  } catch (error) {
    if (troubleOf(error) === 'missing') throw archiveNotFound()
    if (troubleOf(error) === 'altered') throw archiveAltered()
    throw asRefusal(error, backend)
  }
}

/** Links stay inside of their archive: that was checked before it was stored. */
function targetOf(path: string, target: string): string {
  const parts = path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
