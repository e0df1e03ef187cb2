/** Signing in to a registry as people do: a program asks, a browser opens, and the program has a token. */
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { password } from '../server/test/people.ts'
import type { Running, Workplace } from './terraform.ts'

export type Login = { address: URL; running: Running }

/** Starts `login` and says yes to it. @returns with the address that it opens in the browser */
export async function startLogin(cli: Workplace, host: string): Promise<Login> {
  const opened = join(cli.home, 'opened')
  await rm(opened, { force: true })
  const running = cli.start('login', host)
  await running.says(/Enter a value:/)
  running.type('yes')
  const address = () => readFile(opened, 'utf8').catch(() => '')
  await expect.poll(address).not.toBe('')
  return { address: new URL(await address()), running }
}

/** The page on which to allow it, for somebody who signs in on the way. */
export async function openAs(page: Page, email: string, address: URL): Promise<void> {
  await page.goto(String(address))
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** The same for somebody who signs in at the identity provider of the registry. @param account its name there */
export async function openThroughIssuer(page: Page, account: string, address: URL): Promise<void> {
  await page.goto(String(address))
  await page.getByRole('link', { name: 'Sign in with' }).click()
  await page.getByLabel('Account').selectOption(account)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Whether the program still has a page for the browser then is its own affair: terraform ends as soon as it has the code. */
export async function allow(page: Page): Promise<void> {
  const backAtProgram = page.waitForRequest(/^http:\/\/(?:localhost|127\.0\.0\.1):\d+\/login\?/)
  await page.getByRole('button', { name: 'Allow' }).click()
  await backAtProgram
}

/** What a machine keeps of its registries, and who may read that. */
export async function keptTokens({ home }: Workplace): Promise<{ tokens: Record<string, string>; mode: string }> {
  const file = join(home, '.terraform.d/credentials.tfrc.json')
  const { credentials } = JSON.parse(await readFile(file, 'utf8'))
  const tokens = Object.entries<{ token: string }>(credentials).map(([host, { token }]) => [host, token])
  return { tokens: Object.fromEntries(tokens), mode: ((await stat(file)).mode & 0o777).toString(8) }
}
