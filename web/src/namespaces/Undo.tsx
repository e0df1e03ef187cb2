/** What was done, with the way back. */
import { type ReactNode, useState } from 'react'
import type { Problem } from '../page-data.ts'
import { problemIn, Refusal } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'

type Props = { done: string; onUndo: () => Promise<void>; children: ReactNode }

export function Undo({ done, onUndo, children }: Props) {
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  async function undo() {
    setBusy(true)
    setProblem(undefined)
    await onUndo().catch((error: Error) => setProblem(problemIn(error)))
    setBusy(false)
  }
  return (
    <>
      {problem && <Refusal problem={problem} what="change" />}
      <Banner
        tone="good"
        title={done}
        action={
          <Button onClick={() => void undo()} busy={isBusy}>
            Undo
          </Button>
        }
      >
        <p>{children}</p>
      </Banner>
    </>
  )
}
