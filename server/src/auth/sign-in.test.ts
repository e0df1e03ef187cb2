/** Signing in and out in a browser. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { browserAt } from '../../test/browser.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { hashPassword } from '../foundation/passwords.ts'

const email = 'admin@acme.example'
const password = 'correct horse battery'

let registry: TestRegistry
let now: number
beforeEach(async () => {
  now = Date.now()
  registry = await startRegistry({ clock: () => now })
  await addUser(registry)
})
afterEach(() => registry.stop())

export async function addUser(to: TestRegistry, address = email): Promise<string> {
  const [row] = await to.sql<{ id: string }>('insert into users (email, password_hash) values ($1, $2) returning id', [
    address,
    await hashPassword(password),
  ])
  return row!.id
}

test('with the right password somebody is signed in, and led to where they wanted to go', async () => {
  const browser = browserAt(registry.url)

  const answer = await browser.signIn(email, password, '/oauth/authorize?client_id=x')

  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/oauth/authorize?client_id=x')
  expect((await browser.get('/')).text).toContain(email)
  expect((await browser.get('/api/v1/whoami')).json).toMatchObject({ kind: 'user', name: email })
})
