/** What the server put into the page: who reads it, and the first answers, so that the first paint asks nothing. */
import type { Answer } from '@cadastre/contract/question'

export type PageData = {
  /** where the registry lies below its host, e.g. `/registry`; empty at the root */
  basePath: string
  /** of the registry, as its settings say */
  baseUrl: string
  status: number
  caller: Answer<'/api/v1/whoami'>
  /** by the address that was asked */
  answers: Record<string, unknown>
  refused: Record<string, Problem>
  /** as addresses of artefacts carry it, e.g. `registry.example.com` */
  host: string
  /** nothing of it stays when it stops: a demo */
  isPassing: boolean
}

export type Problem = {
  code: string
  title: string
  status: number
  detail: string
  hint?: string
  requestId?: string
}

export const pageData: PageData = JSON.parse(document.getElementById('page')?.textContent ?? 'null') ?? {
  basePath: '',
  baseUrl: location.origin,
  status: 200,
  caller: { kind: 'anonymous', id: '', name: 'anonymous', keyKind: null, owner: null, expiresAt: null, grants: [] },
  answers: {},
  refused: {},
  host: location.host,
  isPassing: false,
}
