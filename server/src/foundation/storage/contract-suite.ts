/** What every storage driver has to do; each runs the same tests. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Storage, troubleOf } from './storage.ts'

/** What the stand-in of a store cannot show, and why; how many keys make more than one page of a list. */
type Skips = { putIfAbsent?: string; firstByte?: string; sameTime?: string; listedKeys?: number }

/** @param makeStorage an empty one; whoever passes it removes it */
export function storageContract(name: string, makeStorage: () => Promise<Storage>, skips: Skips = {}): void {
  describe(`${name} keeps the contract of a storage:`, () => {
    let storage: Storage
    beforeAll(async () => {
      storage = await makeStorage()
    })
    const put = (key: string, bytes: Buffer, pieceBytes = bytes.length) =>
      storage.put(key, inPieces(bytes, pieceBytes), promiseOf(bytes))
    const read = async (key: string, range?: { start: number; end: number }) =>
      buffer(await storage.get(key, { range }))

    const expectNothingOf = async (key: string) => {
      expect(await storage.head(key)).toBeUndefined()
      await expect(storage.get(key).then(buffer)).rejects.toThrow()
      expect(await storage.sweepUnfinished(-60_000)).toBe(0)
    }

    test('what is put can be read, and its size asked for', async () => {
      const [key, bytes] = [newKey(), Buffer.from('some bytes')]

      await put(key, bytes)

      expect(await read(key)).toEqual(bytes)
      expect(await storage.head(key)).toMatchObject({ sizeBytes: bytes.length })
    })

    test('an empty object is one', async () => {
      const key = newKey()

      await put(key, Buffer.alloc(0))

      expect(await storage.head(key)).toMatchObject({ sizeBytes: 0 })
      expect(await read(key)).toHaveLength(0)
    })

    test('12 MB in pieces of any size come back as they were', async () => {
      const [key, bytes] = [newKey(), randomBytes(12 * 1024 * 1024)]

      await put(key, bytes, 77_777)

      const back = await read(key)
      expect(back.equals(bytes)).toBe(true)
      const middle = await read(key, { start: 5_000_000, end: 7_500_000 })
      expect(middle.equals(bytes.subarray(5_000_000, 7_500_001))).toBe(true)
    })

    test.skipIf(skips.firstByte)(
      skips.firstByte ? `the first byte alone (${skips.firstByte})` : 'the first byte can be had alone',
      async () => {
        const key = newKey()
        await put(key, Buffer.from('0123456789'))

        expect((await read(key, { start: 0, end: 0 })).toString()).toBe('0')
      },
    )

    test.each([
      [0, 9, '0123456789'],
      [3, 5, '345'],
      [9, 9, '9'],
    ])('bytes %i to %i are both included', async (start, end, expected) => {
      const key = newKey()
      await put(key, Buffer.from('0123456789'))

      expect((await read(key, { start, end })).toString()).toBe(expected)
    })

    test('what putting says of an object is what asking says, and stays so until it is written again', async () => {
      const [key, bytes] = [newKey(), randomBytes(5000)]

      const stored = await put(key, bytes)

      expect(stored.sizeBytes).toBe(5000)
      expect(await storage.head(key)).toEqual(stored)
      expect((await buffer(await storage.get(key, { revision: stored.revision }))).equals(bytes)).toBe(true)
    })

    test('bytes that were written again are not given as the earlier ones', async () => {
      const key = newKey()
      const { revision } = await put(key, Buffer.from('before'))
      await setTimeout(20)
      const after = await put(key, Buffer.from('after!'))

      const read = storage.get(key, { revision }).then(buffer)

      expect(after.revision).not.toBe(revision)
      await expect(read).rejects.toSatisfy((error) => troubleOf(error) === 'altered')
    })

    test('what is not there is missing', async () => {
      const read = storage.get(newKey()).then(buffer)

      await expect(read).rejects.toSatisfy((error) => troubleOf(error) === 'missing')
    })

    test.skipIf(skips.putIfAbsent)(
      skips.putIfAbsent ? `put if absent (${skips.putIfAbsent})` : 'put if absent leaves what is there',
      async () => {
        const [key, before, after] = [newKey(), Buffer.from('before'), Buffer.from('after!')]

        const first = await storage.putIfAbsent(key, Readable.from([before]), promiseOf(before))
        const second = await storage.putIfAbsent(key, Readable.from([after]), promiseOf(after))

        expect(first).toEqual(await storage.head(key))
        expect(second).toBeUndefined()
        expect(await read(key)).toEqual(before)
      },
    )

    test('put if absent refuses other bytes than promised, and leaves nothing', async () => {
      const key = newKey()

      const putting = storage.putIfAbsent(key, Readable.from([Buffer.from('x')]), promiseOf(Buffer.from('y')))

      await expect(putting).rejects.toThrow()
      await expectNothingOf(key)
    })

    test('a list holds what begins with its prefix, over as many pages as it takes', async () => {
      const prefix = `contract/${randomUUID()}`
      const keys = Array.from({ length: skips.listedKeys ?? 12 }, (_, index) => `${prefix}/${index % 3}/${index}`)
      for (const key of keys) await put(key, Buffer.from(key))
      await put(`${prefix}-beside/1`, Buffer.from('x'))

      const listed: string[] = []
      for await (const key of storage.list(`${prefix}/`)) listed.push(key)

      expect(listed.sort()).toEqual(keys.sort())
    })

    test('a link, where there are links, gives the bytes to anybody, and not for ever', async () => {
      const [key, bytes] = [newKey(), randomBytes(2000)]
      await put(key, bytes)

      const link = await storage.link(key, { lifetimeSeconds: 600, fileName: 'named.zip' })

      if (link === undefined) return expect(storage.backend).toBe('local')
      const answer = await fetch(link)
      expect(answer.status).toBe(200)
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
      expect(answer.headers.get('content-encoding')).toBeNull()
      const part = await fetch(link, { headers: { range: 'bytes=10-19' } })
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true)
    })

    test('of what is not there neither size nor bytes can be had', async () => {
      await expectNothingOf(newKey())
    })

    test('the beginning of a key is no object', async () => {
      const key = newKey()
      await put(key, Buffer.from('x'))

      expect(await storage.head(key.split('/').slice(0, 2).join('/'))).toBeUndefined()
    })

    test('what is deleted is gone, and can be deleted again', async () => {
      const key = newKey()
      await put(key, Buffer.from('x'))

      await storage.delete(key)
      await storage.delete(key)

      await expectNothingOf(key)
    })

    test('deleting one object leaves its neighbours', async () => {
      const key = newKey()
      await put(key, Buffer.from('x'))
      await put(`${key}.sig`, Buffer.from('y'))

      await storage.delete(key)

      expect((await read(`${key}.sig`)).toString()).toBe('y')
    })

    test('what was deleted can be put again', async () => {
      const key = newKey()
      await put(key, Buffer.from('x'))
      await storage.delete(key)

      await put(key, Buffer.from('y'))

      expect((await read(key)).toString()).toBe('y')
    })

    test('the same bytes may be put again', async () => {
      const [key, bytes] = [newKey(), randomBytes(300_000)]

      await put(key, bytes, 1000)
      await put(key, bytes, 5000)

      expect((await read(key)).equals(bytes)).toBe(true)
    })

    test.skipIf(skips.sameTime)(
      skips.sameTime ? `at the same time (${skips.sameTime})` : 'the same bytes may be put at the same time',
      async () => {
        const [key, bytes] = [newKey(), randomBytes(300_000)]

        await Promise.all([put(key, bytes, 1000), put(key, bytes, 5000), put(key, bytes)])

        expect((await read(key)).equals(bytes)).toBe(true)
      },
    )

    test('an upload that breaks leaves nothing', async () => {
      const [key, bytes] = [newKey(), randomBytes(6 * 1024 * 1024)]
      const broken = Readable.from(
        (async function* () {
          yield bytes.subarray(0, bytes.length - 1)
          throw new Error('the connection was lost')
        })(),
      )

      await expect(storage.put(key, broken, promiseOf(bytes))).rejects.toThrow('the connection was lost')

      await expectNothingOf(key)
    })

    test.each([
      ['other bytes', Buffer.from('0123456798')],
      ['fewer bytes', Buffer.from('012345678')],
      ['more bytes', Buffer.from('01234567890')],
      ['no bytes', Buffer.alloc(0)],
    ])('%s than promised leave nothing', async (_what, sent) => {
      const key = newKey()

      await expect(storage.put(key, Readable.from([sent]), promiseOf(Buffer.from('0123456789')))).rejects.toThrow()

      await expectNothingOf(key)
    })

    test('the right bytes with a wrong size are not what was promised', async () => {
      const [key, bytes] = [newKey(), Buffer.from('0123456789')]

      await expect(storage.put(key, Readable.from([bytes]), { ...promiseOf(bytes), sizeBytes: 11 })).rejects.toThrow()

      await expectNothingOf(key)
    })

    test('a refused put leaves what was there before', async () => {
      const [key, bytes] = [newKey(), Buffer.from('before')]
      await put(key, bytes)

      await expect(storage.put(key, Readable.from([Buffer.from('after!')]), promiseOf(bytes))).rejects.toThrow()

      expect(await read(key)).toEqual(bytes)
    })

    test('an endless upload is ended, not kept', async () => {
      const key = newKey()
      let sentBytes = 0
      const endless = Readable.from(
        (async function* () {
          for (;;) {
            sentBytes += 64 * 1024
            yield Buffer.alloc(64 * 1024)
          }
        })(),
      )

      await expect(storage.put(key, endless, promiseOf(Buffer.alloc(100_000)))).rejects.toThrow()

      expect(sentBytes).toBeLessThan(50_000_000)
      await expectNothingOf(key)
    })

    test('nobody sees an object before all of it is there', async () => {
      const [key, bytes] = [newKey(), randomBytes(200_000)]
      const seen: unknown[] = []
      const watched = Readable.from(
        (async function* () {
          yield bytes.subarray(0, 100_000)
          seen.push(await storage.head(key))
          yield bytes.subarray(100_000)
          seen.push(await storage.head(key))
        })(),
      )

      await storage.put(key, watched, promiseOf(bytes))

      expect(seen).toEqual([undefined, undefined])
      expect(await storage.head(key)).toMatchObject({ sizeBytes: bytes.length })
    })

    test('a reader keeps what it began to read when the object is deleted', async () => {
      const [key, bytes] = [newKey(), randomBytes(3 * 1024 * 1024)]
      await put(key, bytes)
      const stream = await storage.get(key)

      await storage.delete(key)

      expect((await buffer(stream)).equals(bytes)).toBe(true)
    })

    test('a reader may stop in the middle', async () => {
      const key = newKey()
      await put(key, randomBytes(3 * 1024 * 1024))
      const stream = await storage.get(key)

      for await (const piece of stream) {
        expect(piece.length).toBeGreaterThan(0)
        break
      }

      expect(stream.destroyed).toBe(true)
    })

    test.each([
      '',
      'a',
      '/a/b',
      'a/',
      'a//b',
      'a/../b',
      '../a/b',
      'a/..',
      'a/./b',
      'A/b',
      'a/b\\c',
      'a/b\0',
      'a/b c',
      'a/é',
    ])('%j is no key', async (key) => {
      const bytes = Buffer.from('x')

      await expect((async () => storage.put(key, Readable.from([bytes]), promiseOf(bytes)))()).rejects.toThrow()
      await expect((async () => storage.get(key))()).rejects.toThrow()
      await expect((async () => storage.head(key))()).rejects.toThrow()
      await expect((async () => storage.delete(key))()).rejects.toThrow()
    })
  })
}

const newKey = () => `contract/${randomUUID().slice(0, 2)}/${randomUUID()}.tar.gz`

const promiseOf = (bytes: Buffer) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
})

function inPieces(bytes: Buffer, pieceBytes: number): Readable {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes))
  return Readable.from(pieces)
}
