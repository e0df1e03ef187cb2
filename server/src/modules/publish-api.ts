/** The two doors for publishing through the API: a multipart form, and the raw body of a PUT. */
import type { Readable } from 'node:stream'
import { ModuleVersionParams, PublishedModule } from '@cadastre/contract/modules'
import { Description } from '@cadastre/contract/texts'
import { refuseWithoutSource, sourceFields } from '@cadastre/contract/version-source'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { permitSomewhere } from '../access/permit.ts'
import type { Attempt } from '../audit/refused-attempts.ts'
import type { App } from '../foundation/app.ts'
import { type Api, withForms, withRawBodies } from '../foundation/http/api.ts'
import { type ReceivedFile, receiveFile, refuseTooLarge } from '../foundation/http/receive.ts'
import { Refusal } from '../foundation/refusal.ts'
import { asVersion } from './api.ts'
import { archiveInForm } from './archive-refusals.ts'
import { type ModuleUpload, type ModuleUploadAddress, permittedUpload, publishModule, tryModule } from './publish.ts'
import { sizeLimit } from './size-limit.ts'
import { readUploadForm } from './upload-form.ts'

const DryRun = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')
  .meta({ description: 'Check, read and measure it, answer what publishing would, and keep nothing.' })

const tags = ['modules']
const response = { 200: PublishedModule, 201: PublishedModule }
const formOverheadBytes = 256 * 1024
const maxFieldBytes = 16 * 1024
const limits = { files: 2, fields: 10, fieldSize: maxFieldBytes, fileSize: Number.POSITIVE_INFINITY, parts: 12 }

export async function modulePublishApi(api: Api, app: App) {
  await withForms(api, limits, (form) => {
    form.post(
      '/modules',
      {
        bodyLimit: app.config.publish.max_module_bytes + formOverheadBytes,
        schema: {
          summary:
            'Publish a version as a form: file, namespace, name, system, version, description, source, commit, folder. Needs modules:write.',
          description:
            'The same bytes again answer 200 and `already-published`, whatever source they come with: the first said it. Other bytes under a published version answer 409.',
          tags,
          consumes: ['multipart/form-data'],
          response,
        },
      },
      async (request, reply) => {
        // Where to publish may stand behind the file: who may publish nowhere shall not send one.
        permitSomewhere(request.caller, 'modules:write')
        if (!request.isMultipart()) throw notAForm()
        app.uploadSlots.hold(request.caller.id, request, reply)
        refuseTooLarge(request.headers['content-length'], sizeLimit(app), formOverheadBytes)
        const { upload, file } = await readUploadForm(app, request)
        request.attempt = publishing(upload)
        const answer = await publish(app, request, upload, file)
        return reply.code(answer.outcome === 'published' ? 201 : 200).send(answer)
      },
    )
  })

  await withRawBodies(api, (raw) => {
    raw.put(
      '/modules/:namespace/:name/:system/:version',
      {
        schema: {
          summary: 'Publish a version: the body is the archive (tar.gz or zip) as it is. Needs modules:write.',
          description:
            'The same bytes again answer 200 and `already-published`, whatever source they come with: the first said it. Other bytes under a published version answer 409. With `dryRun=true` it answers what publishing would, 200 and `would-publish`, and keeps nothing.',
          tags,
          params: ModuleVersionParams,
          querystring: z
            .object({ description: Description.default(''), dryRun: DryRun, ...sourceFields })
            .superRefine(refuseWithoutSource),
          response,
        },
      },
      async (request, reply) => {
        const { description, dryRun, ...from } = request.query
        const upload = { ...request.params, description, from }
        if (!dryRun) request.attempt = publishing(upload)
        await permittedUpload(app, request.caller, upload)
        refuseTooLarge(request.headers['content-length'], sizeLimit(app))
        if (/^multipart\//i.test(request.headers['content-type'] ?? '')) throw archiveInForm()
        app.uploadSlots.hold(request.caller.id, request, reply)
        if (!request.body)
          throw new Refusal('malformed', 'body-missing', 'The request has no body.', 'Send the archive as the body.')
        const file = await receiveFile(app, request.body as Readable, sizeLimit(app))
        const answer = await publish(app, request, upload, file, dryRun)
        return reply.code(answer.outcome === 'published' ? 201 : 200).send(answer)
      },
    )
  })
}

async function publish(
  app: App,
  request: { caller: Caller; id: string; ip: string },
  upload: Omit<ModuleUpload, 'file'>,
  file: ReceivedFile,
  dryRun = false,
) {
  try {
    const received = { ...upload, file: file.path }
    const { outcome, address, version, warnings } = dryRun
      ? await tryModule(app, request.caller, received)
      : await publishModule(app, asker(request), received)
    return { outcome, version: asVersion(address, version), warnings }
  } finally {
    await file.remove()
  }
}

const publishing = ({ namespace, name, system, version }: ModuleUploadAddress): Attempt => ({
  kind: 'module.published',
  subject: `${namespace}/${name}/${system} ${version}`,
  namespace,
})

const notAForm = () =>
  new Refusal(
    'malformed',
    'form-expected',
    'This route takes multipart/form-data.',
    'To send the archive alone, PUT it to /api/v1/modules/NAMESPACE/NAME/SYSTEM/VERSION.',
  )
