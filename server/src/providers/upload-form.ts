/** The multipart form of one platform: text fields and files, in any order. */
import { createHash, randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SourceFields } from '@cadastre/contract/version-source'
import type { FastifyRequest } from 'fastify'
import type { App } from '../foundation/app.ts'
import { fieldWrong, formRefusal, formTooLarge, partUnknown } from '../foundation/http/form.ts'
import { type ReceivedFile, receiveFile } from '../foundation/http/receive.ts'
import { Refusal } from '../foundation/refusal.ts'
import { sizeLimit } from './staged-files.ts'

/** What the parser may take: every part as a file, or every small one as a field. */
export const formLimits = {
  files: 5,
  fields: 15,
  fieldSize: 256 * 1024,
  fileSize: Number.POSITIVE_INFINITY,
  parts: 17,
}

const needed = ['namespace', 'type', 'version', 'os', 'arch'] as const
const optional = ['source', 'commit', 'folder'] as const
const small = ['shasums', 'shasums_signature', 'manifest', 'gpg_public_key'] as const

export type PlatformForm = Record<(typeof needed)[number], string> & {
  from: SourceFields
  zip: ReceivedFile
  /** as a field or as a file, whichever the client prefers */
  parts: Partial<Record<(typeof small)[number], ReceivedFile>>
  remove(): Promise<void>
}

/** @returns what the form holds; the caller removes it */
export async function readPlatformForm(app: App, request: FastifyRequest): Promise<PlatformForm> {
  const texts: Partial<Record<string, string>> = {}
  const files: Partial<Record<string, ReceivedFile>> = {}
  const remove = async () => {
    for (const file of Object.values(files)) await file?.remove()
  }
  try {
    for await (const part of request.parts()) {
      const name = part.fieldname
      if (name in texts || name in files) throw partUnknown(name, ['file', ...needed, ...small, ...optional])
      if (part.type === 'file') {
        if (name !== 'file' && !isSmall(name)) throw partUnknown(name, ['file', ...needed, ...small, ...optional])
        files[name] = await receiveFile(app, part.file, sizeLimit(app, name === 'file' ? 'zip' : 'small'))
      } else {
        if (part.valueTruncated) throw formTooLarge()
        if (isSmall(name)) files[name] = await fileOf(app, withOwnLineEnds(String(part.value)))
        else if (isText(name)) texts[name] = String(part.value)
        else throw partUnknown(name, ['file', ...needed, ...small, ...optional])
      }
    }
    const missing = [...needed.filter((name) => !texts[name]), ...('file' in files ? [] : ['file'])]
    if (missing.length > 0) throw partsMissing(missing)
    const { file, ...parts } = files
    return { ...(texts as Record<(typeof needed)[number], string>), from: sourceIn(texts), zip: file!, parts, remove }
  } catch (error) {
    await remove()
    throw formRefusal(error)
  }
}

const isText = (name: string) => ([...needed, ...optional] as readonly string[]).includes(name)
const isSmall = (name: string): name is (typeof small)[number] => (small as readonly string[]).includes(name)

function sourceIn(texts: Partial<Record<string, string>>): SourceFields {
  const { data, error } = SourceFields.safeParse(texts)
  if (error) throw fieldWrong(error)
  return data
}

/** Browsers and `fetch` send every line end of a text field as CRLF; in a file they would leave it alone. */
const withOwnLineEnds = (text: string) => text.replaceAll('\r\n', '\n')

async function fileOf(app: App, text: string): Promise<ReceivedFile> {
  const path = join(app.uploads, randomUUID())
  const bytes = Buffer.from(text)
  await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path, sha256, sizeBytes: bytes.length, remove: () => rm(path, { force: true }) }
}

const partsMissing = (names: string[]) =>
  new Refusal(
    'malformed',
    'request-malformed',
    `The form lacks ${names.join(', ')}.`,
    `Send file, ${needed.join(', ')}; ${[...small, ...optional].join(', ')} may be left out.`,
  )
