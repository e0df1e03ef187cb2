/** What a page is made of: the answers of our own API to its questions, given to whoever asks for the page. */
import { type Grants, holdsIn } from '@cadastre/contract/held'
import type { At, Page } from '@cadastre/contract/page'
import type { Problem } from '@cadastre/contract/problem'
import type { Question } from '@cadastre/contract/question'
import type { FastifyRequest } from 'fastify'
import { anonymous } from '../access/caller.ts'
import { askOurselves, type OwnAnswer } from '../foundation/http/own-question.ts'
import { problemOf } from '../foundation/http/problem.ts'
import { areaClosed } from './refusals.ts'

export type Asked = {
  status: number
  /** of the first question; undefined when it was refused, or the page has none */
  first: unknown
  /** JSON as it was answered, by the address that was asked */
  answers: Map<string, string>
  refused: Map<string, string>
  /** why the page is refused as a whole */
  problem: Problem | undefined
  retryAfter: string | undefined
  /** where it is shown instead, below the registry */
  moved: string | undefined
}

const whoami = '/api/v1/whoami'

export async function askFor(page: Page, at: At, request: FastifyRequest): Promise<Asked & { caller: string }> {
  const ask = eachOnce((url) => askOurselves(request, url, credentialsOf(request)))
  const question = page.first?.(at)
  const [who, first] = await Promise.all([ask(whoami), question && ask(question.url)])
  const asked: Asked = {
    status: 200,
    first: undefined,
    answers: new Map(),
    refused: new Map(),
    problem: undefined,
    retryAfter: undefined,
    moved: undefined,
  }
  if (question && first) keepFirst(asked, question, first)
  if (page.needs && !asked.problem) keepClosed(asked, page.needs(asked.first), who.text, request)
  if (!asked.problem) {
    if (page.gone?.(asked.first)) asked.status = 410
    await askTheRest(asked, page.rest?.(at, asked.first) ?? [], ask)
    const about = asked.refused.get(page.about?.(at, asked.first)?.url ?? '')
    if (about) keepMissing(asked, JSON.parse(about))
    if (about && asked.status === 404)
      asked.moved = page.moved?.(at, asked.first, ({ url }) => parsed(asked.answers.get(url)))
  }
  return { ...asked, caller: who.status === 200 ? who.text : callerAlone(request) }
}

const parsed = (json: string | undefined) => (json === undefined ? undefined : JSON.parse(json))

/** Who asks, for a page that is refused; without the database, which gives organizations their names, less is known. */
export async function whoAsks(request: FastifyRequest): Promise<string> {
  const { status, text } = await askOurselves(request, whoami, credentialsOf(request))
  return status === 200 ? text : callerAlone(request)
}

/** Pages may ask what is asked for every page. */
function eachOnce<Answer>(ask: (url: string) => Promise<Answer>): (url: string) => Promise<Answer> {
  const asked = new Map<string, Promise<Answer>>()
  return (url) => {
    const answer = asked.get(url) ?? ask(url)
    asked.set(url, answer)
    return answer
  }
}

/** Those that were found good: a cookie of no session is not tried again with each question. */
function credentialsOf({ headers: { authorization, cookie }, session }: FastifyRequest): Record<string, string> {
  if (authorization !== undefined) return { authorization }
  return session && cookie ? { cookie } : {}
}

function keepFirst(asked: Asked, { url, query }: Question, { status, text, retryAfter }: OwnAnswer): void {
  if (status === 200) {
    asked.first = JSON.parse(text)
    asked.answers.set(url, text)
    return
  }
  asked.problem = JSON.parse(text) as Problem
  // What cannot be a part of an address is not there; only what was asked for beside it can be wrong.
  asked.status = status === 400 && Object.keys(query).length === 0 ? 404 : status
  asked.refused.set(url, text)
  asked.retryAfter = retryAfter
}

/** Whoever may see the namespace may know that this area of it is not theirs. */
function keepClosed(
  asked: Asked,
  { scope, namespace }: ReturnType<NonNullable<Page['needs']>>,
  whoami: string,
  request: FastifyRequest,
): void {
  const { grants } = JSON.parse(whoami) as { grants?: Grants }
  if (holdsIn(grants ?? [], scope, namespace)) return
  const problem = problemOf(request, areaClosed([scope], namespace.organization))
  Object.assign(asked, { status: problem.status, problem })
}

/** What a page is about is a part of its address. What fails for another reason is said in its place, beside what there is. */
function keepMissing(asked: Asked, problem: Problem): void {
  if (problem.status === 404 || problem.status === 400) Object.assign(asked, { status: 404, problem })
}

async function askTheRest(asked: Asked, questions: Question[], ask: (url: string) => Promise<OwnAnswer>) {
  const urls = [...new Set(questions.map(({ url }) => url))].filter((url) => !asked.answers.has(url))
  const answers = await Promise.all(urls.map(ask))
  for (const [index, { status, text }] of answers.entries()) {
    const kept = status === 200 ? asked.answers : asked.refused
    kept.set(urls[index]!, text)
  }
}

const callerAlone = ({ caller }: FastifyRequest, { kind, id, name, keyKind, owner } = caller ?? anonymous) =>
  JSON.stringify({
    kind,
    id,
    name,
    keyKind: keyKind ?? null,
    owner: owner ?? null,
    expiresAt: null,
    grants: [],
  })
