/** The configuration of a folder as somebody else would write it: modules beside it are called by their addresses here. Pure. */
import type { ArchivedFile, FolderSummary, ModuleCall } from '@cadastre/contract/module-knowledge'
import { folderBelow } from '@cadastre/contract/module-places'
import { folderOf, nameOf } from '../../foundation/archive/paths.ts'

const maxFiles = 10
const maxBytes = 64 * 1024

/** @returns the first that a reader opens first, as many as fit on a page, and how many do not */
export function filesShown(files: ArchivedFile[], folder: string): { paths: string[]; leftOut: number } {
  const own = files
    .filter(({ path, isText }) => isText && folderOf(path) === folder && /\.(tf|tofu)$/.test(path))
    .sort((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1))
  const paths: string[] = []
  let bytes = 0
  for (const { path, sizeBytes } of own) {
    if (paths.length === maxFiles || bytes + sizeBytes > maxBytes) continue
    bytes += sizeBytes
    paths.push(path)
  }
  return { paths, leftOut: own.length - paths.length }
}

const rank = ({ path }: ArchivedFile) => (/^main\.(tf|tofu)$/.test(nameOf(path)) ? 0 : 1)

type Published = {
  /** of the folder that is shown */
  folder: string
  folders: Pick<FolderSummary, 'kind' | 'path'>[]
  calls: ModuleCall[]
  /** address of a folder of this module in configurations */
  sourceOf: (folder: string) => string
  version: string
}

/** @param text of the file at `path` @returns it with every call of a module of the same archive as others write it */
export function asCallersWrite(
  text: string,
  path: string,
  { folder, folders, calls, sourceOf, version }: Published,
): string {
  const lines = text.split('\n')
  for (const call of calls) {
    const target = call.file === path && call.source !== null ? folderBelow(folder, call.source) : undefined
    if (target === undefined || !folders.some(({ kind, path }) => kind !== 'example' && path === target)) continue
    callByAddress(lines, call, { source: sourceOf(target), version })
  }
  return lines.join('\n')
}

const onOneLine = /^(\s*)(module\s+"[^"]*"\s*\{)\s*source\s*=\s*"([^"]*)"\s*\}\s*$/
const sourceLine = /^(\s*)source(\s*)=(\s*)"([^"]*)"(.*)$/

/** Lines stay in their places, so that the next call is found: what becomes several is one entry still. */
function callByAddress(
  lines: string[],
  { line, source }: ModuleCall,
  published: { source: string; version: string },
): void {
  const written = [`source  = "${published.source}"`, `version = "${published.version}"`]
  const whole = onOneLine.exec(lines[line - 1] ?? '')
  if (whole?.[3] === source) {
    const [, indent = '', head = ''] = whole
    lines[line - 1] = [indent + head, ...written.map((each) => `${indent}  ${each}`), `${indent}}`].join('\n')
    return
  }
  for (let at = line; at < lines.length && !lines[at]!.startsWith('}'); at += 1) {
    const [, indent = '', before = '', , value, rest = ''] = sourceLine.exec(lines[at]!) ?? []
    if (value !== source) continue
    const width = Math.max('source'.length + before.length, 'version '.length)
    lines[at] =
      `${indent}${'source'.padEnd(width)}= "${published.source}"${rest}\n${indent}${'version'.padEnd(width)}= "${published.version}"`
    return
  }
}
