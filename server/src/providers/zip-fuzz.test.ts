/** Whatever the bytes are: a zip is accepted or refused, soon, and by nothing but a refusal. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ZipEntry, zip, zipOf } from '../../test/archives.ts'
import { inspected, verdictOnZip } from '../../test/inspect-zip.ts'
import { processorMs } from '../../test/processor-time.ts'
import { zipLimits } from './zip.ts'

// Each run opens real files; the seed changes, so many test runs together see far more.
const numRuns = 150

const limits = { ...zipLimits, entries: 100, unpackedBytes: 4_000_000 }
const binary: ZipEntry = { name: 'terraform-provider-fake_v1.0.0', content: 'some binary, some binary', mode: 0o100755 }
const entries: ZipEntry[] = [
  binary,
  { name: 'docs/', mode: 0o40755 },
  { name: 'docs/README.md', content: 'some text', described: true },
  { name: 'LICENSE', content: Buffer.alloc(900, 7), method: 0 },
]

async function expectVerdict(bytes: Buffer): Promise<string> {
  const started = processorMs()
  const verdict = await verdictOnZip(bytes, { limits })
  expect(verdict).toMatch(/^(accepted|(archive|zip)-[a-z-]+)$/)
  expect(processorMs() - started).toBeLessThan(10_000)
  if (verdict === 'accepted') await expectSound(bytes)
  return verdict
}

async function expectSound(bytes: Buffer): Promise<void> {
  const { h1, h1Unpacked, binary } = await inspected(bytes, { limits })
  for (const hash of [h1, h1Unpacked]) expect(hash).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/)
  expect(binary).toMatch(/^terraform-provider-fake(\.exe|_[^/\\\p{Cc}]*)?$/u)
}

const at = fc.double({ min: 0, max: 1, noNaN: true })
const changes = fc.array(
  fc.record({
    kind: fc.constantFrom('write', 'write', 'write', 'cut', 'insert', 'repeat', 'remove'),
    at,
    length: fc.integer({ min: 1, max: 600 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 4 },
)
type Change = typeof changes extends fc.Arbitrary<(infer One)[]> ? One : never

function changed(bytes: Buffer, { kind, at: share, length, bytes: other }: Change): Buffer {
  const at = Math.floor(share * bytes.length)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  if (kind === 'cut') return before
  if (kind === 'insert') return Buffer.concat([before, other, after])
  if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, length), after])
  if (kind === 'remove') return Buffer.concat([before, after.subarray(length)])
  return Buffer.concat([before, other, after.subarray(other.length)])
}

test.each(['', '504b', '504b0304', '504b0506'])('random bytes behind the magic %s', async (magic) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      await expectVerdict(Buffer.concat([Buffer.from(magic, 'hex'), bytes]))
    }),
    { numRuns },
  )
})

test('a damaged zip', async () => {
  const valid = [zipOf(entries), zip({ 'terraform-provider-fake.exe': 'x'.repeat(3000) })]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...valid), changes, async (bytes, changes) => {
      await expectVerdict(changes.reduce(changed, bytes))
    }),
    { numRuns: 400 },
  )
})

test('one zip behind another', async () => {
  const other = zip({ 'terraform-provider-fake': 'another', 'README.md': 'x' })
  await fc.assert(
    fc.asyncProperty(at, at, async (first, second) => {
      const one = zipOf(entries)
      await expectVerdict(Buffer.concat([one.subarray(0, first * one.length), other.subarray(second * other.length)]))
    }),
    { numRuns },
  )
})

const part = fc.constantFrom('..', '.', '', 'a', 'b', 'terraform-provider-fake', 'C:', '\\', 'é', '\n', 'x'.repeat(60))
const path = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/'))
const name = fc.oneof(path, fc.uint8Array({ maxLength: 100 }).map(Buffer.from))
const number32 = fc.oneof(fc.nat(100), fc.constantFrom(0xffff, 0xfffffffe, 0xffffffff), fc.nat(0xffffffff))
const number16 = fc.oneof(fc.constantFrom(0, 8, 0x800, 0x809), fc.nat(0xffff))
const description = fc.record(
  { name, method: fc.constantFrom(0, 8, 9), flags: number16, crc: number32, packed: number32, size: number32 },
  { requiredKeys: [] },
)
const truth = fc.constant({})
const anyEntries = fc.array(
  fc.record<ZipEntry>(
    {
      name,
      content: fc.constantFrom('', 'x', 'x'.repeat(600)),
      method: fc.constantFrom(0, 8),
      mode: fc.constantFrom(0, 0o100644, 0o100755, 0o120777, 0o40755, 0o20644),
      madeOn: fc.constantFrom(3, 3, 0, 19),
      described: fc.boolean(),
      says: fc.oneof({ weight: 5, arbitrary: truth }, description),
      local: fc.oneof({ weight: 5, arbitrary: truth }, description),
      offset: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, number32),
    },
    { requiredKeys: ['name'] },
  ),
  { maxLength: 5 },
)

test('a zip of any entries', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(anyEntries, async (entries) => {
      if ((await expectVerdict(zipOf([binary, ...entries]))) === 'accepted') accepted += 1
    }),
    { numRuns: 400 },
  )
  expect(accepted).toBeGreaterThan(0)
})

test('a zip of any harmless names is accepted, and has one pair of hashes in any order', async () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9 😀ﬁ-]{1,9}$/u), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(names, async (names) => {
      const all = [binary, ...names.map((name): ZipEntry => ({ name: `docs/${name}`, content: name }))]

      expect(await inspected(zipOf(all.toReversed()), { limits })).toEqual(await inspected(zipOf(all), { limits }))
    }),
    { numRuns: 60 },
  )
})
