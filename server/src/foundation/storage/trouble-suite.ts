/** What every driver has to do when the store behind it is in trouble; each runs the same tests, through a proxy that makes it. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { type Storage, troubleOf } from './storage.ts'

/** `breaks off` and `stalls` come in the middle of an object, `says nothing` before the first byte of an answer. */
type How = 'answers 500' | 'says nothing' | 'stalls' | 'breaks off' | 'damages a byte'

/** @property times for how many requests; all of them unless given */
type Fault = { of: 'reads' | 'writes'; how: How; times?: number }

const [soonMs, laterMs, readerMs] = [600, 4_000, 10_000]

/**
 * @param openStorage the same store each time, at this address, given up after so much silence
 * @param upstream the address of the emulator, once it runs
 */
export function storageTrouble(
  name: string,
  openStorage: (endpoint: string, silenceMs: number) => Promise<Storage>,
  upstream: () => string,
): void {
  // Most of them wait for a store that says nothing, and do it together: each through a proxy of its own.
  describe.concurrent(`${name} in trouble:`, () => {
    const proxies: Proxy[] = []
    afterAll(() => Promise.all(proxies.map((each) => each.stop())))

    /** The same store as a patient client sees it, who may take its time on a busy machine, and as an impatient one. */
    async function behindProxy(silenceMs = soonMs) {
      const proxy = troublingProxy(upstream)
      proxies.push(proxy)
      const endpoint = await proxy.start()
      return { proxy, storage: await openStorage(endpoint, 30_000), impatient: await openStorage(endpoint, silenceMs) }
    }

    // First, since these two wait the longest.
    test('a reader that takes its time gets all bytes', async () => {
      const { bytes, stream } = await readLate(() => {})

      expect((await buffer(stream)).equals(bytes)).toBe(true)
    })

    test('a reader that takes its time is told, too, when the store falls silent', async () => {
      const { stream } = await readLate((proxy) => proxy.makeTrouble({ of: 'reads', how: 'stalls' }))

      await expectUnavailable(buffer(stream))
    })

    async function readLate(before: (proxy: Proxy) => void) {
      const { proxy, storage, impatient } = await behindProxy(laterMs)
      const [key, bytes] = [newKey(), randomBytes(12_000_000)]
      await put(storage, key, bytes)
      before(proxy)
      // On a busy machine its first bytes, too, may come later than the impatient one waits.
      const stream = await vi.waitFor(() => impatient.get(key), { timeout: 60_000, interval: 100 })
      await setTimeout(readerMs)
      return { bytes, stream }
    }

    test.each<How>(['answers 500', 'says nothing', 'stalls', 'breaks off'])(
      'when it %s, a read ends with an error that says so, and works afterwards',
      async (how) => {
        const { proxy, storage, impatient } = await behindProxy()
        const [key, bytes] = [newKey(), randomBytes(3_000_000)]
        await put(storage, key, bytes)

        proxy.makeTrouble({ of: 'reads', how })
        await expectUnavailable(impatient.get(key).then(buffer))

        proxy.makeNoTrouble()
        expect((await buffer(await storage.get(key))).equals(bytes)).toBe(true)
      },
    )

    test.each<How>(['answers 500', 'says nothing', 'stalls', 'breaks off'])(
      'when it %s, a small write ends with an error, leaves nothing to see, and works afterwards',
      (how) => expectNothingHalfWritten(how, randomBytes(50_000)),
    )

    test.each<How>(['answers 500', 'says nothing', 'stalls', 'breaks off'])(
      'when it %s, a write of many parts ends with an error, leaves nothing to see, and works afterwards',
      (how) => expectNothingHalfWritten(how, randomBytes(20_000_000)),
    )

    async function expectNothingHalfWritten(how: How, bytes: Buffer) {
      const { proxy, storage, impatient } = await behindProxy()
      const key = newKey()

      proxy.makeTrouble({ of: 'writes', how })
      await expectUnavailable(put(impatient, key, bytes))

      proxy.makeNoTrouble()
      expect(await storage.head(key)).toBeUndefined()
      expect(await listed(storage, key)).toEqual([])
      await put(storage, key, bytes)
      expect((await buffer(await storage.get(key))).equals(bytes)).toBe(true)
    }

    test.each<How>(['answers 500', 'says nothing'])('when it %s, nothing is taken for absent', async (how) => {
      const { proxy, storage, impatient } = await behindProxy()
      const key = newKey()
      await put(storage, key, Buffer.from('there'))

      proxy.makeTrouble({ of: 'reads', how })
      await expectUnavailable(impatient.head(key))
      await expectUnavailable(listed(impatient, key))

      proxy.makeTrouble({ of: 'writes', how })
      await expectUnavailable(impatient.delete(key))
    })

    test.each<Fault>([
      { of: 'reads', how: 'answers 500', times: 1 },
      { of: 'writes', how: 'answers 500', times: 1 },
      { of: 'writes', how: 'breaks off', times: 1 },
    ])('one that $how once, when it $of, is asked again', async (fault) => {
      const { proxy, storage } = await behindProxy()
      const [key, bytes] = [newKey(), randomBytes(9_000_000)]

      proxy.makeTrouble(fault)
      await put(storage, key, bytes)

      expect((await buffer(await storage.get(key))).equals(bytes)).toBe(true)
    })

    test('bytes that come back other than they were sent were not stored', async () => {
      const { proxy, storage } = await behindProxy()
      const [key, bytes] = [newKey(), randomBytes(50_000)]

      proxy.makeTrouble({ of: 'reads', how: 'damages a byte' })
      const putting = put(storage, key, bytes)

      await expect(putting).rejects.toSatisfy((error) => troubleOf(error) === 'altered')
      proxy.makeNoTrouble()
      expect(await storage.head(key)).toBeUndefined()
    })

    test('where nobody listens, that is said', async () => {
      const { proxy, impatient } = await behindProxy()
      await proxy.stop()

      await expectUnavailable(impatient.head(newKey()))
      await expectUnavailable(put(impatient, newKey(), Buffer.from('x')))
    })
  })
}

const put = (into: Storage, key: string, bytes: Buffer) => into.put(key, inPieces(bytes), promiseOf(bytes))

async function listed(from: Storage, prefix: string) {
  const keys: string[] = []
  for await (const key of from.list(prefix)) keys.push(key)
  return keys
}

async function expectUnavailable(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Error)
  expect([troubleOf(error), error]).toEqual(['unavailable', error])
  expect((error as Error).message).toMatch(/^\S+ \S+ .*[^.]$/)
}

type Proxy = ReturnType<typeof troublingProxy>

function troublingProxy(upstream: () => string) {
  let fault: Fault | undefined
  let left = 0
  const server = createServer((asked, answer) => {
    asked.on('error', () => {})
    const isRead = asked.method === 'GET' || asked.method === 'HEAD'
    const troubled = fault !== undefined && (fault.of === 'reads') === isRead && left-- > 0
    if (!troubled) return forward(asked, answer)
    trouble[fault!.how](asked, answer)
  })

  function forward(
    asked: IncomingMessage,
    answer: ServerResponse,
    pass: (from: IncomingMessage) => unknown = (from) => from.pipe(answer),
  ) {
    const target = new URL(asked.url!, upstream())
    const ask = request(target, { method: asked.method, headers: asked.headers, agent: false }, (answered) => {
      answer.writeHead(answered.statusCode!, answered.headers)
      if (answered.statusCode! >= 300) return answered.pipe(answer)
      pass(answered)
    })
    ask.on('error', () => answer.destroy())
    asked.pipe(ask)
  }

  const halfOf = (asked: IncomingMessage, then: () => void) => {
    const length = Number(asked.headers['content-length'] ?? 0)
    let seen = 0
    asked.on('data', (piece: Buffer) => {
      seen += piece.length
      if (seen >= length / 2) then()
    })
    if (length === 0) then()
  }
  const isWrite = (asked: IncomingMessage) => asked.method !== 'GET' && asked.method !== 'HEAD'
  // As they come: whoever waits for the first bytes does not wait for the last ones.
  const passHalf = (answer: ServerResponse, then: () => void) => (answered: IncomingMessage) => {
    let left = Math.floor(Number(answered.headers['content-length']) / 2)
    answered.on('data', (piece: Buffer) => {
      if (left === 0) return
      const part = piece.subarray(0, left)
      left -= part.length
      answer.write(part, left > 0 ? () => {} : () => void setTimeout(20).then(then))
    })
  }

  const trouble: Record<How, (asked: IncomingMessage, answer: ServerResponse) => void> = {
    'answers 500': (asked, answer) => {
      asked.resume()
      answer.writeHead(500).end()
    },
    'says nothing': (asked) => {
      asked.resume()
    },
    // What is cut on its way in does not reach the emulator, which would keep the half of it under the name of the whole.
    stalls: (asked, answer) => {
      if (isWrite(asked)) return halfOf(asked, () => asked.pause())
      forward(
        asked,
        answer,
        passHalf(answer, () => {}),
      )
    },
    'breaks off': (asked, answer) => {
      if (isWrite(asked)) return halfOf(asked, () => asked.socket.destroy())
      forward(
        asked,
        answer,
        passHalf(answer, () => answer.destroy()),
      )
    },
    'damages a byte': (asked, answer) =>
      forward(asked, answer, async (answered) => {
        const bytes = await buffer(answered)
        if (bytes.length > 0) bytes[0]! ^= 1
        answer.end(bytes)
      }),
  }

  return {
    async start() {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
    makeTrouble(next: Fault) {
      fault = next
      left = next.times ?? Number.POSITIVE_INFINITY
    },
    makeNoTrouble() {
      fault = undefined
    },
  }
}

const newKey = () => `trouble/${randomUUID()}.tar.gz`

const promiseOf = (bytes: Buffer) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
})

function inPieces(bytes: Buffer, pieceBytes = 65_536): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    })(),
  )
}
