/** `cadastre login` and `logout` against a real registry; its pages are read as a browser would. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { browserAt } from '../../server/test/browser.ts'
import { givenUser, password } from '../../server/test/people.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { type Around, cadastreProgram, type Desk, desk } from './cadastre.ts'
import { type Way, wayTo } from './registry-way.ts'

const email = 'dev@acme.example'

let registry: TestRegistry
let here: Desk
const ways: Way[] = []

beforeAll(async () => {
  registry = await startRegistry()
  await givenUser(registry, email)
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk()
})
afterEach(() => {
  for (const way of ways.splice(0)) way.close()
  here.clear()
})

const host = () => new URL(registry.url).host
const file = () => join(here.home, '.terraform.d/credentials.tfrc.json')
const stored = () => JSON.parse(readFileSync(file(), 'utf8')).credentials
const keep = (credentials: object) => {
  mkdirSync(join(here.home, '.terraform.d'))
  here.write({ '../home/.terraform.d/credentials.tfrc.json': JSON.stringify({ credentials, more: 1 }) })
}

/** Starts `cadastre login` and waits until it says which address to open. */
async function beginLogin(around?: Around, ...args: string[]) {
  const { child, ended } = here.start(['login', registry.url, ...args], around)
  const address = await new Promise<URL>((resolve, reject) => {
    let said = ''
    child.stderr!.on('data', (text) => {
      said += text
      const found = /^ {2}(http\S+)$/m.exec(said)?.[1]
      if (found) resolve(new URL(found))
    })
    child.once('close', () => reject(new Error(said)))
  })
  const callback = (query: Record<string, string>, path = '') =>
    fetch(`${address.searchParams.get('redirect_uri')}${path}?${new URLSearchParams(query)}`)
  return { child, ended, address, callback, state: address.searchParams.get('state')! }
}

/** What a person does in the browser: signs in, allows. @returns where the browser is sent in the end */
async function allow(address: URL): Promise<string> {
  const browser = browserAt(registry.url)
  await browser.signIn(email, password)
  const consent = await browser.get(address.pathname + address.search)
  const allowed = await browser.submit(consent, { decision: 'allow' })
  return allowed.headers.get('location')!
}

describe('login', () => {
  test('signs in with the browser, and keeps the key beside those of other hosts', async () => {
    keep({ 'other.example': { token: 'other' } })
    const { ended, address } = await beginLogin()

    const page = await fetch(await allow(address))
    const { code, out, err } = await ended

    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining(`Signed in to ${registry.url}.`) })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('You may close this window.')
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(out).toContain(`caller\t${email}, with the key `)
    expect(out).toMatch(/^until\t20\d\d-/m)
    expect(stored()).toEqual({ 'other.example': { token: 'other' }, [host()]: { token: expect.any(String) } })
    expect(JSON.parse(readFileSync(file(), 'utf8')).more).toBe(1)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(out + err).not.toContain(stored()[host()].token)
    expect((await registry.as(stored()[host()].token).get('/api/v1/whoami')).status).toBe(200)
  })

  test('asks with PKCE for an answer in the range of the registry', async () => {
    const { child, ended, address } = await beginLogin()
    child.kill('SIGINT')

    const asked = Object.fromEntries(address.searchParams)
    expect(asked).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' })
    expect(asked.code_challenge).toMatch(/^[\w-]{43}$/)
    expect(asked.redirect_uri).toMatch(/^http:\/\/127\.0\.0\.1:100\d\d\/login$/)
    expect(await ended).toMatchObject({ code: 130, err: expect.stringContaining('nothing was kept') })
    expect(existsSync(file())).toBe(false)
  })

  test('goes on waiting when somebody else calls, and makes the folder that terraform misses', async () => {
    const { ended, address, callback } = await beginLogin({}, '--json')

    const wrong = await callback({ code: 'x', state: 'of another' })
    const without = await callback({})
    const elsewhere = await callback({}, '/favicon.ico')
    await fetch(await allow(address))

    expect([wrong.status, without.status, elsewhere.status]).toEqual([400, 400, 404])
    const { code, json } = await ended
    expect(code).toBe(0)
    expect(json).toMatchObject({
      schema: 'cadastre.login.v1',
      data: { host: host(), storedIn: file(), expiresAt: expect.stringMatching(/^20/) },
    })
    expect(stored()[host()].token).toMatch(/^tfr_/)
  })

  test('keeps a code from a registry that sent the person to another one for it', async () => {
    const { ended, callback, state } = await beginLogin()

    await callback({ code: 'c', state, iss: 'https://registry.example.com' })

    expect(await ended).toMatchObject({
      code: 3,
      err: expect.stringContaining('was allowed at https://registry.example.com'),
    })
  })

  test('ends when the person refuses, or the registry does not take the code', async () => {
    const refused = await beginLogin()
    await refused.callback({ error: 'access_denied', state: refused.state })
    const forged = await beginLogin()
    await forged.callback({ code: 'made-up', state: forged.state })

    expect(await refused.ended).toMatchObject({ code: 3, err: expect.stringContaining('refused: access_denied') })
    expect(await forged.ended).toMatchObject({ code: 3, err: expect.stringContaining('The sign-in was refused') })
    expect(existsSync(file())).toBe(false)
  })

  test('leaves a token alone that was written by hand', async () => {
    here.write({ '../home/.terraformrc': `credentials "${host()}" { token = "mine" }` })

    const refused = await here.run(['login', registry.url])
    const logout = await here.run(['logout', registry.url])

    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('was written by hand, in ') })
    expect(logout).toMatchObject({ code: 2, err: expect.stringContaining('was written by hand, in ') })
  })

  test('leaves a file alone that it cannot read', async () => {
    here.write({ '../home/.terraform.d/credentials.tfrc.json': '{"credentials": ' })

    const refused = await here.run(['login', registry.url])

    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('not as terraform writes it') })
    expect(readFileSync(file(), 'utf8')).toBe('{"credentials": ')
  })

  test('says that a registry offers no sign-in with a browser', async () => {
    const way = await wayTo(registry.url, ({ url }, answer) => {
      if (!url!.startsWith('/.well-known/')) return false
      answer.writeHead(200, { 'content-type': 'application/json' }).end('{"modules.v1":"/v1/modules/"}')
      return true
    })
    ways.push(way)

    const refused = await here.run(['login', way.url])

    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('cadastre login --token-stdin') })
  })

  test.each([
    [['login', 'ftp://registry.example'], '(HOST) does not name a registry'],
    [['login'], 'No registry is named'],
  ])('%j is wrong usage', async (args, sentence) => {
    expect(await here.run(args)).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
  })

  test('says which registry it is when nobody typed it', async () => {
    here.write({ 'cadastre.yaml': `host: ${registry.url}` })

    const ended = await here.run(['login', '--token-stdin'], { input: 'made up' })

    expect(ended.err).toContain(`Signing in to ${registry.url} (cadastre.yaml).`)
  })

  test('sends nothing over plain http that was not typed', async () => {
    const env = { TFR_CLI_HOST: 'http://registry.example' }

    expect(await here.run(['login'], { env })).toMatchObject({ code: 2, err: expect.stringContaining('plain http') })
  })
})

describe('login --token-stdin', () => {
  const withToken = (input: string, env = {}) => here.run(['login', registry.url, '--token-stdin'], { input, env })

  test('keeps an API key that the registry knows', async () => {
    const key = await registry.given.key(['modules:read'])

    const { code, out } = await withToken(`${key}\nmore\n`)

    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('modules:read') })
    expect(stored()).toEqual({ [host()]: { token: key } })
  })

  test('waits for no more than a line', async () => {
    const key = await registry.given.key(['modules:read'])
    const env = { PATH: process.env.PATH, HOME: here.home }
    const args = [cadastreProgram, 'login', registry.url, '--token-stdin']
    const child = spawn(process.execPath, args, { env, cwd: here.folder, stdio: ['pipe', 'ignore', 'ignore'] })

    child.stdin.write(`${key}\n`)

    expect(await once(child, 'close')).toEqual([0, null])
    expect(stored()).toEqual({ [host()]: { token: key } })
  })

  test.each([
    ['an unknown one', 'tfr_unknown', 3, 'The API key is unknown here'],
    ['none', '\n', 2, 'There is no API key on stdin.'],
    ['a text', 'two words', 2, 'not an API key'],
  ])('keeps nothing of %s', async (_what, input, code, sentence) => {
    expect(await withToken(input)).toMatchObject({ code, err: expect.stringContaining(sentence) })
    expect(existsSync(file())).toBe(false)
  })

  test('warns of whatever wins over it', async () => {
    const env = { TFR_CLI_TOKEN: 'a', [`TF_TOKEN_${host().replaceAll('.', '_')}`]: 'b', TF_CLI_CONFIG_FILE: 'none' }

    const { err } = await withToken(registry.adminToken, env)

    expect(err).toContain('cadastre goes on with another token, that of TFR_CLI_TOKEN.')
    expect(err).toContain('terraform and tofu go on with another token, that of TF_TOKEN_127_0_0_1:')
    expect(err).toContain('TF_CLI_CONFIG_FILE is set')
  })
})

describe('logout', () => {
  test('revokes the key of a sign-in, and forgets it alone', async () => {
    keep({ 'other.example': { token: 'other' } })
    const { ended, address } = await beginLogin()
    await fetch(await allow(address))
    await ended
    const { token } = stored()[host()]

    const { code, out } = await here.run(['logout', registry.url])

    expect({ code, out }).toEqual({ code: 0, out: `${host()}\trevoked\n` })
    expect(stored()).toEqual({ 'other.example': { token: 'other' } })
    expect((await registry.as(token).get('/api/v1/whoami')).status).toBe(401)
    expect((await here.run(['logout', registry.url])).out).toBe(`${host()}\tnot signed in\n`)
  })

  test('forgets a key that was made elsewhere, and says that it stays good', async () => {
    keep({ [host()]: { token: registry.adminToken } })

    const { code, out, err } = await here.run(['logout', registry.url])

    expect({ code, out }).toEqual({ code: 0, out: `${host()}\tforgotten\n` })
    expect(err).toContain('stays good. To end it: cadastre token revoke ')
    expect(stored()).toEqual({})
    expect((await registry.as(registry.adminToken).get('/api/v1/whoami')).status).toBe(200)
  })

  test('forgets where the registry cannot be asked, and says that the key lives on', async () => {
    keep({ '127.0.0.1:1': { token: 'old' } })

    const { code, err } = await here.run(['logout', 'http://127.0.0.1:1'])

    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('could not be revoked') })
    expect(stored()).toEqual({})
  })
})
