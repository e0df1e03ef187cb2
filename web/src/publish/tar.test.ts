/** What the browser packs is read by others as it was. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gunzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { expect, test } from 'vitest'
import { gzipped, tarOf } from './tar.ts'

async function read(archive: Blob): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const reading = extract()
  reading.on('entry', async ({ name }, stream, next) => {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    found[name] = Buffer.concat(chunks).toString()
    next()
  })
  await pipeline(Readable.from([Buffer.from(await archive.arrayBuffer())]), reading)
  return found
}

test('files come out as they went in: empty ones, whole blocks, long and foreign names', async () => {
  const files = {
    'main.tf': 'resource "x" "y" {}\n',
    empty: '',
    block: 'b'.repeat(512),
    [`${'deep/'.repeat(40)}file.tf`]: 'deep',
    [`modules/${'ü'.repeat(80)}.tf`]: 'foreign',
  }

  const archive = tarOf(Object.entries(files).map(([path, text]) => ({ path, content: new Blob([text]) })))

  expect(await read(archive)).toEqual(files)
})

test('the packed archive is gzip', async () => {
  const packed = await gzipped(tarOf([{ path: 'main.tf', content: new Blob(['x']) }]))

  expect(
    gunzipSync(Buffer.from(await packed.arrayBuffer()))
      .subarray(0, 7)
      .toString(),
  ).toBe('main.tf')
})
