/** What no client would install is refused when it is uploaded (C-53 … C-56, C-60, C-63). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Dist,
  type DistOptions,
  makeDist,
  makeSigningKey,
  sign,
  type TestKey,
} from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { addKey, allPlatforms, binaryElsewhere, tryToPublish, withSignature, zipName } from './providers.ts'

let registry: TestRegistry
let key: TestKey
let stranger: TestKey
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  key = await makeSigningKey()
  stranger = await makeSigningKey({ name: 'Somebody else' })
  await addKey(registry, 'acme', key)
})
afterAll(() => registry?.stop())

const names = { type: 'greeter', version: '1.0.0' }

const release = (options: Partial<DistOptions> = {}) => makeDist({ ...names, platforms: allPlatforms, ...options })

/** The release with other sums, signed as they are. */
async function withSums(change: (sums: string) => string): Promise<Dist> {
  const made = await release()
  const sums = change(made.sums)
  const signed = withSignature(made, await sign(Buffer.from(sums), key))
  signed.files.set(made.sumsName, Buffer.from(sums))
  return { ...signed, sums }
}

/** The sums with another line in place of the first. */
const first = (text: string, by: (line: string) => string) => text.replace(/^.*$/m, by)

async function refused(made: Dist) {
  const { status, json } = await tryToPublish(registry, 'acme', made)
  return { status, code: json.code, detail: json.detail as string }
}

test.each([
  ['mark a file as binary', (sums: string) => first(sums, (line) => line.replace('  ', ' *')), 'shasums-line'],
  ['have carriage returns', (sums: string) => sums.replaceAll('\n', '\r\n'), 'shasums-line'],
  ['name a path', (sums: string) => first(sums, (line) => line.replace('  ', '  ./')), 'shasums-line'],
  ['shout', (sums: string) => first(sums, (line) => line.slice(0, 64).toUpperCase() + line.slice(64)), 'shasums-line'],
  ['name a file twice', (sums: string) => first(sums, (line) => `${line}\n${line}`), 'shasums-duplicate'],
  ['leave a platform out', (sums: string) => sums.slice(sums.indexOf('\n') + 1), 'zip-not-named'],
  [
    'name one that is not there',
    (sums: string) =>
      first(sums, (line) => [line, line.replace(/_[a-z0-9]+_[a-z0-9]+\.zip/, '_solaris_amd64.zip')].join('\n')),
    'zip-missing',
  ],
  ['have another checksum', (sums: string) => first(sums, (line) => '0'.repeat(64) + line.slice(64)), 'zip-differs'],
])('C-53 sums that %s are refused at the upload', async (_what, change, code) => {
  expect(await refused(await withSums(change))).toMatchObject({ status: 422, code })
})

test.each([
  ['at the end', (sums: string) => `${sums}\n`],
  ['in the middle', (sums: string) => sums.replace('\n', '\n\n')],
])('C-54 a blank line %s is refused at the upload', async (_where, change) => {
  const { status, code, detail } = await refused(await withSums(change))

  expect([status, code]).toEqual([422, 'shasums-line'])
  expect(detail).toMatch(/^Line \d of the SHA256SUMS is blank, which crashes clients\.$/)
})

test.each([
  ['is empty', Buffer.alloc(0), 'signature-empty'],
  ['is something else', Buffer.from('not a signature at all\n'), 'signature-unreadable'],
])('C-55 a signature that %s is refused at the upload', async (_what, signature, code) => {
  const made = await release()

  expect(await refused(withSignature(made, signature))).toMatchObject({ status: 422, code })
})

test('C-56 what no key of the namespace has signed is refused at the upload, with the name of the key that did', async () => {
  const { status, code, detail } = await refused(await release({ key: stranger }))

  expect([status, code]).toEqual([422, 'signature-unknown-key'])
  expect(detail).toBe(`The signature is by ${stranger.keyId}; registered keys: ${key.keyId}.`)
})

test('C-60 sums that were changed after they were signed are refused at the upload', async () => {
  const made = await release()
  made.files.set(made.sumsName, Buffer.from([...made.sums.trimEnd().split('\n')].reverse().join('\n')))

  expect(await refused(made)).toMatchObject({ status: 422, code: 'signature-wrong' })
})

test('C-63 a zip without the provider at its root is refused at the upload', async () => {
  const { status, code, detail } = await refused(await release({ change: binaryElsewhere }))

  expect([status, code]).toEqual([422, 'zip-without-provider'])
  expect(detail).toMatch(/no file is called terraform-provider-greeter/)
})

test('a zip that is none is refused at the upload', async () => {
  const noZip = (files: Map<string, Buffer>) => files.set(zipName(names), Buffer.from('MZ'))

  expect(await refused(await release({ change: noZip }))).toMatchObject({
    status: 422,
    code: 'zip-not-recognised',
  })
})
