/** What was asked of the registry, in each of its faces: loading, refused, failed, ready. */
import type { Answer, Askable, Question } from '@cadastre/contract/question'
import type { ReactNode } from 'react'
import { Refused, useAnswer } from '../api.ts'
import type { Problem } from '../page-data.ts'
import styles from './Answered.module.css'
import { Button } from './Button.tsx'
import { CopyButton } from './CopyButton.tsx'
import { Link } from './Link.tsx'
import { Skeleton } from './Skeleton.tsx'

type Props<Path extends Askable> = {
  to: Question<Path>
  /** what the answer is, in a sentence that begins with "The": `inputs` */
  what: string
  rows?: number
  /** the face of a page that is not there, for the answer that the page stands on */
  missing?: ReactNode
  children: (answer: Answer<Path>) => ReactNode
}

export function Answered<Path extends Askable>({ to, what, rows, missing, children }: Props<Path>) {
  const { data, error, refetch, isFetching } = useAnswer(to)
  if (data !== undefined) return children(data)
  if (error && missing && problemIn(error).status === 404) return missing
  if (error)
    return (
      <Refusal
        problem={problemIn(error)}
        what={what}
        isPage={missing !== undefined}
        retry={() => void refetch()}
        isRetrying={isFetching}
      />
    )
  return (
    <>
      <p className="visually-hidden">Loading {what}.</p>
      <Skeleton rows={rows} />
    </>
  )
}

export const problemIn = (error: Error): Problem =>
  error instanceof Refused
    ? error.problem
    : { code: 'failed', title: 'This page failed', status: 0, detail: error.message }

type RefusalProps = {
  problem: Problem
  what: string
  /** it stands for all of a page, and heads it */
  isPage?: boolean
  retry?: () => void
  isRetrying?: boolean
}

/** What failed, why, what to do, and what to tell whoever helps. */
export function Refusal({ problem, what, isPage = false, retry, isRetrying }: RefusalProps) {
  const isOver = problem.status >= 400 && problem.status < 500
  const title = isOver || what === 'change' ? problem.title : `The ${what} could not be loaded`
  return (
    <section className={styles.refusal} aria-label={`No ${what}`}>
      {isPage ? <h1 tabIndex={-1}>{title}</h1> : <p className={styles.title}>{title}</p>}
      <p>{problem.detail}</p>
      {problem.hint && <p>{problem.hint}</p>}
      <p className={styles.support}>
        <Link to={`/docs/errors/${problem.code}`}>
          <code>{problem.code}</code>
        </Link>
        {problem.requestId && (
          <>
            {' · request '}
            <code>{problem.requestId}</code>
            <CopyButton text={`${problem.code} ${problem.requestId}: ${problem.detail}`} what="what support needs" />
          </>
        )}
      </p>
      {retry && !isOver && (
        <Button onClick={retry} busy={isRetrying}>
          Try again
        </Button>
      )}
    </section>
  )
}
