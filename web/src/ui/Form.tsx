/** A form of one change: what it sends, what the registry said, and nothing sent twice. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Problem } from '../page-data.ts'
import { problemIn, Refusal } from './Answered.tsx'
import { Button } from './Button.tsx'
import styles from './Form.module.css'

type Props = {
  /** on the button: what happens */
  action: string
  look?: 'primary' | 'danger'
  onSubmit: (fields: FormData) => Promise<void>
  /** is told what the registry said last, so that a field can say it too */
  children?: ReactNode | ((problem: Problem | undefined) => ReactNode)
}

export function Form({ action, look = 'primary', onSubmit, children }: Props) {
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) summary.current?.focus()
  }, [problem])
  return (
    <form
      className={styles.form}
      onSubmit={async (event) => {
        event.preventDefault()
        if (isBusy) return
        setBusy(true)
        setProblem(undefined)
        try {
          await onSubmit(new FormData(event.currentTarget))
        } catch (error) {
          setProblem(problemIn(error as Error))
        } finally {
          setBusy(false)
        }
      }}
    >
      {problem && (
        <div ref={summary} tabIndex={-1}>
          <Refusal problem={problem} what="change" />
        </div>
      )}
      {typeof children === 'function' ? children(problem) : children}
      <div>
        <Button type="submit" look={look} busy={isBusy}>
          {action}
        </Button>
      </div>
    </form>
  )
}
