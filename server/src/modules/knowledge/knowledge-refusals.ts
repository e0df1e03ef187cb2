/** The refusals that belong to what is known of modules. */
import { Refusal } from '../../foundation/refusal.ts'
import { type ModuleAddress, moduleText } from '../module.ts'

export const folderNotFound = (address: ModuleAddress, version: string, folder: string) =>
  new Refusal(
    'not-found',
    'folder-not-found',
    `Version ${version.slice(0, 130)} of ${moduleText(address)} has no module in the folder ${JSON.stringify(folder.slice(0, 200))}.`,
    'Its folders are in its details, its submodules and its examples.',
  )

export const fileNotFound = (address: ModuleAddress, version: string, path: string) =>
  new Refusal(
    'not-found',
    'module-file-not-found',
    `Version ${version.slice(0, 130)} of ${moduleText(address)} has no file ${JSON.stringify(path.slice(0, 200))}.`,
    'What it has is in its files; upper and lower case are told apart.',
  )

export const fileTooLarge = (path: string, maxBytes: number) =>
  new Refusal(
    'too-large',
    'module-file-too-large',
    `${JSON.stringify(path.slice(0, 200))} is larger than the ${maxBytes / 1024 ** 2} MB that are sent of one file.`,
    'Download the archive of the version.',
  )

export const filesTooExpensive = () =>
  new Refusal(
    'unavailable',
    'files-busy',
    'Too many files of archives are being read at this moment, or this one takes too long.',
    'Try again in a moment, or download the archive of the version.',
    { 'retry-after': '5' },
  )

export const archiveLetGo = (address: ModuleAddress, version: string) =>
  new Refusal(
    'gone',
    'archive-let-go',
    `Version ${version.slice(0, 130)} of ${moduleText(address)} was deleted long ago, and its files with it.`,
  )
