/** What GoReleaser leaves of a provider in its folder: which type and version it is, and the files that go by its names. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { exit, Failure, usage } from './exit.ts'
import { textOfFile } from './text-file.ts'
import { publishedVersion } from './version-text.ts'

export type ProviderDist = {
  path: string
  type: string
  version: string
  /** names of all files in it */
  files: string[]
}

const partOfVersion =
  /^terraform-provider-([^_]+)_([^_]+)_(?:[a-z0-9]+_[a-z0-9]+\.zip|manifest\.json|SHA256SUMS(?:\.sig)?)$/

/** @param wanted the version, where there are several */
export function readProviderDist(path: string, wanted?: string): ProviderDist {
  const version = wanted === undefined ? undefined : publishedVersion(wanted)
  const files = filesIn(path)
  const all = versionsIn(files)
  if (all.length === 0) throw noProvider(path)
  const fitting = all.filter((each) => version === undefined || each.version === version)
  const [one, ...others] = fitting
  if (!one) throw usage(`${path} holds ${list(all)}, and not ${version}.`)
  if (others.length > 0) throw several(path, fitting)
  checkSpelling(one)
  return { path, ...one, files }
}

/** GoReleaser notes which commit it built from; whoever publishes may have moved on since. */
export function commitBuilt({ path, version }: ProviderDist): string | undefined {
  try {
    const noted: { version?: unknown; commit?: unknown } = JSON.parse(textOfFile(join(path, 'metadata.json')) ?? '')
    const { commit } = noted
    const isCommit = typeof commit === 'string' && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)
    return isCommit && noted.version === version ? commit : undefined
  } catch {
    return undefined
  }
}

type Named = { type: string; version: string }

function versionsIn(files: string[]): Named[] {
  const found = new Map<string, Named>()
  for (const file of files) {
    const [, type, version] = partOfVersion.exec(file) ?? []
    if (type && version) found.set(`${type}_${version}`, { type, version })
  }
  return [...found.values()]
}

function filesIn(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw usage(`There is no folder ${path}.`)
  if (!stat.isDirectory()) throw usage(`${path} is not a folder.`, 'Name the folder that GoReleaser writes to, dist.')
  return readdirSync(path).filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile())
}

/** As it is in the file names it is in addresses, which terraform writes in lower case. */
function checkSpelling({ type, version }: Named): void {
  const stem = `terraform-provider-${type}_${version}`
  if (type !== type.toLowerCase()) {
    throw new Failure(
      exit.content,
      'type-invalid',
      `The files are called ${stem}…, and the type of a provider is written in lower case.`,
      'Name the project in lower case in .goreleaser.yaml and release again.',
    )
  }
  if (version.startsWith('v') || !isVersion(version)) {
    throw new Failure(
      exit.content,
      'version-invalid',
      `The files are called ${stem}…, and ${JSON.stringify(version)} is not a SemVer 2 version.`,
      'It has three numbers and no leading v, as {{ .Version }} writes it in .goreleaser.yaml.',
    )
  }
}

function isVersion(text: string): boolean {
  try {
    return publishedVersion(text) === text
  } catch {
    return false
  }
}

function noProvider(path: string): Failure {
  const below = join(path, 'dist')
  return new Failure(
    exit.content,
    'provider-missing',
    `${path} holds no provider: no file is called like terraform-provider-TYPE_VERSION_OS_ARCH.zip.`,
    existsSync(below)
      ? `Did you mean ${below}?`
      : 'Name the folder that GoReleaser writes to, and its archives as docs/publish-a-provider.md shows.',
  )
}

function several(path: string, all: Named[]): Failure {
  const types = new Set(all.map(({ type }) => type))
  const hint =
    types.size > 1
      ? 'Publish them from a folder each.'
      : `Say which with --version, such as --version ${all[0]!.version}, or empty the folder first: goreleaser release --clean.`
  return usage(`${path} holds ${list(all)}.`, hint)
}

const list = (all: Named[]) => all.map(({ type, version }) => `${type} ${version}`).join(', ')
