/** What a page is: an address, what it asks of the API, and what it is called. */
import type { Answer, Askable, Question } from './question.ts'
import type { ScopeName } from './scope-names.ts'

export type At = {
  /** out of the address, decoded; an optional part that is not there is missing */
  params: Readonly<Record<string, string>>
  search: URLSearchParams
}

/**
 * Who may open it: anybody, whoever has signed in, or who holds one of these scopes in some organization. What stands on
 * a page is guarded by the API, whatever is said here.
 */
export type Audience = 'anyone' | 'signed-in' | readonly ScopeName[]

type Told<First, What> = (at: At, first: First) => What

/** What was asked for beside it; undefined when it was refused. */
export type Answered = <Path extends Askable>(question: Question<Path>) => Answer<Path> | undefined

type Spec<First, Path extends Askable> = {
  /** `:name` is one segment, `:from...:to` two in one, `:version?` one that begins with a digit and may be missing, `*path` the rest */
  path: string
  audience: Audience
  /** decides the status of the page; a page without one always answers */
  first?: (at: At) => Question<Path>
  /** for one that belongs to whoever does something in a namespace: with which scope, and in which namespace */
  needs?: (first: First) => { scope: ScopeName; namespace: { name: string; organization: string } }
  /** what else its first paint needs, knowing the first answer */
  rest?: Told<First, Question[]>
  /** the one of the rest that the page is about: where that is not there, neither is the page */
  about?: (at: At, first: First) => Question | undefined
  /** where the page is that shows it, when what this one is about is not there, but something else of that address is */
  moved?: (at: At, first: First, answered: Answered) => string | undefined
  /** without the name of the product */
  title: Told<First, string>
  description?: Told<First, string>
  /** the address that stands for it, when it has several */
  canonical?: Told<First, string>
  /** Markdown of the same, for who reads without a browser */
  markdown?: Told<First, string | undefined>
  /** why its version is not to be used any more: the page answers 410 */
  gone?: (first: First) => boolean
}

export type Page = Spec<unknown, Askable>

/** A page whose first answer has a type. */
export const definePage = <Path extends Askable>(spec: Spec<Answer<Path>, Path>): Page => spec as unknown as Page

export const plainPage = (path: string, title: string, audience: Audience = 'anyone'): Page => ({
  path,
  audience,
  title: () => title,
})
