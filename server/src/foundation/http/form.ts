/** What goes wrong with a multipart form, in our words: the parser's own speak of its inside. */
import type { ZodError } from 'zod'
import { Refusal } from '../refusal.ts'
import { uploadCut } from './receive.ts'

export const formTooLarge = () =>
  new Refusal('malformed', 'form-too-large', 'The form has more parts or longer fields than a publish needs.')

/** @param parts the names that the form may have */
export const partUnknown = (name: string, parts: readonly string[]) =>
  new Refusal(
    'malformed',
    'form-part-unknown',
    `The form has a part ${JSON.stringify(name.slice(0, 80))} that is unknown here or comes twice.`,
    `Send ${parts.join(', ')}.`,
  )

/** What a schema says of the fields of a form. */
export const fieldWrong = ({ issues: [issue] }: ZodError) =>
  new Refusal('malformed', 'request-malformed', `The ${String(issue!.path[0])} ${issue!.message}.`)

/** A refusal stays as it is. */
export function formRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (/Unexpected end|ECONNRESET|PREMATURE|aborted/i.test(code + message)) return uploadCut()
  if (/LIMIT|TOO_MANY|TOO_LARGE/i.test(code)) return formTooLarge()
  return new Refusal('malformed', 'form-malformed', 'The form cannot be read as multipart/form-data.')
}
