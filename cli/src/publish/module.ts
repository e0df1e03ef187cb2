/** `cadastre publish module`: packs a folder, or takes an archive as it is, and sends it. */
import { createReadStream, statSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { named, secretsWarning } from '@cadastre/contract/module-files'
import type { components } from '@cadastre/contract/openapi.gen'
import type { Command } from 'commander'
import { action, type Call } from '../call.ts'
import type { CodeSource } from '../ci-source.ts'
import {
  codeSource,
  comesFrom,
  type Found,
  otherSource,
  type SourceFlags,
  saidOf,
  sourceOptions,
  wouldBe,
} from '../code-source.ts'
import { Failure, usage } from '../exit.ts'
import { examples } from '../help.ts'
import { whenInterrupted } from '../interruption.ts'
import { type ModuleAddress, moduleText, publishableAddress } from '../module-address.ts'
import { type ModuleArchive, packModule } from '../module-archive.ts'
import { readModuleFolder } from '../module-folder.ts'
import { contentOf } from '../registry.ts'
import type { Report } from '../report.ts'
import { readSettingsFile, settingsFileName } from '../settings-file.ts'
import { sizeText, watched } from '../upload-progress.ts'
import { publishedVersion } from '../version-text.ts'

type Published = components['schemas']['PublishedModule']
type Flags = SourceFlags & { address?: string; version: string; description: string; dryRun?: boolean }
/** What is to be sent; files are known only of what was packed here. */
type Parcel = ModuleArchive & { files?: string[]; leftOut?: string[] }

export function addPublishModule(publish: Command): void {
  const command = publish
    .command('module')
    .description('Publish a version of a module from its folder, or from an archive of it.')
    .argument('<path>', 'the folder of the module, or a tar.gz or zip')
    .option('--address <address>', 'NAMESPACE/NAME/SYSTEM; address in cadastre.yaml unless given')
    .requiredOption('--version <version>', 'strict SemVer, such as 1.4.0; a leading v is taken off')
    .option('--description <text>', 'one sentence on what the module is for', '')
  sourceOptions(command)
    .option('--dry-run', 'check and pack, ask the registry what it would say, and publish nothing')
    .action(action(publishModule))
  examples(command, [
    'cadastre publish module . --address acme/vpc/aws --version 1.4.0',
    'cadastre publish module vpc.tar.gz --address acme/vpc/aws --version "$TAG"',
    'cadastre publish module ./vpc --address acme/vpc/aws --version 1.4.0 --dry-run',
  ])
}

async function publishModule(call: Call, path: string, flags: Flags): Promise<Report> {
  const address = await addressOf(call, flags)
  const version = publishedVersion(flags.version)
  const from = await codeSource(call, flags, { folder: path, untrackedToo: true })
  const parcel = await parcelOf(path)
  try {
    if (flags.dryRun) return await dryRun(call, address, version, { ...flags, from }, parcel)
    return published(await send(call, address, version, { ...flags, from }, parcel), from, parcel)
  } finally {
    parcel.remove()
  }
}

async function addressOf(call: Call, { address }: Flags): Promise<ModuleAddress> {
  const text = address ?? (await readSettingsFile(call.here.cwd)).address
  if (text !== undefined) return publishableAddress(text)
  throw usage(
    'The address of the module is missing.',
    `Give --address NAMESPACE/NAME/SYSTEM, or set address in ${settingsFileName}.`,
  )
}

async function parcelOf(path: string): Promise<Parcel> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw usage(`There is no folder or archive ${path}.`)
  if (stat.isFile()) return { path, sizeBytes: stat.size, remove: () => {} }
  if (!stat.isDirectory()) throw usage(`${path} is neither a folder nor an archive.`)
  const folder = readModuleFolder(path)
  return { ...(await packModule(folder)), files: folder.files.map((file) => file.path), leftOut: folder.leftOut }
}

async function send(
  call: Call,
  { namespace, name, system }: ModuleAddress,
  version: string,
  { description, from, dryRun }: { description: string; from: CodeSource; dryRun?: boolean },
  { path, sizeBytes }: Parcel,
): Promise<Published> {
  const { base, exchange, authorization } = await call.registry()
  const way = [namespace, name, system, version].map(encodeURIComponent).join('/')
  const said = new URLSearchParams({
    ...(dryRun && { dryRun: 'true' }),
    ...(description !== '' && { description }),
    ...saidOf(from),
  })
  const url = `${base}/api/v1/modules/${way}${said.size > 0 ? `?${said}` : ''}`
  const { stream, end } = await watched(call, sizeBytes)
  const body = pipeline(createReadStream(path), stream, () => {})
  const forget = whenInterrupted(() => {
    end()
    // The registry publishes what it has received completely, and forgets what broke off.
    return stream.readableEnded && !dryRun
      ? `Interrupted after everything was sent: see cadastre module versions ${namespace}/${name}/${system}.`
      : 'Interrupted. Nothing was published.'
  })
  try {
    const headers = {
      ...authorization,
      'content-type': 'application/octet-stream',
      'content-length': String(sizeBytes),
    }
    return contentOf<Published>(await exchange({ method: 'PUT', url, headers, body }), url)
  } finally {
    end()
    forget()
  }
}

function published({ outcome, version, warnings }: Published, from: Found, parcel: Parcel): Report {
  const { sizeBytes, files, leftOut = null } = parcel
  const { address, version: number, sha256, measuredFrom } = version
  const sent = `${files ? `${files.length} ${files.length === 1 ? 'file' : 'files'}, ` : ''}${sizeText(sizeBytes)} sent`
  const line =
    outcome === 'published'
      ? `Published ${address} ${number} (${sent}).`
      : `${address} ${number} is already published with the same content.`
  const notes = outcome === 'published' ? comesFrom(version.source) : otherSource(from, version.source)
  return {
    schema: 'cadastre.publish.v1',
    data: { outcome, ...version, leftOut },
    rows: [[address, number, outcome, sha256]],
    lines: [line],
    notes: [...(process.stdout.isTTY ? [] : [line]), ...staysOut(parcel), ...notes],
    warnings: [...warnings, ...(outcome === 'published' ? [...secretsIn(parcel), ...from.warnings] : [])],
    next: [
      measuredFrom !== null && warnings.some((warning) => warning.includes(` since ${measuredFrom} `))
        ? { why: 'see what changed', run: `cadastre diff ${address} ${measuredFrom} ${number}` }
        : { why: 'see its versions', run: `cadastre module versions ${address}` },
    ],
  }
}

const staysOut = ({ leftOut = [] }: Parcel) => (leftOut.length > 0 ? [`Left out: ${named(leftOut)}.`] : [])

const secretsIn = ({ files = [] }: Parcel) => [secretsWarning(files)].filter((warning) => warning !== undefined)

async function dryRun(
  call: Call,
  address: ModuleAddress,
  version: string,
  said: { description: string; from: Found; dryRun?: boolean },
  parcel: Parcel,
): Promise<Report> {
  const { files = null, leftOut = null, sizeBytes } = parcel
  const { from } = said
  const text = moduleText(address)
  const verdict = (await isAskable(call)) ? await send(call, address, version, said, parcel) : undefined
  const size = `${text} ${version} would be sent with ${sizeText(sizeBytes)}; nothing was`
  return {
    schema: 'cadastre.publish.v1',
    data: {
      ...{ outcome: 'dry-run', address: text, version, source: wouldBe(from), sizeBytes, files, leftOut },
      verdict: verdict
        ? {
            outcome: verdict.outcome,
            measuredStep: verdict.version.measuredStep,
            measuredFrom: verdict.version.measuredFrom,
          }
        : null,
    },
    rows: (files ?? []).map((file) => [file]),
    notes: [
      ...(verdict
        ? [answerOf(verdict)]
        : [`${size}. It was only packed: without a registry and a token nobody says whether it would be taken.`]),
      ...staysOut(parcel),
      ...comesFrom(wouldBe(from)),
    ],
    warnings: [...(verdict?.warnings ?? []), ...secretsIn(parcel), ...from.warnings],
  }
}

/** A registry that is named and a token for it: without both a dry run packs alone. */
async function isAskable(call: Call): Promise<boolean> {
  try {
    return (await call.registry()).choice.token !== undefined
  } catch (error) {
    if (error instanceof Failure && error.code === 'no-registry') return false
    throw error
  }
}

function answerOf({ outcome, version }: Published): string {
  const { address, version: number, measuredStep, measuredFrom } = version
  if (outcome === 'already-published') return `${address} ${number} is already published with the same content.`
  const step = measuredStep && measuredFrom ? ` Its changes since ${measuredFrom} make a ${measuredStep} step.` : ''
  return `${address} ${number} would be published; nothing was kept.${step}`
}
