/** Every settings block of docs/storage.md is one that a server starts with. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { loadSettings } from '../server/src/foundation/config/load.ts'

const page = readFileSync(fileURLToPath(new URL('storage.md', import.meta.url)), 'utf8')
const cwd = mkdtempSync(join(tmpdir(), 'cadastre-settings-'))
afterAll(() => rmSync(cwd, { recursive: true }))

const secrets = { MINIO_KEY: 'a', MINIO_SECRET: 'b', AZURE_ACCOUNT_KEY: 'c', AZURE_SAS_TOKEN: 'sv=x&sig=d' }
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map((block) => block[1]!)

test.each(blocks)('a server starts with %s', (block) => {
  const keyFile = join(cwd, 'google.json')
  writeFileSync(keyFile, '{}')
  writeFileSync(join(cwd, 'config.yaml'), block.replace('/etc/cadastre/google.json', keyFile))

  const { config } = loadSettings({ cwd, env: secrets })

  expect(config.storage.default_backend).toBe(/default_backend: (\w+)/.exec(block)?.[1] ?? 'local')
})

test('there is one for each way in', () => {
  expect(blocks).toHaveLength(8)
})
