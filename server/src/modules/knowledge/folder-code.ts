/** The configuration of a folder as somebody else would write it: modules beside it are called by their addresses here. Pure. */
import { quoted } from '@cadastre/contract/hcl/written'
import type { ArchivedFile, FolderSummary } from '@cadastre/contract/module-knowledge'
import { folderBelow } from '@cadastre/contract/module-places'
import { folderOf, nameOf } from '../../foundation/archive/paths.ts'
import { type Attribute, type Block, blocksOf } from '../inspection/blocks.ts'
import { readHcl } from '../inspection/hcl/body.ts'
import { inspectionLimits, makeBudget, OutOfTime } from '../inspection/limits.ts'
import { positionAt, sourceText } from '../inspection/source-text.ts'

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
  /** address of a folder of this module in configurations */
  sourceOf: (folder: string) => string
  /** without what was built */
  version: string
}

/** @param text of the file at `path` @returns it with every call of a module of the same archive as others write it */
export function asCallersWrite(text: string, path: string, { folder, folders, sourceOf, version }: Published): string {
  const edits = callsIn(text, path).flatMap((call) => {
    const source = call.attributes.get('source')
    if (source?.expression.kind !== 'string' || call.attributes.has('version')) return []
    const target = folderBelow(folder, source.expression.value)
    if (target === undefined || !folders.some(({ kind, path }) => kind !== 'example' && path === target)) return []
    return editsOf(text, call, source, { source: quoted(sourceOf(target)), version: quoted(version) })
  })
  return edited(text, edits)
}

/** What is read on a page is not large, and is left as it is written where it takes long all the same. */
const readingMs = 500

function callsIn(text: string, path: string): Block[] {
  try {
    const budget = makeBudget({ ...inspectionLimits, deadlineMs: readingMs })
    return blocksOf(readHcl(sourceText(path, text), budget).body, 'module')
  } catch (error) {
    if (error instanceof OutOfTime) return []
    throw error
  }
}

function edited(text: string, edits: Edit[]): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end, by } of edits.sort((one, other) => one.start - other.start)) {
    parts.push(text.slice(at, start), by)
    at = end
  }
  return parts.join('') + text.slice(at)
}

type Edit = { start: number; end: number; by: string }
type Written = { source: string; version: string }

/** None where something else stands on the line that is not known to go on as it should. */
function editsOf(text: string, call: Block, { start, expression }: Attribute, written: Written): Edit[] {
  const { before, behind, end } = lineAround(text, start, expression.end)
  if (before.trim() !== '') return editsOfOneLine(text, call, start, expression.end, written)
  if (!/^[ \t]*(?:(?:#|\/\/).*)?$/.test(behind) || text[expression.start] !== '"') return []
  const equals = equalsOf(text, start)
  const missing = Math.max(0, 'version '.length - (equals - start))
  const aligned = missing === 0 ? [] : neighboursOf(text, call, start)
  return [
    ...[equals, ...aligned].map((at) => ({ start: at, end: at, by: ' '.repeat(missing) })),
    { start: expression.start, end: expression.end, by: written.source },
    { start: end, end, by: `\n${before}${'version'.padEnd(equals - start + missing)}= ${written.version}` },
  ]
}

function editsOfOneLine(text: string, call: Block, start: number, end: number, { source, version }: Written): Edit[] {
  const closing = /[ \t]*\}/y
  closing.lastIndex = end
  if (!closing.test(text)) return []
  const { before: indent } = lineAround(text, call.start, call.start)
  if (indent.trim() !== '') return []
  const head = text.slice(call.start, start).trimEnd()
  const lines = [head, `${indent}  source  = ${source}`, `${indent}  version = ${version}`, `${indent}}`]
  return [{ start: call.start, end: closing.lastIndex, by: lines.join('\n') }]
}

/** Where the equals signs are that `terraform fmt` keeps below and above that of the source. */
function neighboursOf(text: string, call: Block, start: number): number[] {
  const placeOf = (offset: number) => positionAt(call.source, offset)
  const { line: own, column } = placeOf(equalsOf(text, start))
  const byLine = new Map(
    [...call.attributes.values()]
      .filter((each) => placeOf(each.start).line === placeOf(each.expression.end).line)
      .map((each) => [placeOf(each.start).line, equalsOf(text, each.start)]),
  )
  const found: number[] = []
  for (const step of [-1, 1]) {
    for (let line = own + step; ; line += step) {
      const equals = byLine.get(line)
      if (equals === undefined || placeOf(equals).column !== column) break
      found.push(equals)
    }
  }
  return found
}

/** Of the attribute that begins there. */
const equalsOf = (text: string, start: number) => text.indexOf('=', start)

/** What stands on the same line before and behind a part of it, and where the line ends. */
function lineAround(text: string, start: number, end: number) {
  const newline = /\r?\n|$/g
  newline.lastIndex = end
  const lineEnd = newline.exec(text)!.index
  return {
    before: text.slice(text.lastIndexOf('\n', start - 1) + 1, start),
    behind: text.slice(end, lineEnd),
    end: lineEnd,
  }
}
