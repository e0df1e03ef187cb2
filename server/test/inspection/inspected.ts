/** Inspects modules as a worker would: packed, from a file, in a folder of its own. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Diagnostic, FolderKnowledge, ModuleKnowledge } from '@cadastre/contract/module-knowledge'
import { inspectModule } from '../../src/modules/inspection/inspect.ts'
import { type InspectionLimits, inspectionLimits } from '../../src/modules/inspection/limits.ts'
import { type Files, tarGz } from '../archives.ts'

/** A machine may be slow, which is not what tests are about. */
export const patientLimits: InspectionLimits = { ...inspectionLimits, deadlineMs: 60_000, fileDeadlineMs: 60_000 }

export const inspected = (files: Files, limits = patientLimits): Promise<ModuleKnowledge> =>
  inspectedArchive(tarGz(files), limits)

export async function inspectedArchive(archive: Buffer, limits = patientLimits): Promise<ModuleKnowledge> {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-inspect-'))
  try {
    const path = join(folder, 'module.tar.gz')
    await writeFile(path, archive)
    return await inspectModule({ archive: path }, limits)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const rootOf = async (files: Files, limits = patientLimits): Promise<FolderKnowledge> =>
  (await inspected(files, limits)).folders[0]!

export const errorsIn = (diagnostics: Diagnostic[]) => diagnostics.filter(({ severity }) => severity === 'error')

const here = fileURLToPath(new URL('.', import.meta.url))
export const modulesFolder = join(here, 'modules')

/** The modules in a folder beside this file, each with its files. */
export async function storedModules(within = 'modules'): Promise<[name: string, files: Record<string, string>][]> {
  const names = (await readdir(join(here, within))).sort()
  return Promise.all(
    names.map(
      async (name): Promise<[string, Record<string, string>]> => [name, await filesIn(join(here, within, name))],
    ),
  )
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const files = await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const))
  return Object.fromEntries(files.map(([path, text]) => [path.slice(folder.length + 1).replaceAll(sep, '/'), text]))
}
