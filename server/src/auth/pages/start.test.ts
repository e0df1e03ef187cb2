/** The first page that a browser asks for. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserAt } from '../../../test/browser.ts'
import { givenUser, password } from '../../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry?.stop())

test('it says what this is, and leads to signing in', async () => {
  const { status, text } = await browserAt(registry.url).get('/')

  expect(status).toBe(200)
  expect(text).toMatch(/<h1>[^<]*Terraform and OpenTofu<\/h1>/)
  expect(text).toContain('href="/sign-in"')
})

test('it says who is signed in, as text, and leads out again', async () => {
  await givenUser(registry, '<b>@acme.example')
  const browser = browserAt(registry.url)
  await browser.signIn('<b>@acme.example', password)

  const { text } = await browser.get('/')

  expect(text).toContain('<strong>&lt;b&gt;@acme.example</strong>')
  expect(text).toContain('href="/sign-out"')
})

test('a program that asks for nothing that is there still gets a problem document', async () => {
  expect((await registry.anonymous.get('/nowhere')).json.code).toBe('route-not-found')
})
