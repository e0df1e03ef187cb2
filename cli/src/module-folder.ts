/** The files of a module as they are published: everything in its folder but what is kept back. */
import { lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path'
import { leftOutOf } from '@cadastre/contract/module-files'
import { UnusableRules } from '@cadastre/contract/terraformignore'
import { exit, Failure } from './exit.ts'
import { textOfFile } from './text-file.ts'

export type ModuleFile = {
  /** below the folder, with `/` between its parts */
  path: string
  executable: boolean
  sizeBytes: number
  /** of a symlink, relative to it */
  target?: string
}

export type ModuleFolder = {
  root: string
  files: ModuleFile[]
  /** what of it stays out; folders end with `/` */
  leftOut: string[]
}

/** @throws Failure for what cannot be published: links that leave the folder, devices, no configuration */
export function readModuleFolder(folder: string): ModuleFolder {
  const root = realpathSync(folder)
  const text = ignoreFile(root)
  const leftOutBy = usable(() => leftOutOf(text))
  const files: ModuleFile[] = []
  const leftOut: string[] = []
  usable(() => walk(''))
  refuseUnlessModule(files, folder)
  return { root, files, leftOut }

  function walk(below: string): void {
    for (const name of readdirSync(join(root, below)).sort()) {
      const path = posix.join(below, name)
      const stat = lstatSync(join(root, path), { throwIfNoEntry: false })
      if (!stat) throw refused('name-not-utf8', `${shown(path)} has a name that is not UTF-8.`, 'Rename it.')
      const staysOut = leftOutBy(stat.isDirectory() ? `${path}/` : path)
      if (staysOut !== undefined) leftOut.push(staysOut)
      else if (stat.isDirectory()) walk(path)
      else if (stat.isSymbolicLink())
        files.push({ path, executable: false, sizeBytes: 0, target: targetOf(root, path) })
      else if (stat.isFile()) files.push({ path, executable: (stat.mode & 0o100) !== 0, sizeBytes: stat.size })
      else throw refused('special-file', `${shown(path)} is neither a file, a folder nor a link.`, leaveOut)
    }
  }
}

const leaveOut = 'Name it in .terraformignore, or take it out of the folder.'

function ignoreFile(root: string): string {
  try {
    return textOfFile(join(root, '.terraformignore')) ?? ''
  } catch (error) {
    const { message } = error as Error
    throw refused(
      'ignore-file-unreadable',
      `.terraformignore cannot be read: ${message}.`,
      'Put a file there, or nothing.',
    )
  }
}

function usable<T>(apply: () => T): T {
  try {
    return apply()
  } catch (error) {
    if (!(error instanceof UnusableRules)) throw error
    const hint = 'Nothing was sent. Mend .terraformignore, or take it out of the folder.'
    throw refused('ignore-file-unusable', `.terraformignore ${error.message}.`, hint)
  }
}

/** A link inside the folder means the same wherever the module is unpacked, once it is relative. */
function targetOf(root: string, path: string): string {
  const place = dirname(join(root, path))
  const written = readlinkSync(join(root, path))
  const meant = resolve(place, written)
  const real = realPathOf(meant)
  if (isOutside(root, meant) || (real !== undefined && isOutside(root, real))) {
    throw refused(
      'link-outside',
      `${shown(path)} links to ${shown(written)}, outside of the module.`,
      'Put a copy in its place, or name it in .terraformignore.',
    )
  }
  return isAbsolute(written) ? posixPath(relative(place, meant)) : posixPath(written)
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function isOutside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

function refuseUnlessModule(files: ModuleFile[], folder: string): void {
  // terraform and tofu skip files whose name begins with a dot.
  if (files.some(({ path }) => /^[^./][^/]*\.(tf|tofu)(\.json)?$/.test(path))) return
  throw refused(
    'no-configuration',
    files.length === 0 ? `${folder} holds no files to publish.` : `${folder} has no .tf or .tofu file at its top.`,
    'Name the folder that holds the main.tf of the module.',
  )
}

const posixPath = (path: string) => (sep === '/' ? path : path.split(sep).join('/'))
const shown = (path: string) => JSON.stringify(path)
const refused = (code: string, message: string, hint: string) => new Failure(exit.content, code, message, hint)
