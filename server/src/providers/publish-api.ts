/** The doors for publishing through the API: files one by one and then the version, or a form for each platform. */
import { Readable } from 'node:stream'
import {
  PlatformUpload,
  ProviderFileParams,
  ProviderVersionParams,
  PublishedProvider,
  StagedFile,
  StagedFiles,
  WaitingProvider,
} from '@cadastre/contract/providers'
import { refuseWithoutSource, sourceFields } from '@cadastre/contract/version-source'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import { permitSomewhere } from '../access/permit.ts'
import type { Attempt } from '../audit/refused-attempts.ts'
import type { App } from '../foundation/app.ts'
import { type Api, withForms, withRawBodies } from '../foundation/http/api.ts'
import { receiveFile, refuseTooLarge } from '../foundation/http/receive.ts'
import { Refusal } from '../foundation/refusal.ts'
import { asVersion } from './api.ts'
import { uploadPlatform } from './platform-upload.ts'
import { awaitedFiles, publishProvider } from './publish.ts'
import { listStagedFiles, type StagedFileRow } from './staged-file-queries.ts'
import {
  checkFileName,
  permittedVersion,
  removeStagedFile,
  sizeLimit,
  stagedVersion,
  stageFile,
} from './staged-files.ts'
import { formLimits, readPlatformForm } from './upload-form.ts'

const MayWait = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')
  .meta({ description: 'While files are missing, judge what has arrived and answer 202 instead of a refusal.' })

const tags = ['providers']
const formOverheadBytes = 1024 * 1024

export async function providerFilesApi(api: Api, app: App) {
  api.get(
    '/providers/:namespace/:type/:version/files',
    {
      schema: {
        summary: 'The files of a version that have arrived and wait for it to be published. Needs providers:write.',
        tags,
        params: ProviderVersionParams,
        response: { 200: StagedFiles },
      },
    },
    async ({ params, caller }) => {
      const wanted = await permittedVersion(app, caller, params)
      return { items: (await listStagedFiles(app.db, stagedVersion(wanted))).map(asStagedFile) }
    },
  )

  api.delete(
    '/providers/:namespace/:type/:version/files/:filename',
    {
      schema: {
        summary: 'Take back a file before its version is published. Needs providers:write.',
        tags,
        params: ProviderFileParams,
        response: { 200: StagedFiles },
      },
    },
    async ({ params, caller }) => {
      const wanted = await permittedVersion(app, caller, params)
      if (!(await removeStagedFile(app, wanted, params.filename))) throw fileNotFound(params.filename)
      return { items: (await listStagedFiles(app.db, stagedVersion(wanted))).map(asStagedFile) }
    },
  )

  await withRawBodies(api, (raw) => {
    raw.put(
      '/providers/:namespace/:type/:version/files/:filename',
      {
        schema: {
          summary:
            'Send a file of a version: a zip, SHA256SUMS, its signature, or the manifest, as GoReleaser names them. Needs providers:write.',
          description: 'The same bytes again are no work; other bytes replace what was sent before.',
          tags,
          params: ProviderFileParams,
          response: { 200: StagedFile },
        },
      },
      async (request, reply) => {
        const { params, caller, headers } = request
        request.attempt = publishing(params)
        const wanted = await permittedVersion(app, caller, params)
        const limit = sizeLimit(app, checkFileName(wanted, params.filename))
        refuseTooLarge(headers['content-length'], limit)
        if (/^multipart\//i.test(headers['content-type'] ?? '')) throw fileInForm()
        app.uploadSlots.hold(caller.id, request, reply)
        // The framework gives no body for an empty one; what an empty file lacks is for its check to say.
        const body = (request.body as Readable | null | undefined) ?? Readable.from([])
        const received = await receiveFile(app, body, limit)
        try {
          return asStagedFile(await stageFile(app, caller, wanted, params.filename, received, { replaces: true }))
        } finally {
          await received.remove()
        }
      },
    )
  })
}

export async function providerPublishApi(api: Api, app: App) {
  api.post(
    '/providers/:namespace/:type/:version/publish',
    {
      schema: {
        summary:
          'Publish a version from the files that have arrived: all checks, then live at once. Needs providers:write.',
        description:
          'The same version again answers 200 and `already-published`; other files under a published version answer 409. The first who publishes a version says where its code comes from for good. While files that SHA256SUMS names are missing it is refused with `zip-missing`; with `mayWait=true` the answer is then 202 and names them, once the signature and the manifest hold, so that no zip is sent for nothing.',
        tags,
        params: ProviderVersionParams,
        querystring: z.object({ mayWait: MayWait, ...sourceFields }).superRefine(refuseWithoutSource),
        response: { 200: PublishedProvider, 201: PublishedProvider, 202: WaitingProvider },
      },
    },
    async (request, reply) => {
      request.attempt = publishing(request.params)
      const { mayWait, ...from } = request.query
      const wanted = await permittedVersion(app, request.caller, request.params)
      const missing = mayWait ? await awaitedFiles(app, wanted) : []
      if (missing.length > 0) return reply.code(202).send({ outcome: 'waiting', missing, version: null, warnings: [] })
      const published = await publishProvider(app, asker(request), wanted, from)
      const { outcome, warnings } = published
      const version = asVersion(wanted.address, published.version)
      return reply.code(outcome === 'published' ? 201 : 200).send({ outcome, version, warnings })
    },
  )

  await withForms(api, formLimits, (form) => {
    form.post(
      '/providers',
      {
        bodyLimit: app.config.publish.max_provider_bytes + formOverheadBytes,
        schema: {
          summary:
            'Publish one platform as a form: file, namespace, type, version, os, arch, and gpg_public_key, shasums, shasums_signature, manifest, source, commit, folder. Needs providers:write.',
          description:
            'The version goes live once every file that SHA256SUMS names has arrived; until then the answer is 202 and names those that are missing. The key that comes along has to be one of the namespace.',
          tags,
          consumes: ['multipart/form-data'],
          response: { 200: PlatformUpload, 201: PlatformUpload, 202: PlatformUpload },
        },
      },
      async (request, reply) => {
        // Where to publish may stand behind the file: who may publish nowhere shall not send one.
        permitSomewhere(request.caller, 'providers:write')
        if (!request.isMultipart()) throw notAForm()
        app.uploadSlots.hold(request.caller.id, request, reply)
        refuseTooLarge(request.headers['content-length'], sizeLimit(app, 'zip'), formOverheadBytes)
        const upload = await readPlatformForm(app, request)
        request.attempt = publishing(upload)
        try {
          const { outcome, missing, address, version, warnings } = await uploadPlatform(app, asker(request), upload)
          const shown = version ? asVersion(address, version) : null
          const code = outcome === 'waiting' ? 202 : outcome === 'published' ? 201 : 200
          return reply.code(code).send({ outcome, missing, version: shown, warnings })
        } finally {
          await upload.remove()
        }
      },
    )
  })
}

const publishing = ({ namespace, type, version }: { namespace: string; type: string; version: string }): Attempt => ({
  kind: 'provider.published',
  subject: `${namespace}/${type} ${version}`,
  namespace,
})

const asStagedFile = (row: StagedFileRow): StagedFile => ({
  filename: row.filename,
  sha256: row.sha256,
  sizeBytes: row.sizeBytes,
  stagedAt: row.stagedAt.toISOString(),
})

const fileInForm = () =>
  new Refusal(
    'malformed',
    'archive-in-form',
    'This route takes the file as it is, not in a form.',
    'With curl: --upload-file FILE instead of --form.',
  )

const notAForm = () =>
  new Refusal(
    'malformed',
    'form-expected',
    'This route takes multipart/form-data.',
    'To send files one by one, PUT them to /api/v1/providers/NAMESPACE/TYPE/VERSION/files/NAME.',
  )

const fileNotFound = (filename: string) =>
  new Refusal('not-found', 'file-not-found', `No file ${filename.slice(0, 200)} of this version waits to be published.`)
