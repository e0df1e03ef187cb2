/**
 * What the protocols say of other registries, as it lies in memory until the catalogue of that registry, or who may see
 * it, has changed. Of a thing and not of a caller: rights are asked with each request.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { NamespaceRights } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import { describeKept, keepInMemory } from '../foundation/database/kept.ts'
import { askTogether } from '../foundation/database/together.ts'
import { type PreparedDocument, preparedBytes } from '../foundation/http/prepared.ts'
import type { NamespaceDocument } from '../organizations/documents.ts'
import { cataloguedRights } from '../upstream/catalogued-rights.ts'
import { besideSums, ruledRepository } from '../upstream/opentofu-layout.ts'
import { addressText } from '../upstream/source.ts'
import { catalogueTopic } from './topic.ts'
import { atRegistryItself, type UpstreamAddress, type UpstreamModule } from './upstream-address.ts'
import {
  type AskedPackage,
  type FoundModule,
  type FoundPackage,
  findModules,
  findPackages,
  findVersionLists,
} from './upstream-queries.ts'

export type ModuleAnswer = {
  namespace: NamespaceRights | undefined
  /** absent when there is no such version */
  version: string | undefined
  /** empty: the source does not say */
  location: string
  /** the address that knows it, when this registry does not */
  elsewhere: string
}

export type PackageAnswer = {
  namespace: NamespaceRights | undefined
  /** absent when there is no such version */
  version: string | undefined
  /** absent when the version has no such platform, or the source does not say where it lies */
  document: PreparedDocument | undefined
  /** the address that knows it, when this registry does not; empty when there is no such platform */
  elsewhere: string
  sent: number
}

const documentsBytes = 64 * 1024 * 1024
const modulesBytes = 16 * 1024 * 1024
const packagesBytes = 64 * 1024 * 1024

/** As its address begins: `registry.opentofu.org/providers/hashicorp/random`. */
const keyOf = (address: UpstreamAddress) => `${address.hostname}/${address.kind}s/${addressText(address)}`

export function upstreamAnswers(app: App) {
  const documents = keepInMemory<NamespaceDocument>({
    maxBytes: documentsBytes,
    sizeOf: ({ document }) => 300 + (document ? preparedBytes(document) : 0),
  })
  const modules = keepInMemory<ModuleAnswer>({
    maxBytes: modulesBytes,
    sizeOf: ({ location, elsewhere }) => 500 + 2 * (location.length + elsewhere.length),
  })
  const packages = keepInMemory<PackageAnswer>({
    maxBytes: packagesBytes,
    // The bytes, and those once more, gzipped.
    sizeOf: ({ document }) => 600 + 2 * (document?.plainBytes ?? 0),
  })
  const allKept = Object.entries({
    upstream_documents: documents,
    upstream_modules: modules,
    upstream_packages: packages,
  })
  const askDocument = askTogether((asked: UpstreamAddress[]) => findVersionLists(app.db, asked))
  const askModule = askTogether((asked: (UpstreamModule & { core: string })[]) => findModules(app.db, asked))
  const askPackage = askTogether((asked: AskedPackage[]) => findPackages(app.db, asked))

  const ofAnyRegistry = catalogueTopic('')
  app.changes.onChange((topic) => {
    if (!topic.startsWith(ofAnyRegistry)) return
    const prefix = `${topic.slice(ofAnyRegistry.length)}/`
    for (const [, kept] of allKept) kept.dropWhere((key: string) => key.startsWith(prefix))
  })
  app.changes.onReset(() => {
    for (const [, kept] of allKept) kept.clear()
  })
  for (const [name, kept] of allKept) describeKept(app.metrics, name, kept)

  return {
    /** @param key as `keyOf` makes it, or anything else, which is never there; so it is below, with what follows it */
    versionsInMemory: (key: string) => documents.peek(key),

    versions: (address: UpstreamAddress) =>
      documents.get(keyOf(address), async () => {
        const { visibility, document } = await askDocument(address)
        return { namespace: cataloguedRights(address.hostname, address.namespace, visibility), document }
      }),

    /** @param key with `/core` */
    moduleInMemory: (key: string) => modules.peek(key),

    module: (address: UpstreamModule, core: string) =>
      modules.get(`${keyOf(address)}/${core}`, async () =>
        moduleAnswerOf(address, await askModule({ ...address, core })),
      ),

    /** @param key with `/core/os/arch` */
    packageInMemory(key: string) {
      const answer = packages.peek(key)
      return answer && onceMore(answer)
    },

    async package(asked: AskedPackage) {
      const key = `${keyOf(asked)}/${asked.core}/${asked.os}/${asked.arch}`
      return onceMore(await packages.get(key, async () => packageAnswerOf(asked, await askPackage(asked))))
    },
  }
}

function moduleAnswerOf({ hostname, namespace }: UpstreamModule, row: FoundModule): ModuleAnswer {
  const rights = cataloguedRights(hostname, namespace, row.visibility)
  const { version, source, tag } = row
  if (version === null) return { namespace: rights, version: undefined, location: '', elsewhere: '' }
  const repository = repositoryOf(row)
  const path = ['modules', row.namespace, row.name, row.system, version, 'download']
  return {
    namespace: rights,
    version,
    location: repository && `git::${inHeader(repository)}?ref=${encodeURIComponent(tag)}`,
    elsewhere: repository ? '' : atRegistryItself(source, hostname, path),
  }
}

/** Where it lies is a rule of OpenTofu's registry alone, and so is that versions are written as they are tagged. */
function repositoryOf({ source, repository, namespace, name, system }: FoundModule): string {
  if (repository !== '') return /^[\w+.-]+:\/\//.test(repository) ? repository : `https://github.com/${repository}`
  return source.kind === 'registry-api' ? '' : ruledRepository({ kind: 'module', namespace, name, system })
}

/** A source writes what it likes, and what stands in a header is ASCII. */
const inHeader = (url: string) => url.replace(/[^\x21-\x7e]/gu, encodeURIComponent)

function packageAnswerOf(asked: AskedPackage, row: FoundPackage): PackageAnswer {
  const { hostname, namespace, type, os, arch } = asked
  const rights = cataloguedRights(hostname, namespace, row.visibility)
  const { version, filename, shasumsUrl, shasumsSignatureUrl } = row
  const nothing = { namespace: rights, document: undefined, elsewhere: '', sent: 0 }
  if (version === null) return { ...nothing, version: undefined }
  const found = { ...nothing, version }
  if (filename === null && row.complete !== null) return found
  if (!filename || shasumsUrl === '' || shasumsSignatureUrl === '') {
    const path = ['providers', namespace, type, version, 'download', os, arch]
    return { ...found, elsewhere: atRegistryItself(row.source, hostname, path) }
  }
  const plain = Buffer.from(
    JSON.stringify({
      protocols: row.protocols,
      os,
      arch,
      filename,
      download_url: row.downloadUrl || besideSums(shasumsUrl, filename),
      shasums_url: shasumsUrl,
      shasums_signature_url: shasumsSignatureUrl,
      shasum: row.sha256,
      // A trust signature that is not empty has to be one of HashiCorp's.
      signing_keys: {
        gpg_public_keys: (row.keys ?? []).map((key) => ({ ...key, trust_signature: '', source: '', source_url: null })),
      },
      // A client that finds its own platform missing refuses to install.
      ...(row.complete ? { packages: row.packages } : {}),
    }),
  )
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { ...found, document: { etag, plain, gzip: null, plainBytes: plain.length } }
}

/** Most answers are given once, and those are not worth compressing. */
function onceMore(answer: PackageAnswer): PackageAnswer {
  answer.sent += 1
  if (answer.sent === 2 && answer.document) answer.document.gzip = gzipSync(answer.document.plain!)
  return answer
}
