/** `cadastre admin reset` beside a running registry. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserAt } from '../../test/browser.ts'
import { cadastre } from '../../test/command.ts'
import { copyOfTemplate, databaseUrl, type TestDatabase } from '../../test/database.ts'
import { removeTemporaryFolders, temporaryFolder } from '../../test/embedded.ts'
import { givenUser, password } from '../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let cwd: string
let database: TestDatabase
let registry: TestRegistry
beforeAll(async () => {
  cwd = await temporaryFolder()
  database = await copyOfTemplate()
  registry = await startRegistry({ database })
})
afterAll(async () => {
  await registry?.stop()
  await removeTemporaryFolders()
})

test('prints a link on stdout that the running registry takes, once', async () => {
  await givenUser(registry, 'first@acme.example', ['admin'])
  const email = 'admin@acme.example'

  const { code, stdout } = await cadastre(['admin', 'reset'], {
    cwd,
    env: { TFR_DATABASE_URL: databaseUrl(database.application), TFR_SERVER_BASE_URL: `${registry.url}/` },
  })
  const link = stdout.trim()
  const browser = browserAt(registry.url)
  const page = await browser.get(link.slice(registry.url.length))
  const answer = await browser.submit(page, { email, password, again: password })

  expect(code).toBe(0)
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup\?token=[\w-]{43}$/)
  expect(answer.status).toBe(303)
  expect((await browser.get('/api/v1/whoami')).json).toMatchObject({ name: email, grants: [{ scopes: ['admin'] }] })
  expect((await browser.get(link.slice(registry.url.length))).status).toBe(410)
})
