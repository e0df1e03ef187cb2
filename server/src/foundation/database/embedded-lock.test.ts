/** One owner per folder, among starts that race and owners that died. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { type Lock, takeLock } from './embedded-lock.ts'

let folder: string
const held: Lock[] = []

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(async () => void (await Promise.all(held.splice(0).map((lock) => lock.release()))))
afterAll(removeTemporaryFolders)

test('a folder in use is refused with the process id of its owner', async () => {
  await take()

  const refused = await take().catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-in-use' })
  expect(refused.message).toContain(`process ${process.pid}, is using the database in ${folder}`)
})

test('a released folder can be taken again, and a refused start leaves nothing behind', async () => {
  const lock = await take()
  await take().catch(() => undefined)
  await lock.release()

  await take()

  expect(await readdir(folder)).toEqual(['lock'])
})

test('of many starts at once exactly one gets the folder', async () => {
  const starts = await Promise.allSettled(Array.from({ length: 20 }, () => take()))

  const refused = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason] : []))
  expect(refused).toHaveLength(19)
  for (const error of refused) expect(error.message).toContain(`process ${process.pid}`)
})

test('of many starts after the death of an owner exactly one gets the folder', async () => {
  await mkdir(join(folder, 'lock'))
  await dieListeningOn(join(folder, 'lock', 'server-dead.sock'))

  const starts = await Promise.allSettled(Array.from({ length: 20 }, () => take()))

  expect(starts.filter((start) => start.status === 'fulfilled')).toHaveLength(1)
  expect(await readdir(join(folder, 'lock'))).toHaveLength(1)
})

test('starts that follow each other get the folder in turn', async () => {
  for (let round = 0; round < 20; round += 1) {
    const [lock, other] = await Promise.all(
      [take(), take().catch(() => undefined)].map((start) => start?.catch(() => undefined)),
    )
    await Promise.all([lock?.release(), other?.release()])
  }

  await expect(take()).resolves.toBeDefined()
})

test('an owner that accepts and says nothing is alive', async () => {
  await mkdir(join(folder, 'lock'))
  const silent = createServer(() => undefined).listen(join(folder, 'lock', 'server-silent.sock'))
  await once(silent, 'listening')

  const refused = await take().catch((error) => error)

  expect(refused).toMatchObject({ code: 'embedded-in-use' })
  silent.close()
})

test('a folder whose path is too long for a socket is locked all the same', async () => {
  folder = join(folder, ...Array.from({ length: 10 }, () => 'a-folder-with-a-long-name'))
  await mkdir(folder, { recursive: true })
  const lock = await take()

  const refused = await take().catch((error) => error)
  await lock.release()

  expect(refused.message).toContain(`process ${process.pid}`)
  await expect(take()).resolves.toBeDefined()
})

async function take(): Promise<Lock> {
  const lock = await takeLock(folder)
  held.push(lock)
  return lock
}

/** Leaves the socket file of a process that was killed. */
async function dieListeningOn(path: string): Promise<void> {
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
  await once(spawn(process.execPath, ['-e', script]), 'exit')
}
