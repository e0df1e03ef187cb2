/** How long a store is waited for, and that a part of an object is never taken for the whole. */
import { once } from 'node:events'
import { request } from 'node:https'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { patientAgent, plainCause, wholeStream } from './patience.ts'
import { troubleOf } from './storage.ts'

const sockets: Socket[] = []
const mute = createServer((socket) => sockets.push(socket.on('error', () => {})))
beforeAll(() => once(mute.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  mute.close()
})

test('a service that takes a connection and says nothing, not even of its certificate, is given up', async () => {
  const { port } = mute.address() as AddressInfo
  const asked = request({ port, host: '127.0.0.1', agent: patientAgent('https:', 200) })
  asked.end()

  const [error] = await once(asked, 'error')

  expect(error.message).toBe('the service was silent for 200 ms')
})

test.each([
  ['fewer', 11],
  ['more', 9],
])('%s bytes than were announced are an error', async (_what, announced) => {
  const read = buffer(wholeStream(Readable.from([Buffer.from('01234'), Buffer.from('56789')]), announced, 'a/b'))

  await expect(read).rejects.toSatisfy((error) => troubleOf(error) === 'unavailable')
})

test('a source that closes without an end is an error', async () => {
  const source = new Readable({ read() {} })
  source.push('01234')
  const read = buffer(wholeStream(source, 10, 'a/b'))

  setImmediate(() => source.destroy())

  await expect(read).rejects.toThrow('reading a/b broke off after 5 of 10 bytes')
})

test('a reader that stops, stops the source', async () => {
  const source = Readable.from([Buffer.from('01234'), Buffer.from('56789')])

  wholeStream(source, 10, 'a/b').destroy()

  await expect.poll(() => source.destroyed).toBe(true)
})

test('what an SDK says is kept without what it was asked, which holds keys and tokens', () => {
  const error = Object.assign(new Error('no answer from https://a.example.com/b?sig=secret\nsigned with: key'), {
    code: 'ECONNRESET',
    request: { headers: { authorization: 'secret' } },
  })

  const cause = plainCause(error)

  expect(cause.message).toBe('Error ECONNRESET no answer from https://a.example.com/b?…')
  expect(Object.keys(cause)).toEqual([])
})
