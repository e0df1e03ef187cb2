/** Whatever the bytes are: an archive is accepted or refused, soon, and nothing is left or written elsewhere. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  gnuLong,
  moduleFiles,
  pax,
  type TarEntry,
  tarEntry,
  tarGzOf,
  tarHeader,
  tarOf,
  withChecksum,
  type ZipEntry,
  zip,
  zipOf,
} from '../../test/archives.ts'
import { listed, opened, verdictOn } from '../../test/open-archive.ts'
import { Refusal } from '../foundation/refusal.ts'
import { archiveLimits } from './archive.ts'

// Each run opens real files; the seed changes, so many test runs together see far more.
const numRuns = 100

const limits = { ...archiveLimits, entries: 100, unpackedBytes: 4_000_000 }
const files = moduleFiles({ 'a/b.txt': 'some text, some text, some text', 'c.bin': Buffer.alloc(900, 7) })
const entries: TarEntry[] = [
  ...Object.entries(files).map(([name, content]) => ({ name, content })),
  { name: 'link', type: '2', target: 'a/b.txt' },
  { name: 'same', type: '1', target: 'main.tf' },
  pax({ path: `long/${'x'.repeat(150)}` }),
  { name: 'x', content: 'x' },
  gnuLong(`long/${'y'.repeat(150)}`),
  { name: 'y', content: 'y' },
]
const valid: [format: string, bytes: Buffer][] = [
  ['tar', tarOf(entries)],
  ['tar.gz', tarGzOf(entries)],
  ['zip', zip(files)],
  [
    'stored zip',
    zipOf(Object.entries(files).map(([name, content]) => ({ name, content, method: 0, described: true }))),
  ],
]

/** Accepted or refused, within the test's time; everything else is thrown. What is accepted is safe to unpack. */
async function expectVerdict(bytes: Buffer): Promise<string> {
  const verdict = await verdictOn(bytes, limits)
  if (verdict === 'accepted') expectSafe(await listed(await opened(bytes, limits)))
  expect(verdict).toMatch(/^(accepted|archive-[a-z-]+)$/)
  return verdict
}

function expectSafe(found: { path: string; target?: string }[]): void {
  for (const { path, target } of found) {
    expect(path).not.toMatch(/^\/|^[a-z]:|\\|(^|\/)\.\.?(\/|$)|\/\/|\p{Cc}/iu)
    expect(target ?? '').not.toMatch(/^\/|^[a-z]:|\\|\p{Cc}/iu)
  }
}

type Change = { kind: 'flip' | 'cut' | 'insert' | 'repeat' | 'remove'; at: number; length: number; bytes: Uint8Array }

const changes = fc.array(
  fc.record<Change>({
    kind: fc.constantFrom('flip', 'flip', 'flip', 'cut', 'insert', 'repeat', 'remove'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 600 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 4 },
)

function changed(bytes: Buffer, { kind, at: share, length, bytes: other }: Change): Buffer {
  const at = Math.floor(share * bytes.length)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (kind) {
    case 'flip':
      return Buffer.concat([before, other, after.subarray(other.length)])
    case 'cut':
      return before
    case 'insert':
      return Buffer.concat([before, other, after])
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, length), after])
    case 'remove':
      return Buffer.concat([before, after.subarray(length)])
  }
}

test.each(valid)('a damaged %s', async (_format, bytes) => {
  await fc.assert(
    fc.asyncProperty(changes, async (changes) => {
      await expectVerdict(changes.reduce(changed, bytes))
    }),
    { numRuns },
  )
})

test('a damaged tar, packed soundly', async () => {
  await fc.assert(
    fc.asyncProperty(changes, async (changes) => {
      await expectVerdict(gzipSync(changes.reduce(changed, tarOf(entries)), { level: 1 }))
    }),
    { numRuns },
  )
})

test('one archive behind another', async () => {
  const some = fc.constantFrom(...valid.map(([, bytes]) => bytes))
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  await fc.assert(
    fc.asyncProperty(some, some, share, share, async (one, two, first, second) => {
      const spliced = [one.subarray(0, first * one.length), two.subarray(second * two.length)]
      await expectVerdict(Buffer.concat(spliced))
    }),
    { numRuns },
  )
})

test.each(['1f8b0800', '504b0304', '504b0506', '425a68', ''])('random bytes behind the magic %s', async (magic) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      await expectVerdict(Buffer.concat([Buffer.from(magic, 'hex'), bytes]))
    }),
    { numRuns: 40 },
  )
})

const part = fc.constantFrom('..', '.', '', 'a', 'b', 'main.tf', 'C:', '\\', 'é', '\n', '\u0085', 'x'.repeat(60))
const path = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/'))
const name = fc.oneof(path, fc.uint8Array({ maxLength: 100 }).map(Buffer.from))
const tarEntries = fc.array(
  fc.oneof(
    fc.record<TarEntry>(
      {
        name,
        type: fc.constantFrom('0', '0', '1', '2', '2', '5', '\0', '7', '3', '6', 'S', '?'),
        target: name,
        prefix: path,
        content: fc.constantFrom('', '', 'x', 'x'.repeat(600)),
        size: fc.oneof(
          { weight: 9, arbitrary: fc.constant(undefined) },
          fc.nat(),
          fc.constantFrom('7777777777777', 'x'),
        ),
        magic: fc.constantFrom('ustar\x0000', 'ustar  \0'),
        mode: fc.nat(0o7777777),
      },
      { requiredKeys: ['name'] },
    ),
    path.map((text) => gnuLong(text)),
    path.map((text) => gnuLong(text, 'K')),
    fc.dictionary(fc.constantFrom('path', 'linkpath', 'size', 'comment', 'GNU.sparse.name'), path).map((it) => pax(it)),
  ),
  { maxLength: 8 },
)

test('a tar of any entries', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(tarEntries, async (entries) => {
      const verdict = await expectVerdict(tarOf([{ name: 'main.tf' }, ...entries]))
      if (verdict === 'accepted') accepted += 1
    }),
    { numRuns: 250 },
  )
  expect(accepted).toBeGreaterThan(0)
})

test('a tar header of any bytes with a checksum that fits', async () => {
  const header = fc.tuple(
    fc.uint8Array({ minLength: 257, maxLength: 257 }),
    fc.uint8Array({ minLength: 200, maxLength: 247 }),
  )
  await fc.assert(
    fc.asyncProperty(header, async ([front, back]) => {
      const block = tarHeader({ name: '' })
      Buffer.from(front).copy(block)
      Buffer.from(back).copy(block, 265)
      const fits = withChecksum(block)
      await expectVerdict(Buffer.concat([tarEntry({ name: 'main.tf' }), fits, Buffer.alloc(2048)]))
    }),
    { numRuns },
  )
})

const number32 = fc.oneof(fc.nat(100), fc.constantFrom(0xffff, 0xfffffffe, 0xffffffff), fc.nat(0xffffffff))
const number16 = fc.oneof(fc.constantFrom(0, 8, 0x8, 0x800, 0x809), fc.nat(0xffff))
const description = fc.record(
  { name, method: fc.constantFrom(0, 8, 9), flags: number16, crc: number32, packed: number32, size: number32 },
  { requiredKeys: [] },
)
const zipEntries = fc.array(
  fc.record<ZipEntry>(
    {
      name,
      content: fc.constantFrom('', 'x', 'x'.repeat(600), '../a', 'b'),
      method: fc.constantFrom(0, 8),
      mode: fc.constantFrom(0, 0o100644, 0o100755, 0o120777, 0o40755, 0o20644),
      madeOn: fc.constantFrom(3, 3, 0, 19),
      described: fc.boolean(),
      says: fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, description),
      local: fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, description),
      offset: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, number32),
    },
    { requiredKeys: ['name'] },
  ),
  { maxLength: 5 },
)

test('a zip of any entries', async () => {
  let accepted = 0
  const end = fc.record({ count: fc.oneof(fc.nat(6), fc.nat(0xffff)), comment: fc.string() }, { requiredKeys: [] })
  await fc.assert(
    fc.asyncProperty(zipEntries, end, async (entries, end) => {
      const verdict = await expectVerdict(zipOf([{ name: 'main.tf' }, ...entries], end))
      if (verdict === 'accepted') accepted += 1
    }),
    { numRuns: 250 },
  )
  expect(accepted).toBeGreaterThan(0)
})

test('an archive of any names is accepted as the same in every format', async () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-zé. ]{1,9}(\/[a-zé. ]{1,9}){0,2}$/u), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(names, async (names) => {
      const files = moduleFiles(Object.fromEntries(names.map((name) => [name, name])))
      const tarEntries = Object.entries(files).map(([name, content]) => ({ name, content }))
      const formats = [tarOf(tarEntries), tarGzOf(tarEntries.reverse()), zip(files)]

      const results = await Promise.all(
        formats.map((bytes) =>
          opened(bytes).then(
            ({ sha256 }) => sha256,
            // Of two bad names the first is named, and the order differs between these archives.
            (refusal) => (refusal instanceof Refusal ? 'refused' : refusal),
          ),
        ),
      )

      expect(new Set(results).size).toBe(1)
    }),
    { numRuns: 60 },
  )
})
