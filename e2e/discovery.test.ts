/** How a registry is found by its name (C-01 … C-08). A `host` block replaces all of this, so it is over TLS alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDist } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { startFront } from './front.ts'
import { addKey, allPlatforms, plain, publish } from './providers.ts'
import { eachProgram, requiring, workplace } from './terraform.ts'
import { overTls, wayThrough } from './ways.ts'

const discovery = '/.well-known/terraform.json'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
  await addKey(registry, 'acme')
  await publish(registry, 'acme', await makeDist({ type: 'greeter', version: '1.0.0', platforms: allPlatforms }))
})
afterAll(() => registry?.stop())

eachProgram((program) =>
  overTls((tls) => {
    const way = wayThrough((target, options) => startFront(target, options, tls()))
    const module = 'acme/vpc/aws'

    test('C-01 discovery answers without credentials, as application/json', async () => {
      const { front, cli } = await way.machine(program, registry.url, { module })

      const { code } = await cli.run('get')

      const [first] = front.seen
      expect(code).toBe(0)
      expect(first).toMatchObject({ method: 'GET', url: discovery })
      expect(first!.headers.authorization).toBeUndefined()
      expect(first!.answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    })

    test('C-02 it names the services for modules and providers, with a slash at the end, and signing in, and nothing that is not there', async () => {
      const { front, cli } = await way.machine(program, registry.url, {
        module,
        provider: 'acme/greeter',
        front: plain,
      })

      const { code, text } = await cli.run('init', '-input=false')

      expect(code, text).toBe(0)
      expect(JSON.parse(String(front.find(discovery).answer.body))).toEqual({
        'modules.v1': '/v1/modules/',
        'providers.v1': '/v1/providers/',
        'login.v1': expect.objectContaining({ authz: '/oauth/authorize', token: '/oauth/token' }),
      })
      expect(await cli.installed()).toEqual({ it: '1.0.0' })
      expect(text).toMatch(/Installed \S+\/acme\/greeter v1\.0\.0/)
    })

    test('C-03 a token, good or bad, changes nothing about it', async () => {
      const good = await registry.given.key(['modules:read'])
      const codes: number[] = []
      const bodies: string[] = []
      for (const token of [undefined, good, 'tfr_nobody_made_this_one', 'not even one of ours']) {
        const { front, cli } = await way.machine(program, registry.url, { module, token, front: plain })
        codes.push((await cli.run('get')).code)
        const { headers, answer } = front.find(discovery)
        expect(headers.authorization).toBe(token && `Bearer ${token}`)
        expect(answer.status).toBe(200)
        bodies.push(String(answer.body))
      }

      expect(codes).toEqual([0, 0, 1, 1])
      expect(new Set(bodies).size).toBe(1)
    })

    test('C-04 addresses in it count from where a redirect led', async () => {
      const there = await way.front(registry.url)
      const { front, cli } = await way.machine(program, registry.url, {
        module,
        front: { answer: () => ({ status: 302, headers: { location: there.url + discovery } }) },
      })

      const { code } = await cli.run('get')

      expect(code).toBe(0)
      expect(front.requests()).toEqual([`GET ${discovery}`])
      expect(there.requests()).toContain('GET /v1/modules/acme/vpc/aws/versions')
    })

    test('C-05 another media type would be an error', async () => {
      const { cli } = await way.machine(program, registry.url, {
        module,
        front: { change: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/json' } }) },
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/unsupported Content-Type "text\/json"/)
    })

    test('C-06 a host without the document has no modules and no providers', async () => {
      const nothing = { answer: () => ({ status: 404 }) }
      const { front, cli } = await way.machine(program, registry.url, { module, front: nothing })
      const forProviders = await workplace(program, {
        through: front,
        files: { 'providers.tf': requiring({ [`${front.host}/acme/greeter`]: undefined }) },
      })

      const modules = await cli.run('get')
      const providers = await forProviders.run('init', '-input=false')

      expect([modules.code, providers.code]).toEqual([1, 1])
      expect(modules.text).toMatch(/does not provide a modules service/)
      expect(providers.text).toMatch(/does not offer a (Terraform|OpenTofu) provider registry/)
    })

    test.each([429, 503])('C-07 %i on discovery ends the command after one attempt', async (status) => {
      const { front, cli } = await way.machine(program, registry.url, {
        module,
        front: { answer: () => ({ status, headers: { 'retry-after': '1' } }) },
      })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(new RegExp(`${status}`))
      expect(front.requests()).toEqual([`GET ${discovery}`])
    })

    test('C-08 nothing is said of tfe.v2, so login opens a browser, and asks for no token to be pasted', async () => {
      const front = await way.front(registry.url, plain)
      const cli = await workplace(program, { through: front })

      const { code, text } = await cli.run('login', front.host)

      expect(code).toBe(1)
      expect(text).toMatch(/will request an API token for \S+ using OAuth/)
      expect(String(front.find(discovery).answer.body)).not.toContain('tfe')
      expect(front.requests()).toEqual([`GET ${discovery}`])
    })
  }),
)
