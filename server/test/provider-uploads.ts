/** Sends a provider version file by file or as forms, and says what a refusal may not leave behind. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { sweep } from '../src/operations/sweep.ts'
import { type Answer, type Client, expectStatus } from './client.ts'
import type { Dist } from './provider-dist.ts'
import type { TestRegistry } from './registry.ts'

export const versionPath = (namespace: string, { type, version }: { type: string; version: string }) =>
  `/api/v1/providers/${namespace}/${type}/${encodeURIComponent(version)}`

export const putFile = (client: Client, namespace: string, dist: Dist, name: string, content = dist.files.get(name)) =>
  client.send('PUT', `${versionPath(namespace, dist)}/files/${encodeURIComponent(name)}`, content)

/** Every file unless some are named; all of them are taken. */
export async function putFiles(client: Client, namespace: string, dist: Dist, names = [...dist.files.keys()]) {
  for (const name of names) expectStatus(await putFile(client, namespace, dist, name), 200)
}

export const finish = (client: Client, namespace: string, dist: { type: string; version: string }): Promise<Answer> =>
  client.send('POST', `${versionPath(namespace, dist)}/publish`)

/** The same before everything has been sent: what is there is judged, and what is missing is named. */
export const finishOrWait = (client: Client, namespace: string, dist: Dist): Promise<Answer> =>
  client.send('POST', `${versionPath(namespace, dist)}/publish?mayWait=true`)

export const zipName = ({ type, version }: { type: string; version: string }, platform = 'linux_amd64') =>
  `terraform-provider-${type}_${version}_${platform}.zip`

/** A string goes as a text field, bytes as a file; nothing leaves the part out. */
export type Parts = Record<string, string | Buffer | undefined>

/** The form of one platform, as a job of a pipeline sends it. */
export function platformForm(namespace: string, dist: Dist, platform: string, parts: Parts = {}): FormData {
  const [os, arch] = platform.split('_')
  const fields = { namespace, type: dist.type, version: dist.version, os, arch }
  const form = new FormData()
  const all: Parts = { ...fields, file: dist.files.get(zipName(dist, platform)), ...parts }
  for (const [name, value] of Object.entries(all)) {
    if (typeof value === 'string') form.set(name, value)
    else if (value) form.set(name, new Blob([new Uint8Array(value)]), name)
  }
  return form
}

export const sendForm = (client: Client, form: FormData) => client.send('POST', '/api/v1/providers', form)

/**
 * No row, no document, no fact; nothing in the lists. Of the files only those wait that were taken, and once they are
 * forgotten, the store holds none of their bytes.
 */
export async function expectNothingLeft(registry: TestRegistry, type: string, waiting: string[] = []): Promise<void> {
  const rows = await registry.sql('select type from providers where type = $1', [type])
  const documents = await registry.sql('select key from documents where key like $1', [`providers/%/${type}/%`])
  const facts = (await registry.facts()).filter(({ subject }) => new RegExp(`/${type}( |$)`).test(subject))
  const staged = await registry.sql<{ filename: string }>('select filename from staged_files where type = $1', [type])
  const listed = await registry.admin.get(`/v1/providers/acme/${type}/versions`)
  expect({ rows, documents, facts, staged: staged.map(({ filename }) => filename).sort() }).toEqual({
    rows: [],
    documents: [],
    facts: [],
    staged: [...waiting].sort(),
  })
  expect(listed.status).toBe(404)
  await registry.sql('delete from staged_files where type = $1', [type])
  await sweep(registry.app, 0)
  const files = await registry.storedFiles()
  const named = await registry.sql<{ key: string }>(
    `select key from stored_objects where id in (select object_id from provider_platforms)
      or id in (select object_id from staged_files)`,
  )
  expect(files.map((file) => file.replace(/^.*\/objects\//, '')).sort()).toEqual(named.map(({ key }) => key).sort())
}

/**
 * Promises the whole content, sends a part of it, and hangs up; nothing comes back.
 * @param arrived when the part has arrived; else it is taken to be on its way for a moment
 */
export function cutUpload(
  url: string,
  token: string,
  head: string,
  sent: Buffer,
  promisedBytes: number,
  arrived: () => Promise<unknown> = () => pause(200),
) {
  const { port } = new URL(url)
  return new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`${head}\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: ${promisedBytes}\r\n\r\n`)
      socket.write(sent)
      arrived().then(() => socket.destroy(), reject)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
}
