/** No name and no redirect leads into the network that the registry stands in, unless somebody said so. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort } from '../../test/free-port.ts'
import { bytesOf, openEgress } from './egress.ts'
import { allowlist } from './egress-addresses.ts'

let server: Server
let here: string
const seen: { url: string; authorization?: string; method: string }[] = []
const closed = openEgress([])
const open = openEgress(['127.0.0.1', 'localhost'])

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '', method = '' } = request
    seen.push({ url, method, authorization: request.headers.authorization })
    const { port } = server.address() as AddressInfo
    if (url.startsWith('/to?')) {
      const to = decodeURIComponent(url.slice(4)).replace('PORT', String(port))
      return response.writeHead(302, { location: to }).end()
    }
    if (url === '/loop') return response.writeHead(302, { location: '/loop' }).end()
    if (url === '/long') return response.end(Buffer.alloc(100_000))
    if (url === '/gzip') return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('small'))
    if (url === '/silent') return
    if (url === '/half') {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      return setTimeout(() => response.destroy(), 50)
    }
    response.end('here')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await Promise.all([closed.close(), open.close()])
  server.closeAllConnections()
  server.close()
})

test.each([
  ['127.0.0.1', false],
  ['127.8.8.8', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['93.184.216.34', true],
  ['::1', false],
  ['::', false],
  ['::127.0.0.1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:93.184.216.34', true],
  ['fe80::1', false],
  ['fd00::1', false],
  ['64:ff9b::a00:1', false],
  ['2002:7f00:1::', false],
  ['2606:2800:220:1::1', true],
])('%s may be connected to without being named: %s', (address, may) => {
  expect(allowlist([]).hasAddress(address)).toBe(may)
})

test('a network that is named opens what lies in it, and nothing beside it', () => {
  const { hasAddress, hasHost } = allowlist(['10.1.0.0/16', 'fd00::/8', 'Vault.Internal'])

  expect(['10.1.2.3', '10.2.2.3', 'fd12::1', 'fe80::1'].map(hasAddress)).toEqual([true, false, true, false])
  expect([hasHost('vault.internal'), hasHost('internal')]).toEqual([true, false])
})

test.each([
  'http://127.0.0.1:9999/',
  'http://localhost:9999/',
  'http://[::1]:9999/',
  'http://[::ffff:127.0.0.1]:9999/',
  'http://2130706433:9999/',
  'http://0x7f.1:9999/',
])('%s is refused without being connected to', async (url) => {
  await expect(closed.fetch(url)).rejects.toMatchObject({ code: 'egress-refused' })
})

test('a host that the settings name may lie here, and what it redirects to may not', async () => {
  const { port } = new URL(here)

  expect(await (await closed.fetch(`${here}/`, { trusted: true })).text()).toBe('here')
  expect(await (await closed.fetch(`http://localhost:${port}/`, { trusted: true })).text()).toBe('here')
  await expect(
    closed.fetch(`${here}/to?${encodeURIComponent(`http://localhost:PORT/`)}`, { trusted: true }),
  ).rejects.toMatchObject({ code: 'egress-refused' })
})

test('a redirect to another origin takes no secret along, one at home does', async () => {
  seen.length = 0
  const headers = { authorization: 'Bearer secret' }

  await open.fetch(`${here}/to?${encodeURIComponent('http://localhost:PORT/other')}`, { headers })
  await open.fetch(`${here}/to?${encodeURIComponent('/home')}`, { headers, method: 'POST', body: 'x' })

  expect(seen.filter(({ url }) => url === '/other' || url === '/home')).toEqual([
    { url: '/other', method: 'GET', authorization: undefined },
    { url: '/home', method: 'GET', authorization: 'Bearer secret' },
  ])
})

test.each([
  ['file:///etc/passwd', 'egress-scheme'],
  ['ftp://127.0.0.1/', 'egress-scheme'],
])('%s is no address of the web', async (url, code) => {
  await expect(open.fetch(url)).rejects.toMatchObject({ code })
})

test('a redirect is an answer for whoever wants it to be one', async () => {
  seen.length = 0

  const answer = await open.fetch(`${here}/to?${encodeURIComponent('/elsewhere')}`, { redirect: 'manual' })

  expect([answer.status, answer.headers.get('location'), seen.length]).toEqual([302, '/elsewhere', 1])
})

test('redirects without an end do have one', async () => {
  await expect(open.fetch(`${here}/loop`)).rejects.toMatchObject({ code: 'upstream-unreachable' })
})

test('an answer that is too long, breaks off or never comes is said to be', async () => {
  const long = await open.fetch(`${here}/long`, { maxBytes: 10_000 })
  const half = await open.fetch(`${here}/half`)

  await expect(bytesOf(long)).rejects.toMatchObject({ code: 'upstream-too-long' })
  await expect(bytesOf(half)).rejects.toMatchObject({ code: 'upstream-unreachable' })
  await expect(open.fetch(`${here}/silent`, { timeoutMs: 200 })).rejects.toMatchObject({
    message: '127.0.0.1 did not answer: it took too long.',
  })
  await expect(open.fetch(`http://127.0.0.1:${await freePort()}/`)).rejects.toMatchObject({
    message: '127.0.0.1 did not answer: ECONNREFUSED.',
  })
})

test('a proxy is sent to no name that leads into a private network from here; it may know others', async () => {
  const asked: string[] = []
  const proxy = createServer().on('connect', ({ url }, socket) => {
    asked.push(url!)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
  const proxied = openEgress([])

  const refused = await proxied.fetch('http://localhost:9999/').catch(({ code }) => code)
  const unknown = await proxied.fetch('http://registry.invalid/').catch(({ code }) => code)
  await proxied.close()
  vi.unstubAllEnvs()
  proxy.close()

  expect([refused, unknown, asked]).toEqual(['egress-refused', 'upstream-unreachable', ['registry.invalid:80']])
})

test('what came compressed is given as it is', async () => {
  const answer = await open.fetch(`${here}/gzip`)

  expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual([null, 'small'])
})
