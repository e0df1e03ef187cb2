/** What is said at the end of `cadastre publish provider`: the platforms, and the block that installs the version. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { components } from '@cadastre/contract/openapi.gen'
import type { Call } from '../call.ts'
import { runningRegistry } from '../clone-registry.ts'
import { comesFrom, type Found, otherSource, wouldBe } from '../code-source.ts'
import type { ProviderRelease } from '../provider-release.ts'
import type { Registry } from '../registry.ts'
import type { RegistryHost } from '../registry-host.ts'
import type { ReleaseFile } from '../release-file.ts'
import type { Report } from '../report.ts'
import { sizeText } from '../upload-progress.ts'

type Outcome = {
  outcome: 'published' | 'already-published' | 'dry-run'
  version?: components['schemas']['ProviderVersion']
  /** what had to be sent */
  missing?: ReleaseFile[]
  warnings?: string[]
  from: Found
}

export const outcomeReport =
  (call: Call, { choice }: Registry, release: ProviderRelease, namespace: string) =>
  ({ outcome, version, missing = [], warnings = [], from }: Outcome): Report => {
    const address = `${namespace}/${release.type}`.toLowerCase()
    const tryOut = tryOutConfig(call, choice)
    const host = tryOut ? tryOutHost : terraformHost(choice)
    const source = host === undefined ? null : `${host}/${address}`
    const line = sentence(outcome, address, release, missing)
    const block = source === null || outcome === 'dry-run' ? [] : ['', ...requiredProviders(source, release)]
    const platforms = release.zips.map((zip) => ({
      platform: zip.platform,
      filename: zip.filename,
      sizeBytes: zip.sizeBytes,
      sha256: zip.sha256,
      state: outcome === 'published' ? (missing.includes(zip) ? 'sent' : 'there-already') : stateOf[outcome],
    }))
    return {
      schema: 'cadastre.publish.provider.v1',
      data: {
        outcome,
        address,
        version: release.version,
        protocols: release.protocols,
        platforms,
        signingKey: version?.signingKey ?? null,
        source,
        // `source` is the address that terraform calls it by.
        codeSource: version ? version.source : wouldBe(from),
        publishedAt: version?.publishedAt ?? null,
      },
      rows: platforms.map(({ platform, sizeBytes, sha256, state }) => [platform, sizeBytes, sha256, state]),
      columns: ['platform', 'bytes', 'sha256', 'state'],
      ...(outcome !== 'dry-run' && { lines: [line, ...block] }),
      notes: [
        ...(call.face.terminal && outcome !== 'dry-run' ? [] : [line, ...block]),
        ...(outcome === 'already-published'
          ? otherSource(from, version?.source ?? null)
          : comesFrom(version ? version.source : wouldBe(from))),
      ],
      // On a terminal they have been said before anything was sent.
      warnings: [
        ...(outcome === 'published' && !call.face.json ? [] : release.doubts),
        ...warnings,
        ...(outcome === 'already-published' ? [] : from.warnings),
      ],
      next: outcome === 'dry-run' ? [] : nextSteps(address, release.version, source, tryOut),
    }
  }

const stateOf = { 'already-published': 'live', 'dry-run': 'to-send' } as const

function sentence(outcome: Outcome['outcome'], address: string, release: ProviderRelease, missing: ReleaseFile[]) {
  const { version, zips } = release
  const sizeBytes = (files: ReleaseFile[]) => files.reduce((sum, file) => sum + file.sizeBytes, 0)
  const platforms = zips.length === 1 ? '1 platform' : `${zips.length} platforms`
  if (outcome === 'dry-run')
    return `${address} ${version} would be sent for ${platforms}, ${sizeText(sizeBytes(zips))}; nothing was.`
  if (outcome === 'already-published') return `${address} ${version} is already published with the same files.`
  const files = missing.length === 1 ? '1 file' : `${missing.length} files`
  return `Published ${address} ${version} for ${platforms} (${files}, ${sizeText(sizeBytes(missing))} sent).`
}

function requiredProviders(source: string, { type, version }: ProviderRelease): string[] {
  return [
    'terraform {',
    '  required_providers {',
    `    ${type} = {`,
    `      source  = "${source}"`,
    `      version = "${version}"`,
    '    }',
    '  }',
    '}',
  ]
}

/**
 * What terraform can call the registry. It asks a host, over https, where its services are: behind a URL with a path or
 * plain http it may find none.
 */
export function terraformHost({ base, key, discoverable, plainHttp }: RegistryHost): string | undefined {
  if (discoverable) return key
  return !plainHttp && new URL(base).pathname === '/' ? key : undefined
}

/** The registry that `npm start` runs here goes by this name, in the CLI configuration that it wrote. */
const tryOutHost = 'registry.localhost'

function tryOutConfig({ here }: Call, { base }: RegistryHost): string | undefined {
  const running = runningRegistry(here)
  const path = running && join(running.dataDir, 'cli.tfrc')
  return running?.url === base && path && existsSync(path) ? path : undefined
}

const nextSteps = (address: string, version: string, source: string | null, config: string | undefined) => [
  ...(source === null
    ? []
    : [
        {
          why: 'test it in a folder with that block',
          run: config === undefined ? 'terraform init' : `TF_CLI_CONFIG_FILE=${config} terraform init`,
        },
      ]),
  { why: 'see its platforms', run: `cadastre provider platforms ${address}@${version}` },
]
