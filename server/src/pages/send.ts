/** Puts a page together and sends it, with who may keep it and for how long. */
import { createHash, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { At } from '@cadastre/contract/page'
import type { Problem } from '@cadastre/contract/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../foundation/app.ts'
import { basePathOf } from '../foundation/http/http.ts'
import { acceptsGzip, namesTag } from '../foundation/http/prepared.ts'
import { usableHost } from '../modules/knowledge/usage.ts'
import { hostsOf } from '../modules/knowledge/usage-api.ts'
import type { PageAddress } from './address.ts'
import { type Asked, whoAsks } from './answers.ts'
import { documentOf, type Shown } from './document.ts'
import { contentPolicy, forEverybody, forOneAlone, guardingHeaders } from './headers.ts'
import { plainPage } from './plain.ts'
import type { WebFiles } from './web-files.ts'

export type Answered = { found: PageAddress | undefined; at: At; asked: Asked & { caller: string } }

type Send = (request: FastifyRequest, reply: FastifyReply, answered: Answered) => Promise<FastifyReply>

const compress = promisify(gzip)
/** Below it the headers cost more than is saved. */
const minCompressedBytes = 1_000
const maxDescriptionLength = 300
const aboutUs = 'A private registry of modules and providers for Terraform and OpenTofu.'

export function pageSender(app: App, files: WebFiles): Send {
  const basePath = basePathOf(app.config)
  const host = hostInAddresses(hostsOf(app.config))

  return async (request, reply, answered) => {
    const { asked } = answered
    const shown = shownAs(answered, request)
    const nonce = randomBytes(16).toString('base64')
    const isForEverybody = request.caller?.kind === 'anonymous' && !asked.problem
    reply
      .code(asked.status)
      .headers({ ...guardingHeaders, ...(isForEverybody ? forEverybody : forOneAlone), 'x-request-id': request.id })
    if (asked.retryAfter) reply.header('retry-after', asked.retryAfter)
    if (isForEverybody) {
      const etag = tagOf(documentOf(shown, ''))
      reply.header('etag', etag)
      // The policy that goes with the kept page has the nonce of that page, and stays.
      if (asked.status === 200 && namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
    }
    reply.header('content-security-policy', contentPolicy(nonce)).type('text/html; charset=utf-8')
    const text = Buffer.from(documentOf(shown, nonce))
    if (text.length < minCompressedBytes || !acceptsGzip(request.headers['accept-encoding'])) return reply.send(text)
    return reply.header('content-encoding', 'gzip').send(await compress(text))
  }

  function shownAs(answered: Answered, request: FastifyRequest): Shown {
    const { found, at, asked } = answered
    const { baseUrl } = request.server
    const page = asked.problem ? undefined : found?.page
    const markdown = page?.markdown?.(at, asked.first)
    const title = page ? page.title(at, asked.first) : (asked.problem?.title ?? 'Refused')
    const description = (page?.description?.(at, asked.first) || aboutUs).slice(0, maxDescriptionLength)
    const properPath = page?.canonical?.(at, asked.first) ?? found?.properPath
    return {
      title,
      description,
      canonical: page && baseUrl + properPath,
      markdown: markdown && baseUrl + markdown,
      data: dataOf(answered, { basePath, baseUrl, host, isPassing: app.isPassing }),
      files: files.neededBy(found?.name),
      basePath,
      plain: plainPage({
        name: found?.name,
        title,
        description: page && description,
        markdown: markdown && basePath + markdown,
        asked,
        basePath,
        host,
        request,
      }),
    }
  }
}

/** A refusal in the place of a page. */
export const refusedPage = async (problem: Problem, request: FastifyRequest): Promise<Answered> => ({
  found: undefined,
  at: { params: {}, search: new URLSearchParams() },
  asked: {
    status: problem.status,
    first: undefined,
    answers: new Map(),
    refused: new Map(),
    problem,
    retryAfter: undefined,
    moved: undefined,
    caller: await whoAsks(request),
  },
})

/** The name that addresses of artefacts carry: one that clients take, when there is one. */
const hostInAddresses = (names: string[]) => usableHost(names).name ?? names[0]!

const tagOf = (text: string) => `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`

/** The answers stay the texts that they are. */
function dataOf({ found, asked }: Answered, registry: Record<string, string | boolean>): string {
  const members = Object.entries({
    ...Object.fromEntries(Object.entries(registry).map(([name, value]) => [name, JSON.stringify(value)])),
    page: JSON.stringify(found?.name ?? null),
    status: String(asked.status),
    problem: JSON.stringify(asked.problem),
    caller: asked.caller,
    answers: objectOf(asked.answers),
    refused: objectOf(asked.refused),
  })
  return objectOf(members)
}

const objectOf = (members: Iterable<[string, string | undefined]>) =>
  `{${[...members].flatMap(([name, json]) => (json === undefined ? [] : [`${JSON.stringify(name)}:${json}`])).join(',')}}`
