/** The one way to the registry's API: typed by its own document, keyed by what is asked. */
import type { paths } from '@cadastre/contract/openapi.gen'
import { type Answer, type Askable, type Question, question } from '@cadastre/contract/question'
import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import createClient from 'openapi-fetch'
import { type Problem, pageData } from './page-data.ts'

/** A no of the registry, with its reason and what to do next. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'Refused'
    this.problem = problem
  }
}

/** For changes; what they answer goes through `changed`. */
export const api = createClient<paths>({ baseUrl: `${location.origin}${pageData.basePath}` })

api.use({
  async onRequest({ request }) {
    if (request.method === 'GET') return
    const { csrfToken } = await queries.ensureQueryData(asked(question('/api/v1/auth/session')))
    request.headers.set('x-csrf-token', csrfToken)
  },
})

/** @throws Refused when the registry says no to a change, or cannot be reached */
export async function changed<Body>(
  answer: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await answer.catch(() => {
    throw new Refused(outOfReach)
  })
  if (!response.ok) throw new Refused({ ...noReason(response), ...(error as Partial<Problem>) })
  return data as Body
}

/** @throws Refused when the registry says no, or cannot be reached */
export async function ask<Path extends Askable>({ url }: Question<Path>, signal?: AbortSignal): Promise<Answer<Path>> {
  const refused = pageData.refused[url]
  if (refused) {
    // The server asked already, for this very page; whoever tries again asks anew.
    delete pageData.refused[url]
    throw new Refused(refused)
  }
  const response = await fetch(`${pageData.basePath}${url}`, { headers: { accept: 'application/json' }, signal }).catch(
    (error: Error) => {
      if (error.name === 'AbortError') throw error
      throw new Refused(outOfReach)
    },
  )
  if (response.ok) return (await response.json()) as Answer<Path>
  throw new Refused(await problemOf(response))
}

const problemOf = async (response: Response): Promise<Problem> => ({
  ...noReason(response),
  ...(await response.json().catch(() => ({}))),
})

const noReason = (response: Response): Problem => ({
  code: 'unreadable-answer',
  title: 'The registry could not do this',
  status: response.status,
  detail: `The registry answered ${response.status} without a reason.`,
  requestId: response.headers.get('x-request-id') ?? undefined,
})

const outOfReach: Problem = {
  code: 'out-of-reach',
  title: 'The registry cannot be reached',
  status: 0,
  detail: 'No answer came from the registry.',
  hint: 'Check the network, then try again.',
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A no stays a no; only what could not be reached is asked once more.
      retry: (failures, error) => failures < 1 && error instanceof Refused && error.problem.status === 0,
      refetchOnWindowFocus: false,
    },
  },
})

for (const [url, answer] of Object.entries(pageData.answers)) queries.setQueryData([url], answer)

export const asked = <Path extends Askable>(question: Question<Path>) =>
  queryOptions({ queryKey: [question.url], queryFn: ({ signal }) => ask(question, signal) })

export const useAnswer = <Path extends Askable>(question: Question<Path>) => useQuery(asked(question))

/** After a change: what was answered below this address and is shown is asked again; what is only kept is dropped. */
export function forget(prefix: string): Promise<void> {
  const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => String(queryKey[0]).startsWith(prefix)
  queries.removeQueries({ predicate, type: 'inactive' })
  return queries.invalidateQueries({ predicate })
}
