/** A registry that answers what no registry should: nothing of it may reach a file or a terminal as it is. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Desk, desk } from './cadastre.ts'

const lockName = '.terraform.lock.hcl'
const goodHash = `zh:${'0'.repeat(64)}`
const closes = '",\n  ]\n}\nprovider "registry.terraform.io/hashicorp/null" {\n  version = "6.6.6"\n  hashes = [\n    "'

let here: Desk
let close = () => {}
beforeEach(() => {
  here = desk({ TFR_CLI_TOKEN: 'tfr_token' })
})
afterEach(() => {
  close()
  here.clear()
})

/** @returns its address */
async function registryAnswering(answers: Record<string, unknown>): Promise<string> {
  const server = createServer((asked, answer) => {
    const content = answers[new URL(asked.url!, 'http://registry').pathname]
    answer.writeHead(content === undefined ? 404 : 200, { 'content-type': 'application/json' })
    answer.end(JSON.stringify(content ?? { code: 'not-found', detail: 'Nothing here.' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => server.close()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  ['a hash of a zip', { hashes: [goodHash, `zh:${closes}`], platforms: [] }],
  ['a hash of a platform', { hashes: [], platforms: [{ platform: 'linux_amd64', h1: `h1:${closes}`, zipH1: '' }] }],
])('lock writes nothing of an answer whose %s holds lines of its own', async (_what, lock) => {
  const url = await registryAnswering({
    '/api/v1/mirror': { url: 'https://registry.example.test/v1/mirror/', hostnames: ['registry.example.test'] },
    '/api/v1/providers/acme/greeter/1.0.0/lock': { provider: 'x', version: '1.0.0', ...lock },
  })
  const before = 'provider "registry.example.test/acme/greeter" {\n  version = "1.0.0"\n}\n'
  here.write({ [lockName]: before })

  const { code, err } = await here.run(['lock', '--host', url])

  expect(code, err).toBe(8)
  expect(err).toContain('which is no hash of a lock file')
  expect(readFileSync(join(here.folder, lockName), 'utf8')).toBe(before)
  expect(readdirSync(here.folder)).toEqual([lockName])
})

test('key remove obeys nothing of what it repeats', async () => {
  const fingerprint = '3A0C8F6B2D4E5F60718293A4B5C6D7E8F9012345'
  const userId = 'Acme\u001b[2J\u001b]0;owned\u0007\u202egpj.exe\r\nSecond line'
  const key = { namespace: 'acme', fingerprint, keyId: fingerprint.slice(-16), algorithm: 'RSA 3072', userId }
  const all = '/api/v1/namespaces/acme/signing-keys'
  const url = await registryAnswering({
    [all]: { items: [{ ...key, expiresAt: null, versions: 0 }] },
    [`${all}/${fingerprint}`]: { ...key, expiresAt: null, versions: 0 },
  })

  const said = await here.run(['key', 'remove', 'acme', fingerprint, '--yes', '--host', url])
  const refused = await here.run(['key', 'remove', 'acme', fingerprint, '--host', url])

  expect([said.code, refused.code]).toEqual([0, 2])
  for (const { out, err } of [said, refused]) expect(out + err).not.toMatch(/[^\P{Cc}\n\t]|\u202e|^Second/mu)
})
