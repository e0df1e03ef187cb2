/** Storage in Azure, against Azurite: the contract, what trouble does, and what only Azure has. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { inspect } from 'node:util'
import {
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Azurite, azuriteMissing, startAzurite } from '../../../test/azurite.ts'
import { type Config, settings } from '../config/settings.ts'
import { azureStorage } from './azure.ts'
import { storageContract } from './contract-suite.ts'
import { type Storage, troubleOf } from './storage.ts'
import { storageTrouble } from './trouble-suite.ts'

type Azure = Config['storage']['azure']

const linkOptions = { lifetimeSeconds: 600, fileName: 'vpc-1.2.0.tar.gz' }

describe.skipIf(azuriteMissing)(azuriteMissing ?? 'Azurite', () => {
  let azurite: Azurite
  beforeAll(async () => {
    azurite = await startAzurite()
  })
  afterAll(() => azurite?.stop())

  storageContract('Azure', async () => azureStorage(await newContainer(azurite)))
  let troubled: Azure | undefined
  storageTrouble(
    'Azure',
    async (origin, silenceMs) => {
      troubled ??= await newContainer(azurite)
      return azureStorage({ ...troubled, endpoint: `${origin}/${azurite.account}` }, { silenceMs })
    },
    () => azurite.origin,
  )

  test('blobs are named by prefix and key, and listed without the prefix', async () => {
    const settings = await newContainer(azurite, { prefix: 'cadastre/eu/' })
    const storage = await azureStorage(settings)
    await azurite.service.getContainerClient(settings.container_name!).getBlockBlobClient('modules/b').upload('x', 1)

    await putText(storage, 'modules/a')

    const names: string[] = []
    for await (const blob of azurite.service.getContainerClient(settings.container_name!).listBlobsFlat())
      names.push(blob.name)
    expect(names).toEqual(['cadastre/eu/modules/a', 'modules/b'])
    expect(await keysOf(storage, '')).toEqual(['modules/a'])
  })

  test('a link is good for one blob and a while, and names the file', async () => {
    const storage = await azureStorage(await newContainer(azurite))
    await putText(storage, 'modules/a')
    await putText(storage, 'modules/b')

    const link = (await storage.link('modules/a', linkOptions))!
    const late = (await storage.link('modules/a', { ...linkOptions, lifetimeSeconds: -1 }))!

    const answer = await fetch(link)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="vpc-1.2.0.tar.gz"')
    expect((await fetch(late)).status).toBe(403)
    expect((await fetch(link.replace('modules/a', 'modules/b'))).status).toBe(403)
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(403)
  })

  test('links lead to the CDN where there is one, and nothing else does', async () => {
    const storage = await azureStorage(
      await newContainer(azurite, { prefix: 'cadastre/', cdn_url: 'https://cdn.example.com/archives/' }),
    )
    await putText(storage, 'modules/a')

    const link = new URL((await storage.link('modules/a', linkOptions))!)

    expect(link.origin + link.pathname).toBe('https://cdn.example.com/archives/cadastre/modules/a')
    expect(link.searchParams.get('sp')).toBe('r')
    expect(link.searchParams.get('sig')).toBeTruthy()
  })

  test('a shared access signature reads and writes, and is never handed out', async () => {
    const known = await newContainer(azurite)
    const token = generateBlobSASQueryParameters(
      {
        containerName: known.container_name!,
        permissions: ContainerSASPermissions.parse('rcwdl'),
        expiresOn: new Date(Date.now() + 600_000),
      },
      new StorageSharedKeyCredential(azurite.account, azurite.accountKey),
    )
    const storage = await azureStorage(
      azureSettings({ ...known, auth_method: 'sas', account_key: undefined, sas_token: `?${token}` }),
    )

    await putText(storage, 'modules/a')

    expect((await buffer(await storage.get('modules/a'))).toString()).toBe('some bytes')
    expect(await keysOf(storage, 'modules/')).toEqual(['modules/a'])
    expect(await storage.link('modules/a', linkOptions)).toBeUndefined()
    await storage.delete('modules/a')
    expect(await storage.head('modules/a')).toBeUndefined()
  })

  test.each([
    ['account_key', { account_key: randomBytes(64).toString('base64') }],
    ['sas', { auth_method: 'sas', sas_token: `sv=2025-05-05&sr=c&sp=rcwdl&sig=${randomUUID()}` }],
  ] as const)(
    'what %s does not open is out of reach, and the error does not tell the secret',
    async (_method, wrong) => {
      const storage = await azureStorage(await newContainer(azurite, wrong))

      const error = await storage.head('modules/a').catch((error) => error)
      const written = await putText(storage, 'modules/a').catch((error) => error)

      expect([troubleOf(error), troubleOf(written)]).toEqual(['unavailable', 'unavailable'])
      expect(error.message).toMatch(/^Azure answers 403 /)
      const secret = 'sas_token' in wrong ? wrong.sas_token.split('sig=')[1]! : wrong.account_key
      expect(inspect([error, written], { depth: 20, showHidden: true })).not.toContain(secret)
    },
  )

  test('a container that is not there is no missing object', async () => {
    const storage = await azureStorage({ ...(await newContainer(azurite)), container_name: 'nowhere' })

    for (const work of [
      () => storage.head('modules/a'),
      () => storage.get('modules/a'),
      () => storage.delete('modules/a'),
      () => putText(storage, 'modules/a'),
      () => keysOf(storage, 'modules/'),
    ])
      await expect(work()).rejects.toSatisfy((error) => troubleOf(error) === 'unavailable')
  })

  test('of two that put the same large object at once, if absent, one does', async () => {
    const storage = await azureStorage(await newContainer(azurite))
    const bytes = randomBytes(17_000_000)
    const put = () => storage.putIfAbsent('modules/a', Readable.from([bytes]), promiseOf(bytes))

    const stored = await Promise.all([put(), put()])

    const there = await storage.head('modules/a')
    expect(stored.filter((each) => each !== undefined)).toEqual([there])
    expect((await buffer(await storage.get('modules/a'))).equals(bytes)).toBe(true)
  })
})

const azureSettings = (azure: Partial<Azure>): Azure => settings.parse({ storage: { azure } }).storage.azure

async function newContainer(
  { service, origin, account, accountKey }: Azurite,
  more: Partial<Azure> = {},
): Promise<Azure> {
  const name = `c-${randomUUID()}`
  await service.createContainer(name)
  const known = { account_name: account, account_key: accountKey, container_name: name }
  return azureSettings({ ...known, endpoint: `${origin}/${account}`, ...more })
}

async function putText(storage: Storage, key: string) {
  const bytes = Buffer.from('some bytes')
  return storage.put(key, Readable.from([bytes]), promiseOf(bytes))
}

async function keysOf(storage: Storage, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const key of storage.list(prefix)) keys.push(key)
  return keys
}

const promiseOf = (bytes: Buffer) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
})
