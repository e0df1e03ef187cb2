import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Callback, listenForCallback } from './callback.ts'

const expected = { state: 'the one of this sign-in', issuer: 'https://registry.example.com' }
const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function takenPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return (server.address() as AddressInfo).port
}

async function callbackOn(first: number, afterLast: number): Promise<Callback> {
  const callback = await listenForCallback([first, afterLast], expected)
  open.push(callback)
  return callback
}

test('takes the next port when one is taken, and never the last of the range', async () => {
  const port = await takenPort()

  await expect(listenForCallback([port, port + 1], expected)).rejects.toMatchObject({
    code: 'no-port',
    message: expect.stringContaining(`one of the ports ${port} to ${port} of this machine`),
  })
  expect((await callbackOn(port, port + 20)).redirectUri).not.toBe(`http://127.0.0.1:${port}/login`)
})

test('hears an answer that comes before anybody waits for it, and no second one', async () => {
  const callback = await callbackOn(20_000, 60_000)
  const answer = (code: string) =>
    fetch(`${callback.redirectUri}?${new URLSearchParams({ code, state: expected.state })}`)

  await answer('first')
  await answer('second')

  expect(await callback.code(10_000)).toBe('first')
})

test.each([
  ['https://registry.example.com/base/', 'the code'],
  ['https://other.example.com/', 'login-elsewhere'],
  ['nobody', 'login-elsewhere'],
])('an answer of %s ends with %s', async (iss, end) => {
  const callback = await callbackOn(20_000, 60_000)

  await fetch(`${callback.redirectUri}?${new URLSearchParams({ code: 'the code', state: expected.state, iss })}`)

  expect(await callback.code(10_000).catch(({ code }) => code)).toBe(end)
})

test('gives up in the end', async () => {
  const callback = await callbackOn(20_000, 60_000)

  await expect(callback.code(1)).rejects.toMatchObject({ code: 'login-timeout', exitCode: 3 })
})
