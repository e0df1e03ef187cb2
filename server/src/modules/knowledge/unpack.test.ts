/** Stored archives read from the front: whatever the pieces are cut into, and whatever is wrong with the bytes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tar } from '../../../test/archives.ts'
import { type Unpacked, unpack } from './unpack.ts'

const limits = { entries: 100, unpackedBytes: 1024 * 1024 }
const files = { 'main.tf': 'output "one" {}\n', 'empty.txt': '', 'large.bin': Buffer.alloc(5000, 7) }

async function* cut(bytes: Buffer, pieceBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

async function all(bytes: Buffer, pieceBytes: number, given = limits): Promise<Unpacked[]> {
  const found: Unpacked[] = []
  for await (const entry of unpack(cut(bytes, pieceBytes), ({ path }) => path !== 'empty.txt', given)) found.push(entry)
  return found
}

test('the same comes out however the bytes arrive', async () => {
  const bytes = tar(files)

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (pieceBytes) => {
      const found = await all(bytes, pieceBytes)

      expect(found.map(({ path, content }) => [path, content?.length])).toEqual([
        ['main.tf', 16],
        ['empty.txt', undefined],
        ['large.bin', 5000],
      ])
    }),
    { numRuns: 60 },
  )
})

test('bytes that are no stored archive end in an error, and never in more than the limits', async () => {
  const bytes = tar(files)
  const altered = fc.array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), {
    minLength: 1,
    maxLength: 8,
  })

  await fc.assert(
    fc.asyncProperty(altered, fc.nat(bytes.length), async (changes, length) => {
      const wrong = Buffer.from(bytes)
      for (const { at, byte } of changes) wrong[at] = byte
      const outcome = await all(wrong.subarray(0, length), 700).catch((error) => error)

      if (outcome instanceof Error) return
      expect(outcome.length).toBeLessThanOrEqual(limits.entries)
    }),
    { numRuns: 2_000 },
  )
})

test('an archive over its limits is not read to its end', async () => {
  await expect(all(tar(files), 512, { ...limits, entries: 1 })).rejects.toThrow('more entries')
  await expect(
    all(tar({ 'large.bin': Buffer.alloc(4_000_000) }), 512, { entries: 1, unpackedBytes: 1000 }),
  ).rejects.toThrow('larger than')
})
