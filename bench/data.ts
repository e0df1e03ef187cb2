/** What the registry of a bench holds: modules with their documents, made by the server's own rules. */
import { prepareDocument } from '../server/src/foundation/http/prepared.ts'
import { versionsDocumentOf } from '../server/src/modules/documents.ts'
import type { Registry } from './registry.ts'

export const namespace = 'bench'
/** Versions of the largest module of the public registry. */
export const largestModule = 2_504

/** A namespace for signed-in readers, and a key that may read and nothing else. */
export async function makeReader(registry: Registry): Promise<string> {
  await expectCreated(registry, '/api/v1/namespaces', { name: namespace, visibility: 'internal' })
  return (
    await expectCreated(registry, '/api/v1/api-keys', { name: 'reader', scopes: ['modules:read', 'providers:read'] })
  ).token
}

export async function expectCreated(registry: Registry, path: string, body: unknown) {
  const answer = await registry.request('POST', path, { body })
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.body}`)
  return JSON.parse(answer.body.toString())
}

/** Different, in order, and as long as versions are: 0.0.0 … 0.0.9, 0.1.0 … */
export const versionNumbers = (count: number) =>
  Array.from({ length: count }, (_, index) => `${Math.floor(index / 250)}.${Math.floor(index / 10) % 25}.${index % 10}`)

/** As many versions as make a list of so many bytes. */
export function versionsForBytes(bytes: number): string[] {
  const all = versionNumbers(20_000)
  let [low, high] = [1, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (documentOf('sized', all.slice(0, middle)).plainBytes < bytes) low = middle + 1
    else high = middle
  }
  return all.slice(0, low)
}

export const listPath = (name: string) => `/v1/modules/${namespace}/${name}/aws/versions`

export const documentOf = (name: string, versions: string[]) =>
  prepareDocument(versionsDocumentOf({ namespace, name, system: 'aws' }, [...versions].reverse()))

/** Writes the document of a module, as publishing its versions would. */
export async function insertDocument(registry: Registry, name: string, versions: string[]) {
  const { plain, gzip, etag } = documentOf(name, versions)
  await registry.sql('insert into documents (key, plain, gzip, etag) values ($1, $2, $3, $4)', [
    `modules/${namespace}/${name}/aws/versions`,
    plain,
    gzip,
    etag,
  ])
  return { plainBytes: plain.length, gzipBytes: gzip.length, etag }
}

/** Copies a document to `name`0, `name`1 …; what it says inside stays, which no server looks at. */
export async function copyDocument(registry: Registry, key: string, name: string, copies: number): Promise<void> {
  await registry.sql(
    `insert into documents (key, plain, gzip, etag)
     select replace(key, $1::text, $1 || number), plain, gzip, etag
     from documents, generate_series(0, $2::int - 1) as number where key = $3`,
    [name, copies, key],
  )
  await registry.sql('vacuum analyze documents')
}

/** `count` modules, `name`0, `name`1 …, each with the versions 1.0.0 … 1.0.`versions - 1`. */
export async function insertModules(registry: Registry, name: string, count: number, versions: number): Promise<void> {
  await registry.sql(
    `with made as (
       insert into modules (namespace_id, namespace, name, system)
       select id, namespaces.name, $1 || number, 'aws' from namespaces, generate_series(0, $2::int - 1) as number
       where namespaces.name = $3 returning id
     )
     insert into module_versions (module_id, version, core, precedence, sha256, size_bytes)
     select id, '1.0.' || patch, '1.0.' || patch, 'b1b0' || chr(97 + length(patch::text)) || patch || '~', repeat('0', 64), 1000
     from made, generate_series(0, $4::int - 1) as patch`,
    [name, count, namespace, versions],
  )
  await registry.sql('vacuum analyze modules, module_versions')
}
