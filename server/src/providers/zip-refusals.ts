/** The ways a zip can be refused because it is to be a provider, in the words its author reads. Nothing here decides. */
import { shown } from '../foundation/archive/refusals.ts'
import { Refusal } from '../foundation/refusal.ts'

const repack = 'Zip the binary alone, at the root of the zip, as GoReleaser does it.'

const refusal =
  (code: string) =>
  (message: string, hint: string = repack) =>
    new Refusal('invalid', code, message, hint)

export const zipNotRecognised = () =>
  refusal('zip-not-recognised')('This file is not a zip: it does not begin like one.')

export const zipWithLink = (path: string) =>
  refusal('zip-link')(
    `The zip holds the link ${shown(path)}. Clients differ in what they make of one.`,
    'Put a copy in its place, or leave it out.',
  )

/** @param rootNames what lies at the root instead */
export const zipWithoutProvider = (binary: string, rootNames: string[]) =>
  refusal('zip-without-provider')(
    `At the root of the zip no file is called ${binary}, ${binary}_… or ${binary}.exe. ${heldAtRoot(rootNames)}`,
    `Zip the binary itself, without a folder around it, under a name such as ${binary}_v1.0.0.`,
  )

export const zipTooExpensive = () =>
  refusal('zip-too-expensive')(
    'Opening the zip takes more time or memory than one upload may have.',
    'Leave out what the provider does not need to run.',
  )

function heldAtRoot(names: string[]): string {
  if (names.length === 0) return 'The zip is empty.'
  const more = names.length > 5 ? `, and ${names.length - 5} more` : ''
  return `It holds ${names.slice(0, 5).map(shown).join(', ')}${more}.`
}
