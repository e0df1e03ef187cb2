/** What people do with a registry from day to day: publish, install, upgrade; also behind a proxy, and over the registry's own TLS. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cadastreProgram } from '../cli/test/cadastre.ts'
import { moduleFiles, tarGz } from '../server/test/archives.ts'
import { expectStatus } from '../server/test/client.ts'
import type { OtherProcess } from '../server/test/other-process.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { startFront } from './front.ts'
import { calling, cliEnvironment, eachProgram, runToEnd, workplace } from './terraform.ts'
import { eachWay, overTls, wayThrough } from './ways.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme', 'private')
})
afterAll(() => registry?.stop())

const greeting = (version: string) =>
  tarGz({
    'main.tf': `variable "name" { type = string }\noutput "greeting" { value = "hello \${var.name}, from ${version}" }\n`,
  })

const configuration = (source: string) =>
  `module "greeting" {\n  source = "${source}"\n  version = "~> 1.0"\n  name = "world"\n}\n` +
  'output "said" {\n  value = module.greeting.greeting\n}\n'

let modules = 0
const newModule = () => {
  modules += 1
  return `acme/greeting-${modules}/generic`
}

eachProgram((program) => {
  eachWay((way) => {
    test('what is published is installed and used; an upgrade takes the newer one, and leaves one that was deleted', async () => {
      const [publisher, reader] = [
        await registry.given.key(['modules:write']),
        await registry.given.key(['modules:read']),
      ]
      const address = newModule()
      const publish = async (version: string) =>
        expectStatus(await registry.as(publisher).publishModule(address, version, greeting(version)), 201)
      const front = await way.front(registry.url)
      const files = { 'main.tf': configuration(`${front.host}/${address}`) }
      const cli = await workplace(program, { through: front, token: reader, files })
      const said = async (...init: string[]) => {
        for (const args of [
          ['init', '-input=false', ...init],
          ['apply', '-auto-approve'],
        ]) {
          const { code, text } = await cli.run(...args)
          expect(code, text).toBe(0)
        }
        return (await cli.run('output', '-raw', 'said')).text
      }

      await publish('1.0.0')
      expect(await said()).toBe('hello world, from 1.0.0')
      await publish('1.1.0')
      expect(await said()).toBe('hello world, from 1.0.0')
      expect(await said('-upgrade')).toBe('hello world, from 1.1.0')
      await registry.admin.send('DELETE', `/api/v1/modules/${address}/1.1.0`)
      expect(await said('-upgrade')).toBe('hello world, from 1.0.0')
    })

    test('a folder that `cadastre publish` sends is what a machine installs, without what the folder says to leave out', async () => {
      const address = newModule()
      const token = await registry.given.key(['modules:write'])
      const { front, cli } = await way.machine(program, registry.url, { module: address, token })
      await cli.write({
        'module/main.tf': 'output "one" { value = 1 }\n',
        'module/docs/notes.md': 'kept',
        'module/secret.tfvars': 'left out',
        'module/.terraformignore': '*.tfvars\n',
      })
      const trust = front.trust === undefined ? [] : ['--ca-file', front.trust]

      const published = await runToEnd(
        process.execPath,
        [
          cadastreProgram,
          'publish',
          'module',
          'module',
          '--address',
          address,
          '--version',
          '1.0.0',
          '--host',
          front.url,
          ...trust,
        ],
        cli.folder,
        { ...cliEnvironment(cli.folder), TFR_CLI_TOKEN: token },
      )
      const installed = await cli.run('init', '-input=false')

      expect(published.code, published.text).toBe(0)
      expect(installed.code, installed.text).toBe(0)
      expect(await cli.installedFile('it', 'docs/notes.md')).toBe('kept')
      await expect(cli.installedFile('it', 'secret.tfvars')).rejects.toThrow('ENOENT')
    })

    test('what a machine has installed is counted once for each download', async () => {
      const address = newModule()
      await registry.admin.publishModule(address, '1.0.0')
      const token = await registry.given.key(['modules:read'])
      const { cli } = await way.machine(program, registry.url, { module: address, token })

      for (const args of [
        ['init', '-input=false'],
        ['init', '-input=false'],
        ['init', '-upgrade', '-input=false'],
      ]) {
        expect((await cli.run(...args)).code).toBe(0)
      }

      const downloads = async () => (await registry.admin.get(`/api/v1/modules/${address}/1.0.0`)).json.downloads
      await expect.poll(downloads).toBe(2)
    })
  })

  overTls((tls) => {
    let secure: OtherProcess
    beforeAll(async () => {
      const { certFile, keyFile } = tls().certificate
      secure = await registry.another({
        TFR_SECURITY_TLS_ENABLED: 'true',
        TFR_SECURITY_TLS_CERT_FILE: certFile,
        TFR_SECURITY_TLS_KEY_FILE: keyFile,
      })
    })
    afterAll(() => secure?.stop())

    const entrance = () => ({
      host: new URL(secure.url).host,
      url: secure.url,
      cliConfig: '',
      trust: tls().authority.file,
    })

    test('C-93 the registry speaks TLS itself, with the certificate that the settings name', async () => {
      const address = newModule()
      await registry.admin.publishModule(address, '1.0.0', tarGz(moduleFiles({ 'version.txt': '1.0.0' })))
      const through = entrance()
      const files = { 'main.tf': calling(`${through.host}/${address}`, '1.0.0') }
      const token = await registry.given.key(['modules:read'])
      const [cli, stranger] = [
        await workplace(program, { through, token, files }),
        await workplace(program, { through: { ...through, trust: undefined }, token, files }),
      ]

      const [trusting, distrusting] = [
        await cli.run('init', '-input=false'),
        await stranger.run('init', '-input=false'),
      ]

      expect(secure.url).toMatch(/^https:/)
      expect(trusting.code).toBe(0)
      expect(await cli.installedFile('it', 'version.txt')).toBe('1.0.0')
      expect(distrusting.code).toBe(1)
      expect(distrusting.text).toMatch(/certificate signed by unknown authority/)
    })
  })

  test.each([
    ['is trusted, each client has its own', { TFR_SERVER_TRUSTED_PROXIES: '127.0.0.1' }, [401]],
    ['is not, its clients share one, whatever they say', {}, [429, 401]],
  ])('attempts with bad tokens are limited by address: when the proxy in front %s', async (_what, env, statuses) => {
    const limited = await startRegistry({
      env: {
        TFR_SECURITY_RATE_LIMITING_ENABLED: 'true',
        TFR_SECURITY_RATE_LIMITING_BURST: '1',
        TFR_SECURITY_RATE_LIMITING_REQUESTS_PER_MINUTE: '20',
        ...env,
      },
    })
    try {
      const way = wayThrough((target, options) => startFront(target, options))
      const machineAt = (address: string) =>
        way.machine(program, limited.url, {
          module: 'acme/vpc/aws',
          token: 'tfr_nobody_made_this_one',
          front: { headers: { 'x-forwarded-for': address } },
        })
      const [guesser, other] = [await machineAt('203.0.113.1'), await machineAt('203.0.113.2')]

      const outcomes = [await guesser.cli.run('get'), await other.cli.run('get'), await guesser.cli.run('get')]

      const statusesOf = ({ front }: typeof other) => front.seen.map(({ answer }) => answer.status)
      expect(outcomes.map(({ code }) => code)).toEqual([1, 1, 1])
      expect(statusesOf(other)).toEqual(statuses)
      // The client waits as long as Retry-After says, and is told that its token is bad.
      expect(statusesOf(guesser)).toEqual([401, 429, 401])
      expect(outcomes[2]!.text).toMatch(/401 Unauthorized/)
    } finally {
      await limited.stop()
    }
  })
})
