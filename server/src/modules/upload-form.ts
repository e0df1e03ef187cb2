/** The multipart form of a publish: text fields and one file, in any order. */
import { Description } from '@cadastre/contract/texts'
import { SourceFields } from '@cadastre/contract/version-source'
import type { FastifyRequest } from 'fastify'
import type { App } from '../foundation/app.ts'
import { fieldWrong, formRefusal, formTooLarge, partUnknown } from '../foundation/http/form.ts'
import { type ReceivedFile, receiveFile } from '../foundation/http/receive.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { ModuleUpload } from './publish.ts'
import { sizeLimit } from './size-limit.ts'

const needed = ['namespace', 'name', 'system', 'version'] as const
const fieldNames = [...needed, 'description', 'source', 'commit', 'folder'] as const
type Fields = Record<(typeof fieldNames)[number], string>

/** @returns the received file, which the caller removes */
export async function readUploadForm(
  app: App,
  request: FastifyRequest,
): Promise<{ upload: Omit<ModuleUpload, 'file'>; file: ReceivedFile }> {
  const fields = Object.fromEntries(fieldNames.map((name) => [name, ''])) as Fields
  const given = new Set<string>()
  let file: ReceivedFile | undefined
  try {
    for await (const part of request.parts()) {
      if (given.has(part.fieldname)) throw partUnknown(part.fieldname, ['file', ...fieldNames])
      given.add(part.fieldname)
      if (part.type === 'file') {
        if (part.fieldname !== 'file') throw partUnknown(part.fieldname, ['file', ...fieldNames])
        file = await receiveFile(app, part.file, sizeLimit(app))
      } else if (isFieldName(part.fieldname)) {
        if (part.valueTruncated) throw formTooLarge()
        fields[part.fieldname] = String(part.value)
      } else throw partUnknown(part.fieldname, ['file', ...fieldNames])
    }
    if (!file) throw fileMissing()
    checkNeeded(given)
    checkDescription(fields.description)
    return { upload: { ...fields, from: sourceIn(fields) }, file }
  } catch (error) {
    await file?.remove()
    throw formRefusal(error)
  }
}

const isFieldName = (name: string): name is keyof Fields => (fieldNames as readonly string[]).includes(name)

const fileMissing = () =>
  new Refusal('malformed', 'file-missing', 'The form has no part named file.', 'Send the archive as file.')

function checkNeeded(given: Set<string>): void {
  const missing = needed.filter((name) => !given.has(name))
  if (missing.length === 0) return
  throw new Refusal(
    'malformed',
    'request-malformed',
    `The form lacks ${missing.join(', ')}.`,
    `Send file, ${needed.join(', ')}; description, source, commit and folder may be left out.`,
  )
}

/** The rules that the schema of the other door has. */
function checkDescription(description: string): void {
  const { error } = Description.safeParse(description)
  if (error) throw new Refusal('malformed', 'request-malformed', `The description ${error.issues[0]!.message}.`)
}

function sourceIn(fields: Fields): SourceFields {
  const { data, error } = SourceFields.safeParse(fields)
  if (error) throw fieldWrong(error)
  return data
}
