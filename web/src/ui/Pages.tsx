/** Lists that come page by page: the first one is in the page already, the next ones when they are wanted. */
import type { Answer, Askable, Question } from '@cadastre/contract/question'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { ask, queries } from '../api.ts'
import { problemIn, Refusal } from './Answered.tsx'
import { Button } from './Button.tsx'
import { asCount } from './in-words.ts'
import { Skeleton } from './Skeleton.tsx'

type Listed = { items: unknown[]; next: string | null }
type ItemOf<Path extends Askable> = Answer<Path> extends { items: (infer Item)[] } ? Item : never

type Props<Path extends Askable> = {
  to: Question<Path>
  what: string
  missing?: ReactNode
  children: (items: ItemOf<Path>[], more: ReactNode) => ReactNode
}

/** @param children is given all items so far, and the button that brings more, or nothing when that is all */
export function Pages<Path extends Askable>({ to, what, missing, children }: Props<Path>) {
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } = useInfiniteQuery({
    queryKey: [to.url, 'pages'],
    queryFn: ({ pageParam, signal }) => ask(below(to, pageParam), signal) as Promise<unknown> as Promise<Listed>,
    initialPageParam: '',
    getNextPageParam: ({ next }: Listed) => next ?? undefined,
    initialData: () => {
      const first = queries.getQueryData<Listed>([to.url])
      return first && { pages: [first], pageParams: [''] }
    },
    initialDataUpdatedAt: () => queries.getQueryState([to.url])?.dataUpdatedAt,
  })
  const hasAsked = useRef(false)
  const askForMore = () => {
    hasAsked.current = true
    void fetchNextPage()
  }
  if (data) {
    const items = data.pages.flatMap((page) => page.items) as ItemOf<Path>[]
    if (hasNextPage)
      return children(
        items,
        <Button onClick={askForMore} busy={isFetching}>
          {`Show more ${what}`}
        </Button>,
      )
    return children(items, hasAsked.current && <End count={items.length} what={what} />)
  }
  if (error) {
    const problem = problemIn(error)
    if (missing && problem.status === 404) return missing
    return <Refusal problem={problem} what={what} retry={() => void refetch()} isRetrying={isFetching} />
  }
  return <Skeleton />
}

const takeFocus = (end: HTMLElement | null) => end?.focus({ preventScroll: true })

/** Stands where the button was, and has the focus that the button had. */
const End = ({ count, what }: { count: number; what: string }) => (
  <p tabIndex={-1} ref={takeFocus}>
    {`All ${asCount(count)} ${what} are shown.`}
  </p>
)

function below<Path extends Askable>(question: Question<Path>, cursor: string): Question<Path> {
  if (!cursor) return question
  const [path, search = ''] = question.url.split('?')
  const query = new URLSearchParams(search)
  query.set('cursor', cursor)
  return { ...question, url: `${path}?${query}` }
}
