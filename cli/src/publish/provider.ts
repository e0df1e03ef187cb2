/** `cadastre publish provider`: checks what GoReleaser has left, sends what the registry lacks, and has it published. */
import { dirname, resolve } from 'node:path'
import type { components } from '@cadastre/contract/openapi.gen'
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import { codeSource, type Found, type SourceFlags, saidOf, sourceOptions } from '../code-source.ts'
import { exit, Failure } from '../exit.ts'
import { examples } from '../help.ts'
import { inNamespace } from '../in-namespace.ts'
import { whenInterrupted } from '../interruption.ts'
import { commitBuilt, readProviderDist } from '../provider-dist.ts'
import { checkedRelease, filesOf, type ProviderRelease } from '../provider-release.ts'
import { verifySignature } from '../provider-signature.ts'
import { uploadFiles } from '../provider-upload.ts'
import { answered, type Registry } from '../registry.ts'
import type { ReleaseFile } from '../release-file.ts'
import { inColumns, type Report } from '../report.ts'
import { sizeText } from '../upload-progress.ts'
import { outcomeReport } from './provider-report.ts'

export type ProviderVersion = components['schemas']['ProviderVersion']
type Flags = SourceFlags & { namespace: string; version?: string; manifest?: string; dryRun?: boolean }
type Path = { namespace: string; type: string; version: string }

const ofVersion = '/api/v1/providers/{namespace}/{type}/{version}'

export function addPublishProvider(publish: Command): void {
  const command = publish
    .command('provider')
    .description('Publish a version of a provider from the folder that GoReleaser writes, as it is.')
    .argument('<dist>', 'the folder with the zips, SHA256SUMS and its signature')
    .requiredOption('--namespace <namespace>', 'where to publish it')
    .option('--version <version>', 'which one, when the folder holds several')
    .option('--manifest <file>', 'the manifest that SHA256SUMS names, when it is not found')
  sourceOptions(command)
    .option('--dry-run', 'check everything, say what would be sent, and send nothing')
    .action(action(publishProvider))
  examples(command, [
    'cadastre publish provider ./dist --namespace acme',
    'cadastre publish provider ./dist --namespace acme --dry-run',
    'cadastre publish provider ./dist --namespace acme --manifest terraform-registry-manifest.json',
  ])
}

async function publishProvider(call: Call, folder: string, flags: Flags): Promise<Report> {
  const dist = readProviderDist(folder, flags.version)
  const release = await checkedRelease(dist, flags.manifest)
  const from = await codeSource(call, flags, {
    folder: dirname(resolve(call.here.cwd, folder)),
    untrackedToo: false,
    builtFrom: commitBuilt(dist),
  })
  const path = { namespace: flags.namespace, type: release.type, version: release.version }
  const registry = await call.registry()
  await checkSignature(registry, flags.namespace, release)
  const live = await liveVersion(registry, path)
  const report = outcomeReport(call, registry, release, flags.namespace)
  if (live) {
    refuseOthers(path, live, release)
    return report({ outcome: 'already-published', version: live, from })
  }
  if (flags.dryRun) return report({ outcome: 'dry-run', from })

  for (const doubt of release.doubts) call.say(`Warning: ${doubt}`)
  const missing = await filesMissing(call, registry, path, release)
  sayTable(call, release, missing)
  const { version, outcome, warnings } = await sendAndPublish(call, registry, path, { files: missing, from })
  return report({ outcome, version, missing, warnings, from })
}

async function checkSignature({ api }: Registry, namespace: string, { sums, signature }: ProviderRelease) {
  const asked = api.GET('/api/v1/namespaces/{namespace}/signing-keys', { params: { path: { namespace } } })
  const keys = await inNamespace(namespace, answered(asked))
  await verifySignature(sums.bytes, signature.bytes, keys.items, namespace)
}

/** @returns undefined for one that is not there yet */
async function liveVersion({ api }: Registry, path: Path): Promise<ProviderVersion | undefined> {
  try {
    return await answered(api.GET(ofVersion, { params: { path } }))
  } catch (error) {
    if (error instanceof Failure && error.exitCode === exit.notFound) return undefined
    throw error
  }
}

/** @throws Failure conflict, unless what is live is the same */
function refuseOthers({ namespace, type }: Path, live: ProviderVersion, release: ProviderRelease): void {
  const bytesOf = (zips: { platform: string; sha256: string }[]) =>
    zips.map(({ platform, sha256 }) => `${platform} ${sha256}`).sort()
  const isSame =
    live.version === release.version &&
    live.state !== 'deleted' &&
    bytesOf(live.platforms).join() === bytesOf(release.zips).join() &&
    live.protocols.join() === release.protocols.join()
  if (isSame) return
  const [core] = release.version.split(/[-+]/)
  const [major, minor, patch] = core!.split('.')
  const why = live.state === 'deleted' ? 'was published and deleted' : 'is already published with other files'
  throw new Failure(
    exit.conflict,
    'version-exists',
    `Version ${live.version} of provider ${namespace}/${type} ${why}. Versions never change.`,
    `Publish ${major}.${minor}.${Number(patch) + 1}.`,
  )
}

/** What an earlier attempt has sent is not sent again; what it sent and this one does not have would stand in its way. */
async function filesMissing(
  call: Call,
  { api }: Registry,
  path: Path,
  release: ProviderRelease,
): Promise<ReleaseFile[]> {
  const { items } = await answered(api.GET(`${ofVersion}/files`, { params: { path } }))
  const files = filesOf(release)
  for (const { filename } of items) {
    if (files.some((file) => file.filename === filename)) continue
    await answered(api.DELETE(`${ofVersion}/files/{filename}`, { params: { path: { ...path, filename } } }))
    call.say(`Took back ${filename}, which an earlier attempt had sent.`)
  }
  const there = new Map(items.map(({ filename, sha256 }) => [filename, sha256]))
  return files.filter(({ filename, sha256 }) => there.get(filename) !== sha256)
}

function sayTable(call: Call, { zips }: ProviderRelease, missing: ReleaseFile[]): void {
  const rows = zips.map((zip) => [
    zip.platform,
    sizeText(zip.sizeBytes),
    zip.sha256.slice(0, 12),
    missing.includes(zip) ? 'to send' : 'there already',
  ])
  inColumns([['PLATFORM', 'SIZE', 'SHA256', 'STATE'], ...rows]).forEach(call.say)
}

async function sendAndPublish(
  call: Call,
  registry: Registry,
  path: Path,
  { files, from }: { files: ReleaseFile[]; from: Found },
) {
  let allSent = false
  const address = `${path.namespace}/${path.type}`
  // The registry publishes in one step, once it is asked to.
  const forget = whenInterrupted(() =>
    allSent
      ? `Interrupted while ${path.version} was being published: see cadastre provider versions ${address}.`
      : 'Interrupted. Nothing is live; the same command again goes on where this one stopped.',
  )
  try {
    const way = [path.namespace, path.type, path.version].map(encodeURIComponent).join('/')
    await uploadFiles(call, registry, `${registry.base}/api/v1/providers/${way}`, files)
    allSent = true
    const answer = await answered(registry.api.POST(`${ofVersion}/publish`, { params: { path, query: saidOf(from) } }))
    // Only who says `mayWait` is told to wait.
    return answer as Exclude<typeof answer, { outcome: 'waiting' }>
  } finally {
    forget()
  }
}
