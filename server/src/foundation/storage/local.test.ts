/** Storage in a folder: the contract, and what only a folder has. */
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { storageContract } from './contract-suite.ts'
import { localStorage } from './local.ts'
import { troubleOf } from './storage.ts'

const folders: string[] = []

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-storage-'))
  folders.push(folder)
  return folder
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const text = Buffer.from('some bytes')
const promise = { sha256: createHash('sha256').update(text).digest('hex'), sizeBytes: text.length }

storageContract('a local folder', async () => localStorage(await newFolder()))

test('objects lie under their keys, for nobody else on the machine to read', async () => {
  const folder = await newFolder()
  const storage = await localStorage(join(folder, 'not', 'yet', 'there'))

  await storage.put('modules/ab/abc.tar.gz', Readable.from([text]), promise)

  const path = join(folder, 'not/yet/there/objects/modules/ab/abc.tar.gz')
  expect(await readFile(path)).toEqual(text)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(join(path, '..'))).mode & 0o077).toBe(0)
  expect(await readdir(join(folder, 'not/yet/there/incoming'))).toEqual([])
})

test('what was stored is there when the registry starts again', async () => {
  const folder = await newFolder()
  await (await localStorage(folder)).put('modules/a', Readable.from([text]), promise)

  const again = await localStorage(folder)

  expect(await buffer(await again.get('modules/a'))).toEqual(text)
})

test('a file that is known already gets a second name, and stays when its first one goes', async () => {
  const folder = await newFolder()
  const storage = await localStorage(join(folder, 'storage'))
  const received = join(folder, 'received')
  await writeFile(received, text, { mode: 0o644 })

  const stored = await storage.adopt!('modules/ab/abc.tar.gz', received, promise)
  const { ino } = await stat(received)
  await rm(received)

  const path = join(folder, 'storage/objects/modules/ab/abc.tar.gz')
  expect(await stat(path)).toMatchObject({ ino, mode: 0o100600, nlink: 1 })
  expect(stored).toEqual(await storage.head('modules/ab/abc.tar.gz'))
  expect(await buffer(await storage.get('modules/ab/abc.tar.gz', { revision: stored!.revision }))).toEqual(text)
})

test('a file that is known already takes the place of nothing', async () => {
  const folder = await newFolder()
  const storage = await localStorage(join(folder, 'storage'))
  const before = await storage.put('modules/a', Readable.from([text]), promise)
  const received = join(folder, 'received')
  await writeFile(received, text)

  const adopted = await storage.adopt!('modules/a', received, promise)

  expect(adopted).toBeUndefined()
  expect(await storage.head('modules/a')).toEqual(before)
  expect(await readFile(received)).toEqual(text)
})

test('a file of another size than promised is not taken', async () => {
  const folder = await newFolder()
  const storage = await localStorage(join(folder, 'storage'))
  const received = join(folder, 'received')
  await writeFile(received, 'half')

  await expect(storage.adopt!('modules/a', received, promise)).rejects.toSatisfy(
    (error) => troubleOf(error) === 'altered',
  )

  expect(await storage.head('modules/a')).toBeUndefined()
})

// A second file system is not to be had everywhere; on Linux memory is one, and the disk when temporary files lie in memory.
const elsewhereIn = ['/dev/shm', '/tmp'].find(
  (place) => existsSync(place) && statSync(place).dev !== statSync(tmpdir()).dev,
)

test.skipIf(!elsewhereIn)('a file of another file system cannot be taken and is left to be copied', async () => {
  const storage = await localStorage(await newFolder())
  const elsewhere = await mkdtemp(join(elsewhereIn!, 'cadastre-storage-'))
  folders.push(elsewhere)
  await writeFile(join(elsewhere, 'received'), text)

  const adopted = await storage.adopt!('modules/a', join(elsewhere, 'received'), promise)

  expect(adopted).toBeUndefined()
  expect(await storage.head('modules/a')).toBeUndefined()
})

test('the sweep removes what was interrupted long ago, and neither uploads that still run nor objects', async () => {
  const folder = await newFolder()
  const storage = await localStorage(folder)
  await storage.put('modules/a', Readable.from([text]), promise)
  const hourAgo = new Date(Date.now() - 3_600_000)
  for (const name of ['old', 'new']) await writeFile(join(folder, 'incoming', name), 'half')
  await utimes(join(folder, 'incoming/old'), hourAgo, hourAgo)
  await utimes(join(folder, 'objects/modules/a'), hourAgo, hourAgo)

  const swept = await storage.sweepUnfinished(1_800_000)

  expect(swept).toBe(1)
  expect(await readdir(join(folder, 'incoming'))).toEqual(['new'])
  expect(await storage.head('modules/a')).toMatchObject({ sizeBytes: text.length })
})

test('a put that cannot reach its place leaves nothing', async () => {
  const folder = await newFolder()
  const storage = await localStorage(folder)
  await mkdir(join(folder, 'objects'))
  await writeFile(join(folder, 'objects/modules'), 'a file where a folder should be')

  await expect(storage.put('modules/a', Readable.from([text]), promise)).rejects.toThrow(/ENOTDIR|EEXIST/)

  expect(await readdir(join(folder, 'incoming'))).toEqual([])
})
