/** Sending a file through one buffer: every byte to slow clients, nothing left open by those who leave. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendFile } from './send-file.ts'

const content = randomBytes(20_000_000)
let folder: string
let address: string
const server = fastify()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadastre-send-file-'))
  await writeFile(join(folder, 'file'), content)
  server.get<{ Querystring: { start: number; end: number } }>('/', async (request, reply) => {
    const { start, end } = request.query
    reply.header('content-length', end - start + 1)
    return sendFile(reply, await open(join(folder, 'file')), { start: Number(start), end: Number(end) })
  })
  address = await server.listen()
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const fetched = (start: number, end: number) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(`${address}/?start=${start}&end=${end}`, { agent: false }, resolve).on('error', reject)
  })

test.each([
  [0, content.length - 1],
  [0, 0],
  [7_000_001, 12_345_678],
])('bytes %i to %i come as they are', async (start, end) => {
  const body = await buffer(await fetched(start, end))

  expect(body.equals(content.subarray(start, end + 1))).toBe(true)
})

test('a client that stops now and then gets the same bytes', async () => {
  const answer = await fetched(0, content.length - 1)

  const pieces: Buffer[] = []
  for await (const piece of answer) {
    pieces.push(piece)
    if (pieces.length % 50 === 0) await setTimeout(5)
  }

  expect(Buffer.concat(pieces).equals(content)).toBe(true)
})

test('two clients at once do not get each other’s bytes', async () => {
  const [first, second] = await Promise.all([fetched(0, 9_999_999), fetched(10_000_000, 19_999_999)])

  const bodies = await Promise.all([buffer(first), buffer(second)])

  expect(Buffer.concat(bodies).equals(content)).toBe(true)
})

test('a file that ends before the promised bytes is a break, and no shorter answer', async () => {
  const answer = await fetched(0, content.length + 9)

  await expect(buffer(answer)).rejects.toThrow(/aborted/)
})

// Which files are open stands there.
test.skipIf(!existsSync('/proc/self/fd'))('nothing stays open for a client that leaves half-way', async () => {
  const answer = await fetched(0, content.length - 1)
  await new Promise((resolve) => answer.once('data', resolve))
  // Else the rest of it flows on.
  answer.pause()
  expect(await openFiles()).toBe(1)

  answer.destroy()

  await expect.poll(openFiles).toBe(0)
})

async function openFiles(): Promise<number> {
  const targets = await Promise.all(
    (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
  )
  return targets.filter((target) => target === join(folder, 'file')).length
}
