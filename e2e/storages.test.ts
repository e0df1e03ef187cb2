/**
 * The same installation of a module and a provider from each kind of store, sent there by a signed address or given the
 * bytes by the registry. Over plain http alone: the stand-ins for the stores speak nothing else.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Environment } from '../server/src/foundation/config/sources.ts'
import { azuriteMissing, startAzurite } from '../server/test/azurite.ts'
import { expectStatus } from '../server/test/client.ts'
import { makeServiceAccount, startFakeGcs } from '../server/test/gcs-fake.ts'
import { makeDist } from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import { startS3rver } from '../server/test/s3rver.ts'
import { startFront } from './front.ts'
import { addKey, allPlatforms, isZip, publish } from './providers.ts'
import { eachProgram } from './terraform.ts'
import { wayThrough } from './ways.ts'

/** A store that runs, and the settings that a registry needs for it. */
type Store = { origin: string; env: Environment; stop(): Promise<void> }

const stores: { name: string; setting: string; missing?: string; start(): Promise<Store> }[] = [
  { name: 'S3 (s3rver)', setting: 'S3', start: inS3rver },
  { name: 'Azure (Azurite)', setting: 'AZURE', missing: azuriteMissing, start: inAzurite },
  { name: 'Google Cloud (a fake)', setting: 'GCS', start: inFakeGcs },
]

const [module, provider] = ['acme/vpc/aws', 'acme/greeter']
const way = wayThrough(startFront)

async function registryOn(env: Environment): Promise<TestRegistry> {
  const registry = await startRegistry({ env })
  await registry.given.namespace('acme')
  expectStatus(await registry.admin.publishModule(module, '1.0.0'), 201)
  await addKey(registry, 'acme')
  await publish(registry, 'acme', await makeDist({ type: 'greeter', version: '1.0.0', platforms: allPlatforms }))
  return registry
}

/** What a machine that installs both was answered when it asked for their bytes. */
function installsFrom(
  given: () => TestRegistry,
  title: string,
  expected: { status: number; origin(): string | undefined },
) {
  eachProgram((program) => {
    test(title, async () => {
      const { front, cli } = await way.machine(program, given().url, { module, provider })

      const { code, text } = await cli.run('init', '-input=false')

      expect(code, text).toBe(0)
      expect(await cli.installed()).toEqual({ it: '1.0.0' })
      expect(text).toMatch(/Installed \S+\/acme\/greeter v1\.0\.0 \((self-)?signed, key ID [0-9A-F]{16}\)/)
      const bytes = front.seen.filter(
        ({ method, url, path }) => method === 'GET' && (isZip({ url }) || path.endsWith('.tar.gz')),
      )
      expect(bytes.map(({ answer }) => answer.status)).toEqual([expected.status, expected.status])
      for (const { answer } of bytes) {
        const { location } = answer.headers as { location?: string }
        expect(location && new URL(location).origin).toBe(expected.origin())
      }
    })
  })
}

describe('a folder of this machine', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await registryOn({})
  })
  afterAll(() => registry?.stop())

  installsFrom(() => registry, 'the registry sends the bytes', { status: 200, origin: () => undefined })
})

describe.each(stores)('$name', ({ setting, missing, start }) => {
  describe.skipIf(missing)(missing ?? 'where it is installed', () => {
    let store: Store
    let registries: { redirecting: TestRegistry; sending: TestRegistry } | undefined
    beforeAll(async () => {
      store = await start()
      const env = { ...store.env, TFR_STORAGE_DEFAULT_BACKEND: setting.toLowerCase() }
      const directly = { [`TFR_STORAGE_${setting}_SERVE_DIRECTLY`]: 'true' }
      const [redirecting, sending] = await Promise.all([registryOn(env), registryOn({ ...env, ...directly })])
      registries = { redirecting, sending }
    })
    afterAll(async () => {
      await registries?.redirecting.stop()
      await registries?.sending.stop()
      await store?.stop()
    })

    installsFrom(() => registries!.redirecting, 'clients are sent to the store', {
      status: 302,
      origin: () => store.origin,
    })
    installsFrom(() => registries!.sending, 'the registry sends the bytes', { status: 200, origin: () => undefined })

    test('nothing lies on the disk of the registry', async () => {
      for (const registry of Object.values(registries!)) expect(await registry.storedFiles()).toEqual([])
    })
  })
})

async function inS3rver(): Promise<Store> {
  const { endpoint, bucket, accessKeyId, secretAccessKey, stop } = await startS3rver()
  return {
    origin: endpoint,
    env: {
      TFR_STORAGE_S3_ENDPOINT: endpoint,
      TFR_STORAGE_S3_BUCKET: bucket,
      TFR_STORAGE_S3_PREFIX: 'cadastre/',
      TFR_STORAGE_S3_ACCESS_KEY_ID: accessKeyId,
      TFR_STORAGE_S3_SECRET_ACCESS_KEY: secretAccessKey,
    },
    stop,
  }
}

async function inAzurite(): Promise<Store> {
  const { origin, account, accountKey, service, stop } = await startAzurite()
  await service.createContainer('cadastre')
  return {
    origin,
    env: {
      TFR_STORAGE_AZURE_ACCOUNT_NAME: account,
      TFR_STORAGE_AZURE_ACCOUNT_KEY: accountKey,
      TFR_STORAGE_AZURE_CONTAINER_NAME: 'cadastre',
      TFR_STORAGE_AZURE_ENDPOINT: `${origin}/${account}`,
    },
    stop,
  }
}

async function inFakeGcs(): Promise<Store> {
  const account = makeServiceAccount()
  const fake = await startFakeGcs(account)
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-gcs-'))
  await writeFile(join(folder, 'key.json'), JSON.stringify(account.file))
  return {
    origin: fake.origin,
    env: {
      TFR_STORAGE_GCS_BUCKET: fake.newBucket(),
      TFR_STORAGE_GCS_CREDENTIALS_FILE: join(folder, 'key.json'),
      TFR_STORAGE_GCS_ENDPOINT: fake.origin,
    },
    async stop() {
      await fake.stop()
      await rm(folder, { recursive: true })
    },
  }
}
