/** Several server processes publish into one registry, and some of them are killed on the way. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zip } from '../../test/archives.ts'
import type { Client } from '../../test/client.ts'
import type { OtherProcess } from '../../test/other-process.ts'
import { makeDist } from '../../test/provider-dist.ts'
import {
  cutUpload,
  expectNothingLeft,
  finish,
  platformForm,
  putFile,
  putFiles,
  sendForm,
  zipName,
} from '../../test/provider-uploads.ts'
import { trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { versionsDocumentOf } from './documents.ts'
import { listedVersions } from './queries.ts'

let registry: TestRegistry
let other: OtherProcess
let there: Client
beforeAll(async () => {
  // PostgreSQL is shared with the tests that run beside this one.
  registry = await startRegistry({ env: { TFR_DATABASE_MAX_CONNECTIONS: '8' } })
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme')
  other = await registry.another()
  there = other.as(registry.adminToken)
})
afterAll(() => registry?.stop())

const distOf = (type: string, version = '1.0.0') => makeDist({ type, version, platforms: ['linux_amd64'] })

const factsOf = async (type: string) =>
  (await registry.facts()).filter(({ subject }) => subject.startsWith(`acme/${type} `))

test('versions that two processes publish at once are all there, at both', async () => {
  const versions = Array.from({ length: 10 }, (_, index) => `1.${index}.0`)

  const answers = await Promise.all(
    versions.map(async (version, index) => {
      const [first, second] = index % 2 ? [registry.admin, there] : [there, registry.admin]
      const dist = await distOf('many', version)
      await putFiles(first, 'acme', dist)
      return finish(second, 'acme', dist)
    }),
  )

  expect(answers.map(({ status }) => status)).toEqual(versions.map(() => 201))
  const [provider] = await registry.sql(`select id from providers where type = 'many'`)
  const rows = await listedVersions(registry.app.db, provider.id)
  expect(rows.map(({ version }) => version)).toEqual(versions.toReversed())
  const document = versionsDocumentOf({ namespace: 'acme', type: 'many' }, '', rows)
  for (const client of [registry.anonymous, other.anonymous])
    await expect.poll(() => client.get('/v1/providers/acme/many/versions').then(({ json }) => json)).toEqual(document)
  expect(await factsOf('many')).toHaveLength(10)
})

test('a version that both finish at once is published once', async () => {
  const dists = await Promise.all(['1.0.0', '1.1.0', '1.2.0'].map((version) => distOf('race', version)))

  for (const dist of dists) {
    await putFiles(registry.admin, 'acme', dist)
    const answers = await Promise.all([registry.admin, there].map((client) => finish(client, 'acme', dist)))
    expect(answers.map(({ json }) => json.outcome).sort()).toEqual(['already-published', 'published'])
  }

  expect((await factsOf('race')).map(({ kind }) => kind)).toEqual(dists.map(() => 'provider.published'))
})

test('the forms of one version may arrive at different processes', async () => {
  const platforms = ['linux_amd64', 'darwin_arm64', 'windows_amd64', 'linux_arm64']
  const dist = await makeDist({ type: 'spread', version: '1.0.0', platforms })
  const parts = {
    shasums: dist.files.get(dist.sumsName),
    shasums_signature: dist.files.get(dist.signatureName),
    manifest: dist.files.get('terraform-provider-spread_1.0.0_manifest.json'),
  }

  const answers = await Promise.all(
    platforms.map((platform, index) =>
      sendForm(index % 2 ? registry.admin : there, platformForm('acme', dist, platform, parts)),
    ),
  )

  expect(answers.filter(({ status }) => ![200, 201, 202].includes(status))).toEqual([])
  expect(await factsOf('spread')).toHaveLength(1)
})

test('when a process is killed, another one finishes what had arrived, and nothing is kept of what had not', async () => {
  const doomed = await registry.another()
  const dist = await distOf('survivor')
  await putFiles(doomed.as(registry.adminToken), 'acme', dist)
  const path = `/api/v1/providers/acme/half/1.0.0/files/${zipName({ type: 'half', version: '1.0.0' })}`
  const upload = cutUpload(doomed.url, registry.adminToken, `PUT ${path} HTTP/1.1`, randomBytes(50_000), 100_000)
  setTimeout(() => doomed.kill('SIGKILL'), 100)
  await upload.catch(() => {})
  await doomed.ended

  const published = await finish(registry.admin, 'acme', dist)

  expect(published.status).toBe(201)
  const { json } = await other.anonymous.get('/v1/providers/acme/survivor/1.0.0/download/linux/amd64')
  const sent = await other.anonymous.get(json.download_url)
  expect(sent.bytes.equals(dist.files.get(zipName(dist))!)).toBe(true)
  await expectNothingLeft(registry, 'half')
})

test('when a process is killed among many uploads, every file is whole or not there, and all can be finished', async () => {
  const doomed = await registry.another()
  const client = doomed.as(registry.adminToken)
  const dists = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      makeDist({
        type: 'storm',
        version: `1.${index}.0`,
        platforms: ['linux_amd64', 'linux_arm64'],
        change: (files) => {
          for (const name of files.keys())
            if (name.endsWith('.zip'))
              files.set(name, zip({ 'terraform-provider-storm': 'x', noise: randomBytes(200_000) }))
        },
      }),
    ),
  )
  let answered = 0

  await Promise.all(
    dists.flatMap((dist) =>
      [...dist.files.keys()].map(async (name) => {
        const answer = await putFile(client, 'acme', dist, name).catch(() => undefined)
        if (answer?.status === 200) answered += 1
        if (answered === 12) doomed.kill('SIGKILL')
      }),
    ),
  )
  await doomed.ended

  const waiting = await registry.sql<{ filename: string; sha256: string; path: string }>(
    `select filename, s.sha256, o.key as path from staged_files s left join stored_objects o on o.id = s.object_id
      where type = 'storm'`,
  )
  expect(waiting.length).toBeGreaterThanOrEqual(12)
  const stored = await registry.storedFiles()
  for (const { path } of waiting.filter((file) => file.path))
    expect(stored.some((file) => file.endsWith(path))).toBe(true)
  for (const dist of dists) {
    await putFiles(registry.admin, 'acme', dist)
    expect((await finish(registry.admin, 'acme', dist)).status).toBe(201)
    const { json } = await registry.anonymous.get(`/v1/providers/acme/storm/${dist.version}/download/linux/arm64`)
    const sent = await registry.anonymous.get(json.download_url)
    expect(sent.bytes.equals(dist.files.get(zipName(dist, 'linux_arm64'))!)).toBe(true)
  }
})
