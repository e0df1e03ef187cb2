/** The ways a SHA256SUMS can be refused, in the words its author reads. Nothing here decides. */
import { shown } from '../foundation/archive/refusals.ts'
import { type Reason, Refusal } from '../foundation/refusal.ts'

const regenerate =
  'Write it again with `sha256sum *.zip > terraform-provider-TYPE_VERSION_SHA256SUMS` and sign it again, or let GoReleaser do both.'

const refusal =
  (code: string, reason: Reason = 'invalid') =>
  (message: string, hint: string = regenerate) =>
    new Refusal(reason, code, message, hint)

export const sumsEmpty = () => refusal('shasums-empty')('The SHA256SUMS is empty.')

export const sumsTooLarge = (limit: string) =>
  refusal('shasums-too-large', 'too-large')(`The SHA256SUMS has more than ${limit}.`)

export const lineRefused = (line: number, fault: string) =>
  refusal('shasums-line')(`Line ${line} of the SHA256SUMS ${fault}.`)

export const sumsTwice = (line: number, filename: string, before: number) =>
  refusal('shasums-duplicate')(`Line ${line} of the SHA256SUMS names ${shown(filename)}, as line ${before} does.`)

export const filesElsewhere = (line: number, filename: string, expected: { zip: string; manifest: string }) =>
  refusal('shasums-filename')(
    `Line ${line} of the SHA256SUMS names ${shown(filename)}; in this version files are called ${expected.zip} or ${expected.manifest}.`,
  )

export const sumsWithoutZips = (zip: string) =>
  refusal('shasums-without-zips')(`The SHA256SUMS names no zip; one such as ${zip} is needed for every platform.`)
