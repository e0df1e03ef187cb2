/** The log as a neighbour or a forger meets it. */
import { lstat, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog, type LogOptions } from './log.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadastre-log-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(format: LogOptions['format'], fields: object): Promise<string> {
  const output = join(folder, `${format}.log`)
  const log = createLog({ level: 'info', format, output })
  log.info(fields, 'done')
  log.flushNow()
  return readFile(output, 'utf8')
}

test('no field makes a second line or moves the cursor', async () => {
  const text = await written('text', { caller: 'x\n10:00:00 error forged\u001b[2K\u009b2K\r', list: ['\u009b\n'] })

  expect(text.split('\n')).toHaveLength(2)
  expect(text.trimEnd()).toMatch(/^\P{Cc}*$/u)
  expect(text).toContain('10:00:00 error forged')
})

test.runIf(process.platform !== 'win32')(
  'a log file is not for everybody: it names private modules and callers',
  async () => {
    await written('json', {})

    expect((await lstat(join(folder, 'json.log'))).mode & 0o007).toBe(0)
  },
)
