/** `terraform login` from the first question to the last refusal, with a person in a real browser (C-83 … C-92). */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cadastreProgram } from '../cli/test/cadastre.ts'
import { shownPrefix } from '../server/src/auth/token.ts'
import { freePort } from '../server/test/free-port.ts'
import { type IdentityProvider, startIdentityProvider } from '../server/test/identity-provider.ts'
import { givenUser } from '../server/test/people.ts'
import { makeDist } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { brokenRules, inChromium } from './browser.ts'
import { type FrontOptions, startFront } from './front.ts'
import { allow, keptTokens, openAs, openThroughIssuer, startLogin } from './login.ts'
import { addKey, plain, platform, publish } from './providers.ts'
import { calling, cliEnvironment, eachProgram, requiring, startProgram, workplace } from './terraform.ts'
import { overTls } from './ways.ts'

const email = 'ada@acme.example'
const accounts = {
  grace: { email: 'grace@acme.example', email_verified: true, groups: ['builders'] },
  linus: { email: 'linus@acme.example', email_verified: true, groups: [] as string[] },
  mallory: { email: 'mallory@elsewhere.example', email_verified: true, groups: ['others'] },
}
const init = ['init', '-input=false']

let aheadMs = 0
let port: number
let idp: IdentityProvider
let registry: TestRegistry
beforeAll(async () => {
  port = await freePort()
  const clock = () => Date.now() + aheadMs
  const url = `https://127.0.0.1:${port}`
  idp = await startIdentityProvider({ accounts, redirectUris: [`${url}/auth/callback/oidc`] })
  registry = await startRegistry({
    clock,
    env: {
      TFR_SERVER_BASE_URL: url,
      ...idp.settings(),
      TFR_AUTH_OIDC_GROUP_MAPPINGS: JSON.stringify([{ group: 'builders', organization: 'default', role: 'viewer' }]),
    },
  })
  await registry.given.namespace('acme', 'private')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
  await addKey(registry, 'acme')
  await publish(registry, 'acme', await makeDist({ type: 'greeter', version: '1.0.0', platforms: [platform] }))
  const id = await givenUser(registry, email)
  await registry.admin.send('PUT', `/api/v1/organizations/default/members/${id}`, { roles: ['viewer'] })
})
afterAll(async () => {
  await registry?.stop()
  await idp?.stop()
})

eachProgram((program) =>
  inChromium((visit) =>
    overTls((tls) => {
      async function machine(options: FrontOptions = {}) {
        const front = await startFront(registry.url, { ...plain, port, ...options }, tls())
        const files = {
          'main.tf': calling(`${front.host}/acme/vpc/aws`),
          'providers.tf': requiring({ [`${front.host}/acme/greeter`]: undefined }),
        }
        return { front, cli: await workplace(program, { through: front, files }) }
      }
      type Machine = Awaited<ReturnType<typeof machine>>

      /** The program waits, and somebody has signed in and looks at what it asks for. */
      async function asked({ front, cli }: Machine) {
        const page = await visit()
        const login = await startLogin(cli, front.host)
        await openAs(page, email, login.address)
        return { page, ...login }
      }
      async function signedIn(at: Machine) {
        const { page, running } = await asked(at)
        await allow(page)
        expect((await running.ended).code).toBe(0)
        return { page, token: (await keptTokens(at.cli)).tokens[at.front.host]! }
      }

      test('C-12 a refusal in the terminal names the command that signs in again', async () => {
        const at = await machine({
          async answer({ url }) {
            if (url.endsWith('/download')) await revokeKeysOf(email)
            return undefined
          },
        })
        await signedIn(at)

        const { code, text } = await at.cli.run('get')

        expect(code).toBe(1)
        expect(text).toContain(`Sign in: terraform login ${at.front.host}`)
      })

      test('C-83 discovery says how to sign in: a client, two addresses and a range of ports', async () => {
        const { front, cli } = await machine()

        await startLogin(cli, front.host)

        const document = JSON.parse(String(front.find('/.well-known/terraform.json').answer.body))
        const [first, last] = document['login.v1'].ports
        expect(document['login.v1']).toEqual({
          client: 'terraform-cli',
          grant_types: ['authz_code'],
          authz: '/oauth/authorize',
          token: '/oauth/token',
          ports: [first, last],
        })
        expect(last).toBeGreaterThan(first)
      })

      test('C-84 the browser opens with a challenge, a state, and where on this computer the program waits', async () => {
        const { front, cli } = await machine()

        const { address } = await startLogin(cli, front.host)

        const { redirect_uri, code_challenge, state, ...rest } = Object.fromEntries(address.searchParams)
        expect(address.origin + address.pathname).toBe(`${front.url}/oauth/authorize`)
        expect(rest).toEqual({ client_id: 'terraform-cli', code_challenge_method: 'S256', response_type: 'code' })
        expect(redirect_uri).toMatch(/^http:\/\/localhost:100\d\d\/login$/)
        expect(code_challenge).toMatch(/^[\w-]{43}$/)
        expect(state).not.toBe('')
      })

      test('C-85 an address that leads elsewhere or proves nothing is refused on a page, and the one that was opened still works', async () => {
        const { page, address, running } = await asked(await machine())
        const changes: [string, string | undefined][] = [
          ['redirect_uri', 'http://evil.example:10003/login'],
          ['redirect_uri', 'https://localhost:10003/login'],
          ['redirect_uri', 'http://localhost:80/login'],
          ['code_challenge', undefined],
          ['code_challenge_method', 'plain'],
        ]
        for (const [name, value] of changes) {
          const changed = new URL(address)
          if (value === undefined) changed.searchParams.delete(name)
          else changed.searchParams.set(name, value)
          const answer = await page.goto(String(changed))
          expect([answer!.status(), new URL(page.url()).host], `${name} ${value}`).toEqual([400, address.host])
          expect(await page.getByRole('button', { name: 'Allow' }).count()).toBe(0)
        }

        await page.goto(String(address))
        await allow(page)

        expect((await running.ended).code).toBe(0)
      })

      test('C-86 the code is exchanged by a form, without a cookie or a secret of the client', async () => {
        const at = await machine()

        await signedIn(at)

        const { method, headers, body, answer } = at.front.find('/oauth/token')
        expect(method).toBe('POST')
        expect(headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' })
        expect([headers.authorization, headers.cookie]).toEqual([undefined, undefined])
        expect([...new URLSearchParams(String(body)).keys()].sort()).toEqual([
          'client_id',
          'code',
          'code_verifier',
          'grant_type',
          'redirect_uri',
        ])
        expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
      })

      test('C-87 a code that comes a second time is refused, and what came of the first is taken back', async () => {
        const at = await machine()
        const { token } = await signedIn(at)
        const { headers, body } = at.front.find('/oauth/token')
        const before = (await registry.as(token).get('/api/v1/whoami')).status

        const again = await registry.anonymous.send('POST', '/oauth/token', String(body), {
          'content-type': headers['content-type']!,
        })

        expect(before).toBe(200)
        expect(again).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
        expect((await registry.as(token).get('/api/v1/whoami')).status).toBe(401)
        const { code, text } = await at.cli.run(...init)
        expect(code).toBe(1)
        expect(text).toMatch(/401 Unauthorized/)
      })

      test('C-87 a code that nobody came for in time is refused', async () => {
        const { page, running } = await asked(
          await machine({
            answer({ url }) {
              if (url === '/oauth/token') aheadMs = 10 * 60_000
              return undefined
            },
          }),
        )
        await allow(page)

        const { code, text } = await running.ended.finally(() => {
          aheadMs = 0
        })

        expect(code).toBe(1)
        expect(text).toMatch(/did not assign an auth token: oauth2: "invalid_grant"/)
      })

      test('C-88 the token comes as JSON, and is kept under the host with its port for nobody else to read', async () => {
        const at = await machine()

        const { token } = await signedIn(at)

        const { answer } = at.front.find('/oauth/token')
        expect(answer.headers['content-type']).toMatch(/^application\/json/)
        expect(JSON.parse(String(answer.body))).toEqual({ access_token: token, token_type: 'bearer' })
        expect(await keptTokens(at.cli)).toEqual({ tokens: { [at.front.host]: token }, mode: '600' })
      })

      test('C-89 who signs in at the identity provider installs what is private with the token, until it is revoked', async () => {
        const at = await machine()
        const page = await visit()
        const initAfresh = async () => {
          await rm(join(at.cli.folder, '.terraform'), { recursive: true, force: true })
          return at.cli.run(...init)
        }

        const before = await initAfresh()
        const { address, running } = await startLogin(at.cli, at.front.host)
        await openThroughIssuer(page, 'grace', address)
        await allow(page)
        const login = await running.ended
        const installed = await initAfresh()
        const modules = await at.cli.installed()
        const { tokens } = await keptTokens(at.cli)
        const [key] = await keysOf(accounts.grace.email)
        await revokeKeysOf(accounts.grace.email)
        const module = await initAfresh()
        await at.cli.write({ 'main.tf': '' })
        const provider = await initAfresh()

        expect([before, login, installed, module, provider].map(({ code }) => code)).toEqual([1, 0, 0, 1, 1])
        expect(key).toMatchObject({ kind: 'cli', name: 'terraform login' })
        expect(installed.text).toMatch(/Installed \S+\/acme\/greeter v1\.0\.0/)
        expect(modules).toEqual({ it: '1.0.0' })
        const sayingIt = at.front.seen.filter(({ answer }) => String(answer.body).includes(tokens[at.front.host]!))
        expect(sayingIt.map(({ path }) => path)).toEqual(['/oauth/token'])
        expect(module.text).toMatch(/error looking up module versions: 401 Unauthorized/)
        expect(provider.text).toMatch(/host \S+ rejected the given authentication credentials/)
      })

      test('C-90 who refuses is told that the terminal still waits, which it does', async () => {
        const { page, running } = await asked(await machine())

        await page.getByRole('button', { name: 'Refuse' }).click()

        await page.getByText('still waits in your terminal: press Ctrl-C there').waitFor()
        running.stop()
        await expect(running.ended).rejects.toThrow(/was ended by SIGKILL: .* will now wait for the host to signal/s)
      })

      test('C-91 logging out asks the registry nothing, so the key is good until somebody revokes it in their browser', async () => {
        const at = await machine()
        const { page, token } = await signedIn(at)
        const requests = at.front.requests().length
        const whoami = async () => (await registry.as(token).get('/api/v1/whoami')).status

        const { code } = await at.cli.run('logout', at.front.host)
        const asked = at.front.requests().length - requests
        await at.cli.write({ 'main.tf': '' })
        const { text } = await at.cli.run(...init)
        const before = await whoami()
        await page.goto(`${at.front.url}/me/tokens`)
        await page
          .getByRole('row', { name: shownPrefix(token, 'tfr_') })
          .getByRole('button', { name: /^Revoke/ })
          .click()
        await expect.poll(whoami).toBe(401)

        expect([code, asked, before]).toEqual([0, 0, 200])
        expect((await keptTokens(at.cli)).tokens).toEqual({})
        expect(text).toMatch(/host \S+ requires authentication credentials/)
      })

      test('C-92 why a code was refused is said in the terminal', async () => {
        const at = await machine()
        const page = await visit()
        const { address, running } = await startLogin(at.cli, at.front.host)
        address.searchParams.set('code_challenge', 'A'.repeat(43))
        await openAs(page, email, address)
        await allow(page)

        const { code, text } = await running.ended

        const { answer } = at.front.find('/oauth/token')
        const { error, error_description: why } = JSON.parse(String(answer.body))
        expect(code).toBe(1)
        expect([answer.status, error]).toEqual([400, 'invalid_grant'])
        expect(why).toMatch(/\.$/)
        expect(text).toContain(`oauth2: "invalid_grant" "${why}"`)
      })

      test('somebody whom the identity provider knows and the registry does not is told so, and nothing is given', async () => {
        const { front, cli } = await machine()
        const page = await visit()
        const { address } = await startLogin(cli, front.host)

        await openThroughIssuer(page, 'mallory', address)

        await page.getByText(accounts.mallory.email).waitFor()
        expect(new URL(page.url()).host).toBe(address.host)
        expect(front.requests()).not.toContain('POST /oauth/token')
        expect(await registry.sql('select 1 from users where email = $1', [accounts.mallory.email])).toEqual([])
      })

      test('a role that came with a group goes with it, also for a token that is there already', async () => {
        idp.accounts.linus!.groups = ['builders']
        const at = await machine()
        const page = await visit()
        const { address, running } = await startLogin(at.cli, at.front.host)
        await openThroughIssuer(page, 'linus', address)
        await allow(page)
        expect((await running.ended).code).toBe(0)
        const before = await at.cli.run('get')

        idp.accounts.linus!.groups = []
        await page.context().clearCookies()
        await openThroughIssuer(page, 'linus', new URL('/me', at.front.url))
        await page.getByRole('main').getByText(accounts.linus.email).waitFor()
        const after = await at.cli.run('get', '-update')

        expect([before.code, after.code]).toEqual([0, 1])
        expect(after.text).toMatch(/Module not found/)
      })

      test('cadastre login signs in terraform and tofu as well, and cadastre logout ends what it got', async () => {
        const { front, cli } = await machine()
        const cadastre = (...args: string[]) =>
          startProgram(
            process.execPath,
            [cadastreProgram, ...args, '--ca-file', front.trust!],
            cli.folder,
            cliEnvironment(cli.home),
          )
        const page = await visit()

        const login = cadastre('login', front.host)
        const [address] = (await login.says(/https:\/\/\S+authorize/)).split(/\s/)
        await openAs(page, email, new URL(address!))
        await allow(page)
        const loggedIn = await login.ended
        const installed = await cli.run(...init)
        const { tokens } = await keptTokens(cli)
        const loggedOut = await cadastre('logout', front.host).ended

        expect(loggedIn.code, loggedIn.text).toBe(0)
        await page.getByText('You may close this window').waitFor()
        expect(await brokenRules(page)).toEqual([])
        expect(installed.code, installed.text).toBe(0)
        expect(loggedOut.code, loggedOut.text).toBe(0)
        expect((await keptTokens(cli)).tokens).toEqual({})
        expect((await registry.as(tokens[front.host]!).get('/api/v1/whoami')).status).toBe(401)
      })
    }),
  ),
)

const keysOf = async (owner: string) =>
  (await registry.admin.get('/api/v1/api-keys')).json.items.filter((key: { owner: string }) => key.owner === owner)

async function revokeKeysOf(owner: string): Promise<void> {
  for (const { id } of await keysOf(owner)) await registry.admin.send('DELETE', `/api/v1/api-keys/${id}`)
}
