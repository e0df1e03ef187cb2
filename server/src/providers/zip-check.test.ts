/** Zips are inspected in a thread, under the name that it knows the task by. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zip } from '../../test/archives.ts'
import { inspected } from '../../test/inspect-zip.ts'
import { createWorkers } from '../foundation/workers.ts'
import { checkedZip } from './zip-check.ts'

const workers = createWorkers({ log: pino({ enabled: false }) })
const bytes = zip({ 'terraform-provider-fake_v1.0.0': 'binary' })
let [folder, file] = ['', '']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadastre-zip-'))
  file = join(folder, 'upload')
  await writeFile(file, bytes)
})
afterAll(async () => {
  await workers.close()
  await rm(folder, { recursive: true, force: true })
})

test('what a thread finds in a zip is what is in it', async () => {
  expect(await checkedZip({ workers }, file, 'fake')).toEqual(await inspected(bytes))
})

test('what a thread refuses is refused', async () => {
  await expect(checkedZip({ workers }, file, 'other')).rejects.toMatchObject({
    reason: 'invalid',
    code: 'zip-without-provider',
    hint: expect.stringContaining('terraform-provider-other_v1.0.0'),
  })
})
