/** Our own pages in a real browser: everybody can read and use them, at every width, in both colours, without a mouse. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resetLink } from '../server/src/auth/setup.ts'
import { givenUser, password } from '../server/test/people.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { brokenRules, complaintsOf, focused, inChromium, scrollsSideways } from './browser.ts'

const email = 'ada.whose.name.is.rather.long@registry-of-a-long-name.example.test'

let registry: TestRegistry
let setup: string
beforeAll(async () => {
  registry = await startRegistry({
    env: {
      TFR_AUTH_OIDC_ENABLED: 'true',
      TFR_AUTH_OIDC_ISSUER_URL: 'http://127.0.0.1:1', // where nobody listens
      TFR_AUTH_OIDC_CLIENT_ID: 'cadastre',
      TFR_AUTH_OIDC_DISPLAY_NAME: 'Acme',
    },
  })
  await givenUser(registry, email)
  await registry.given.key(['modules:read'], { owner: email })
  const { pathname, search } = new URL(await resetLink(registry.app.db, registry.app.config))
  setup = pathname + search
})
afterAll(() => registry?.stop())

const asked = new URLSearchParams({
  client_id: 'terraform-cli',
  code_challenge: 'A'.repeat(43),
  code_challenge_method: 'S256',
  redirect_uri: 'http://localhost:10000/login',
  response_type: 'code',
  state: 'of-the-terminal',
})

const open = (page: Page, path: string) => page.goto(registry.url + path)

async function submitSignIn(page: Page, next: string, typed: string) {
  await open(page, `/login?${new URLSearchParams({ next })}`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(typed)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signIn(page: Page, next = '/') {
  await submitSignIn(page, next, password)
  await page.waitForURL(registry.url + next)
}

async function signInWrongly(page: Page) {
  await submitSignIn(page, '/', 'wrong battery horse')
  await page.getByRole('alert').waitFor()
}

const pages: Record<string, (page: Page) => Promise<unknown>> = {
  'signing in': (page) => open(page, '/login'),
  'a refused sign-in': signInWrongly,
  async 'an identity provider that is away'(page) {
    await open(page, '/login')
    await page.getByRole('link', { name: 'Sign in with Acme' }).click()
    await page.getByText('Nobody can sign in with Acme now').waitFor()
  },
  'signing out': (page) => signIn(page, '/sign-out'),
  'having signed out': (page) => open(page, '/sign-out'),
  'the set-up': (page) => open(page, setup),
  async 'a set-up with mistakes'(page) {
    await open(page, setup)
    const form = page.locator('form').filter({ hasText: 'Password' })
    await form.getByLabel('E-mail').fill(email)
    await form.getByLabel('Password', { exact: true }).fill('short')
    await form.getByLabel('The same password again').fill('other')
    await form.getByRole('button').click()
    await page.getByRole('alert').waitFor()
  },
  'letting a program in': (page) => signIn(page, `/oauth/authorize?${asked}`),
  async 'having let none in'(page) {
    await pages['letting a program in']!(page)
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByText('still waits in your terminal').waitFor()
  },
  'a login that leads elsewhere': (page) => open(page, '/oauth/authorize?client_id=terraform-cli'),
  'a refusal': (page) => open(page, '/setup'),
}

inChromium((visit, stay) => {
  // One window for all of them; whoever comes next was never here.
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    page = await stay()
    complaints = complaintsOf(page)
  })

  test.each(Object.entries(pages))(
    '%s can be read by everybody, on a desk by day and in a hand by night',
    async (_, goThere) => {
      await page.context().clearCookies()
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 1280, height: 720 })
      complaints.length = 0
      await goThere(page)

      const onDesk = await brokenRules(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 375, height: 800 })
      const inHand = await brokenRules(page)
      await page.setViewportSize({ width: 320, height: 800 })

      expect({ onDesk, inHand }).toEqual({ onDesk: [], inHand: [] })
      expect(await scrollsSideways(page)).toBe(false)
      expect(complaints).toEqual([])
    },
  )

  test('somebody without a mouse signs in, and sees at every step where they are', async () => {
    const page = await visit()
    await open(page, '/login')
    const steps: Awaited<ReturnType<typeof focused>>[] = []
    async function tabTo(name: string) {
      do {
        await page.keyboard.press('Tab')
        steps.push(await focused(page))
      } while (steps.at(-1)!.name !== name)
    }

    await tabTo('E-mail')
    await page.keyboard.type(email)
    await tabTo('Password')
    await page.keyboard.type(password)
    await tabTo('Sign in')
    await page.keyboard.press('Enter')

    await page.waitForURL(`${registry.url}/`)
    const frame = ['Content', 'Cadastre']
    const form = ['Sign in with Acme', 'E-mail', 'Password', 'Sign in']
    expect(steps.map(({ name }) => name)).toEqual([...frame, ...form])
    expect(steps.filter(({ isSeen }) => !isSeen)).toEqual([])
  })

  test('what was refused has the focus, so that nobody misses it', async () => {
    const page = await visit()
    await signInWrongly(page)

    expect(await page.locator(':focus').getAttribute('role')).toBe('alert')
  })

  test('a script that got into a page does not run, and the browser says so', async () => {
    const page = await visit()
    const complaints = complaintsOf(page)
    await open(page, '/login')

    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'window.itRan = true'
      document.body.append(script)
    }`)

    expect(await page.evaluate('window.itRan')).toBeUndefined()
    await expect.poll(() => complaints).toEqual([expect.stringContaining('Content Security Policy')])
  })

  test('no other site can show a page of ours in a frame', async () => {
    const page = await visit()
    const complaints = complaintsOf(page)

    await page.setContent(`<iframe src="${registry.url}/login"></iframe>`)

    await expect.poll(() => complaints).toEqual([expect.stringContaining('frame-ancestors')])
    expect(await page.frameLocator('iframe').getByLabel('Password').count()).toBe(0)
  })
})
