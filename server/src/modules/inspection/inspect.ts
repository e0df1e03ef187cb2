/**
 * What a module is made of, read from its archive and never run. Runs in a worker: it is given a path and answers with
 * all that could be read, and with diagnostics about the rest.
 */
import type { Diagnostic, FolderKnowledge, ModuleKnowledge } from '@cadastre/contract/module-knowledge'
import { folderOf } from '../../foundation/archive/paths.ts'
import { readArchive } from './archive-files.ts'
import { isConfiguration } from './configuration-files.ts'
import { readFolder, type TakenFile } from './folder.ts'
import { type Folder, foldersOf, kindOf } from './folders.ts'
import { isLicence, licenceOf, maxLicenceBytes } from './licence.ts'
import { type Budget, type InspectionLimits, inspectionLimits, makeBudget } from './limits.ts'
import { isReadme, readmeOf } from './readme.ts'

/**
 * @param input.archive path of a stored archive (tar.gz)
 * @throws Refusal when it is none; never because of what is written in its files
 */
export async function inspectModule(
  { archive }: { archive: string },
  limits: InspectionLimits = inspectionLimits,
): Promise<ModuleKnowledge> {
  const diagnostics: Diagnostic[] = []
  const { files, taken } = await readArchive(archive, wanted(limits, diagnostics))
  const contents = [...taken].map(([path, bytes]) => ({ path, bytes }))
  const budget = makeBudget(limits)
  const all = foldersOf(files.map(({ path }) => path))
  if (all.length > limits.folders) diagnostics.push(tooMany(all[limits.folders]!, limits.folders))
  const folders = readFolders(all.slice(0, limits.folders), contents, budget)
  for (const message of budget.leftOut()) {
    diagnostics.push({ severity: 'error', message, file: contents[0]?.path ?? '', line: 1, column: 1 })
  }
  return {
    folders: withFewDiagnostics(folders, limits.diagnostics),
    licence: licenceOf(contents.filter(({ path }) => isLicence(path))),
    files,
    diagnostics: diagnostics.slice(0, limits.diagnostics),
  }
}

/** Says of each file whether it is read: by its name, and by what is left of the limits. */
function wanted(limits: InspectionLimits, diagnostics: Diagnostic[]) {
  let [configurationBytes, readmesBytes] = [0, 0]
  const over = (file: string, message: string) => {
    diagnostics.push({ severity: 'error', message, file, line: 1, column: 1 })
    return false
  }
  return (path: string, sizeBytes: number): boolean => {
    if (isConfiguration(path) && kindOf(folderOf(path))) {
      if (sizeBytes > limits.fileBytes) return over(path, notRead('the file', limits.fileBytes))
      configurationBytes += sizeBytes
      return configurationBytes <= limits.moduleBytes || over(path, notRead('the configuration', limits.moduleBytes))
    }
    if (isReadme(path)) {
      if (sizeBytes > limits.readmeBytes) return over(path, notRead('the file', limits.readmeBytes))
      readmesBytes += sizeBytes
      return readmesBytes <= limits.readmesBytes || over(path, notRead('all READMEs together', limits.readmesBytes))
    }
    return isLicence(path) && sizeBytes <= maxLicenceBytes
  }
}

const notRead = (what: string, limitBytes: number) =>
  `This was not read: ${what} would be over the limit of ${limitBytes / 1024} KB.`

const tooMany = ({ path }: Folder, limit: number): Diagnostic => ({
  severity: 'error',
  message: `Only ${limit} folders are read, those up to this one.`,
  file: path,
  line: 1,
  column: 1,
})

function readFolders(folders: Folder[], files: TakenFile[], budget: Budget): FolderKnowledge[] {
  const inFolder = new Map<string, TakenFile[]>()
  for (const file of files) {
    const folder = folderOf(file.path)
    const known = inFolder.get(folder)
    if (known) known.push(file)
    else inFolder.set(folder, [file])
  }
  return folders.map((folder) => {
    const own = inFolder.get(folder.path) ?? []
    return {
      ...folder,
      ...readFolder(
        own.filter(({ path }) => isConfiguration(path)),
        budget,
      ),
      readme: readmeOf(own.filter(({ path }) => isReadme(path))),
    }
  })
}

/** So many of all folders together. */
function withFewDiagnostics(folders: FolderKnowledge[], limit: number): FolderKnowledge[] {
  let left = limit
  return folders.map((folder) => {
    const kept = folder.diagnostics.slice(0, left)
    left -= kept.length
    return { ...folder, diagnostics: kept }
  })
}
