/** The ways an archive can be refused because it is to be a module, in the words its author reads. Nothing here decides. */
import { shown } from '../foundation/archive/refusals.ts'
import { Refusal } from '../foundation/refusal.ts'

const repack = 'Pack the folder again with `tar -czf module.tar.gz .`, or let `cadastre publish module DIR` do it.'

const refusal =
  (code: string) =>
  (message: string, hint: string = repack) =>
    new Refusal('invalid', code, message, hint)

// The bytes as a whole.
export const archiveEmpty = () =>
  refusal('archive-empty')('The archive holds no files.', 'Send a tar.gz or zip with the .tf files of the module.')
export const archiveNotRecognised = () =>
  refusal('archive-not-recognised')('This file is not an archive: it begins neither like a tar.gz nor like a zip.')
/** `curl -F` at the door for raw bodies. */
export const archiveInForm = () =>
  refusal('archive-not-recognised')(
    'A form came where the archive is taken as it is.',
    'Send the file itself, as `curl -X PUT --data-binary @module.tar.gz` does, or POST the form to /api/v1/modules.',
  )
export const archiveTooExpensive = () =>
  refusal('archive-too-expensive')('Opening the archive takes more time or memory than one upload may have.')

// Where a link leads.
export const behindLink = (path: string, link: string) =>
  refusal('archive-path-behind-link')(`${shown(path)} lies behind ${shown(link)}, which is a link and not a folder.`)
export const linkLeaves = (path: string, target: Buffer | string) =>
  refusal('archive-link-outside')(
    `${shown(path)} links to ${shown(target)}, outside of the module.`,
    'Link inside the module, or put a copy in its place.',
  )
export const linkLoops = (path: string) =>
  refusal('archive-link-loop')(`${shown(path)} is a link that leads back to itself.`, 'Remove the link.')
export const linkDangles = (path: string, target: Buffer | string) =>
  refusal('archive-link-missing')(
    `${shown(path)} is a hard link to ${shown(target)}, which the archive does not hold before it.`,
  )

export const noConfiguration = (rootNames: string[]) =>
  refusal('archive-no-configuration')(
    `The archive has no .tf, .tf.json, .tofu or .tofu.json file at its root, which holds ${rootNames.join(', ')}.`,
    'Pack the folder that holds the module itself, so that its main.tf is at the root.',
  )
