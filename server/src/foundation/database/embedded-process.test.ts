/** Programs that fail, or cannot be run at all, are refused with what they said. */
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { type Cluster, runToEnd } from './embedded-process.ts'

let folder: string
let cluster: Cluster

beforeAll(async () => {
  folder = await temporaryFolder()
  const binaries = { initdb: '', postgres: '', pgCtl: '', version: '17.10.0', major: '17' }
  cluster = { binaries, user: testUser, home: { folder, log: folder }, data: join(folder, 'data') }
})
afterEach(() => void vi.unstubAllEnvs())
afterAll(removeTemporaryFolders)

test('a program that fails is refused with what it wrote', async () => {
  const program = await programOf('echo to the one; echo to the other >&2; exit 3')

  const refused = await runToEnd(cluster, program, []).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-failed' })
  expect(refused.message).toContain(`${program} failed`)
  expect(refused.message).toContain('to the one')
  expect(refused.message).toContain('to the other')
})

test('a program that was killed and wrote nothing says so', async () => {
  const refused = await runToEnd(cluster, await programOf('kill -9 $$'), []).catch((error) => error)

  expect(refused.message).toContain('it wrote nothing')
})

test('of a program that writes without end only the last lines are kept', async () => {
  const program = await programOf('i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; exit 1')

  const refused = await runToEnd(cluster, program, []).catch((error) => error)

  expect(refused.message).toContain('line 2999')
  expect(refused.message.length).toBeLessThan(5_000)
})

test('a program whose C library is missing is refused as unsupported here', async () => {
  const program = await programOf('', '/lib/no-such-loader.so')

  const refused = await runToEnd(cluster, program, []).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-unsupported' })
  expect(refused.message).toContain('glibc')
  expect(refused.hint).toContain('TFR_DATABASE_URL')
})

test.each([
  ['is missing', async () => join(folder, 'missing')],
  [
    'may not be run',
    async () => {
      const program = await programOf('exit 0')
      await chmod(program, 0o644)
      return program
    },
  ],
])('a program that %s is refused with its name', async (_, make) => {
  const program = await make()

  const refused = await runToEnd(cluster, program, []).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-failed' })
  expect(refused.message).toContain(`${program} could not be run`)
})

test('programs see neither our secrets nor variables that PostgreSQL would obey', async () => {
  vi.stubEnv('TFR_AUTH_ENCRYPTION_KEY', 'a secret')
  vi.stubEnv('PGDATA', '/elsewhere')
  const program = await programOf('env; exit 1')

  const refused = await runToEnd(cluster, program, []).catch((error) => error)

  expect(refused.message).toContain('LC_ALL=C')
  expect(refused.message).not.toContain('a secret')
  expect(refused.message).not.toContain('/elsewhere')
})

let made = 0
async function programOf(script: string, interpreter = '/bin/sh'): Promise<string> {
  made += 1
  const program = join(folder, `program-${made}`)
  await writeFile(program, `#!${interpreter}\n${script}\n`, { mode: 0o755 })
  return program
}
