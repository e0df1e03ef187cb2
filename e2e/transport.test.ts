/** Certificates, methods, error bodies, retries, redirects and prefixes between terraform and the registry (C-38, C-93 … C-98). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../server/test/archives.ts'
import { patiently } from '../server/test/client.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { loopbackNames, makeAuthority } from './certificates.ts'
import { startFront } from './front.ts'
import { calling, eachProgram, workplace } from './terraform.ts'
import { eachWay, overTls, wayThrough } from './ways.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
})
afterAll(() => registry?.stop())

const module = 'acme/vpc/aws'

eachProgram((program) => {
  overTls((tls) => {
    const way = wayThrough((target, options) => startFront(target, options, tls()))

    test('C-93 a certificate with the host among its names is trusted', async () => {
      const { cli } = await way.machine(program, registry.url, { module })

      expect((await cli.run('get')).code).toBe(0)
    })

    test.each([
      ['a common name alone', undefined, /certificate relies on legacy Common Name field, use SANs instead/],
      [
        'the name of another',
        'subjectAltName=DNS:other.example.test',
        /certificate is (not )?valid for|doesn't contain any IP SANs/,
      ],
    ])('C-93 a certificate with %s is not', async (name, extension, says) => {
      const certificate = await tls().authority.issue(name.replaceAll(' ', '-'), extension)
      const front = await startFront(registry.url, {}, { ...tls(), certificate })
      const cli = await workplace(program, { through: front, files: { 'main.tf': calling(`${front.host}/${module}`) } })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(says)
    })

    test('C-93 a certificate of an authority that the machine does not know is not', async () => {
      const stranger = await makeAuthority()
      const certificate = await stranger.issue('leaf', loopbackNames).finally(() => stranger.remove())
      const front = await startFront(registry.url, {}, { ...tls(), certificate })
      const cli = await workplace(program, { through: front, files: { 'main.tf': calling(`${front.host}/${module}`) } })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/certificate signed by unknown authority/)
    })

    test('C-93 plain http where https is expected is called by its name', async () => {
      const http = await startFront(registry.url)
      const through = { ...http, host: new URL(http.url).host, cliConfig: '', trust: tls().authority.file }
      const cli = await workplace(program, { through, files: { 'main.tf': calling(`${through.host}/${module}`) } })

      const { code, text } = await cli.run('get')

      expect(code).toBe(1)
      expect(text).toMatch(/server gave HTTP response to HTTPS client/)
    })

    test('C-96 a token follows a redirect on the same host, and stays behind on the way to another', async () => {
      await registry.given.namespace(`hidden-${program.name}`, 'private')
      await registry.admin.publishModule(`hidden-${program.name}/vpc/aws`, '1.0.0')
      const token = await registry.given.key(['modules:read'])
      const hidden = `hidden-${program.name}/vpc/aws`
      const moved = ({ url = '' }) => url.startsWith('/v1/') && !url.includes('moved=1')
      const other = await way.front(registry.url)
      const within = await way.machine(program, registry.url, {
        module: hidden,
        token,
        front: { answer: (request) => (moved(request) ? to(`${request.url}?moved=1`) : undefined) },
      })
      const away = await way.machine(program, registry.url, {
        module: hidden,
        token,
        // Another name of the same address is another host.
        front: {
          answer: (request) =>
            moved(request) ? to(other.url.replace('127.0.0.1', 'localhost') + request.url) : undefined,
        },
      })

      const [inside, outside] = [await within.cli.run('get'), await away.cli.run('get')]

      expect(inside.code).toBe(0)
      expect(outside.code).toBe(1)
      expect(outside.text).toMatch(/401 Unauthorized/)
      expect(other.find('/versions').headers.authorization).toBeUndefined()
    })
  })

  eachWay((way) => {
    test('C-38 an answer of 503 is asked for once more, and Retry-After is waited for', async () => {
      let refusals = 0
      const { front, cli } = await way.machine(program, registry.url, {
        module,
        front: {
          answer({ url }) {
            if (!url.endsWith('/versions') || refusals > 0) return undefined
            refusals += 1
            return { status: 503, headers: { 'retry-after': '2' } }
          },
        },
      })

      const { code } = await cli.run('get')

      const [first, second, ...more] = front.seen.filter(({ path }) => path.endsWith('/versions'))
      expect(code).toBe(0)
      expect(more).toEqual([])
      expect(second!.atMs - first!.atMs).toBeGreaterThan(1_900)
    })

    test('C-38 a second 503 ends the command', async () => {
      const { front, cli } = await way.machine(program, registry.url, {
        module,
        front: { answer: ({ url }) => (url.endsWith('/download') ? { status: 503 } : undefined) },
      })

      const { code, text } = await cli.run('get')

      const [first, second, ...more] = front.seen.filter(({ path }) => path.endsWith('/download'))
      expect(code).toBe(1)
      expect(text).toMatch(/request failed after 2 attempts/)
      expect(more).toEqual([])
      expect(second!.atMs - first!.atMs).toBeGreaterThan(900)
    })

    test('C-94 what the client gets it may also ask for with HEAD, and other methods are answered with 405', async () => {
      const { front, cli } = await way.machine(program, registry.url, { module })

      const { code } = await cli.run('get')

      const asked = front.seen.filter(({ method }) => method === 'GET')
      expect(code).toBe(0)
      expect(asked.length).toBeGreaterThanOrEqual(3)
      for (const { url, answer } of asked) {
        const head = await registry.anonymous.head(url, { 'accept-encoding': 'gzip' })
        const wrong = await registry.anonymous.send('DELETE', url)
        expect(head.status, url).toBe(answer.status)
        expect(head.bytes).toHaveLength(0)
        expect(head.headers.get('content-length'), url).toBe(answer.headers['content-length'] ?? null)
        expect(wrong.status, url).toBe(405)
        expect(wrong.headers.get('allow'), url).toBe('GET, HEAD')
      }
    })

    test('C-95 every refusal is {"errors": […]} as application/json', async () => {
      const machines = [
        await way.machine(program, registry.url, { module, token: 'tfr_nobody_made_this_one' }),
        await way.machine(program, registry.url, { module: 'acme/nothing/aws' }),
        await way.machine(program, registry.url, { module: 'nobody/vpc/aws' }),
        await way.machine(program, registry.url, {
          module,
          front: { path: (url) => url.replace('signature=', 'signature=x') },
        }),
      ]

      const codes: number[] = []
      for (const { cli } of machines) codes.push((await cli.run('get')).code)

      const refusals = machines.flatMap(({ front }) =>
        front.seen.filter(({ method, answer }) => method === 'GET' && answer.status >= 400),
      )
      expect(codes).toEqual([1, 1, 1, 1])
      expect(refusals.map(({ answer }) => answer.status)).toEqual([401, 404, 401, 403])
      for (const { url, answer } of refusals) {
        expect(answer.headers['content-type'], url).toMatch(/^application\/json\b/)
        expect(JSON.parse(String(answer.body)), url).toMatchObject({ errors: [expect.any(String)] })
      }
    })

    test('C-96 the registry sends nobody elsewhere', async () => {
      const token = await registry.given.key(['modules:read'])
      const { front, cli } = await way.machine(program, registry.url, { module, token })

      const { code } = await cli.run('init', '-input=false')

      expect(code).toBe(0)
      expect(front.seen.map(({ answer }) => Math.floor(answer.status / 100))).toEqual(front.seen.map(() => 2))
    })

    test('C-97 a module of many versions comes in one answer, at once', async () => {
      const [address, count] = [`acme/many-${Math.random().toString(36).slice(2)}/aws`, 60]
      const archive = tarGz(moduleFiles())
      await Promise.all(
        Array.from({ length: count }, (_, patch) =>
          patiently(() => registry.admin.publishModule(address, `1.0.${patch}`, archive)),
        ),
      )
      const { front, cli } = await way.machine(program, registry.url, {
        module: address,
        version: `1.0.${count - 1}`,
        // As it is when nobody says otherwise.
        env: { TF_REGISTRY_CLIENT_TIMEOUT: '10' },
      })

      const { code } = await cli.run('get')

      const lists = front.seen.filter(({ path }) => path.endsWith('/versions'))
      expect(code).toBe(0)
      expect(lists).toHaveLength(1)
      expect((await registry.anonymous.get(lists[0]!.url)).json.modules[0].versions).toHaveLength(count)
    })
  })

  describe('below a path prefix', () => {
    let below: TestRegistry
    beforeAll(async () => {
      below = await startRegistry({ env: { TFR_SERVER_BASE_URL: 'https://tools.example.test/registry' } })
      await below.given.namespace('acme')
      await below.admin.publishModule(module, '1.0.0')
    })
    afterAll(() => below?.stop())

    eachWay((way) => {
      test.each([
        ['keeps', (url: string) => url],
        ['takes away', (url: string) => url.replace(/^\/registry\//, '/')],
      ])('C-98 a proxy that %s the prefix may stand in front', async (_what, path) => {
        const { front, cli } = await way.machine(program, new URL(below.url).origin, {
          module,
          front: { path, modules: '/registry/v1/modules/' },
        })

        const { code } = await cli.run('get')

        const paths = front.seen.map((request) => request.path).filter((each) => !each.startsWith('/.well-known/'))
        expect(code).toBe(0)
        expect(await cli.installed()).toEqual({ it: '1.0.0' })
        expect(paths.length).toBeGreaterThanOrEqual(3)
        expect(paths.filter((each) => !each.startsWith('/registry/'))).toEqual([])
      })
    })
  })
})

const to = (location: string) => ({ status: 302, headers: { location } })
