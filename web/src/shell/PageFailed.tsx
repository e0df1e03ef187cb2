/** The face of a page that broke. */
import type { ErrorComponentProps } from '@tanstack/react-router'
import { problemIn, Refusal } from '../ui/Answered.tsx'

export const PageFailed = ({ error, reset }: ErrorComponentProps) => (
  <>
    <h1 tabIndex={-1}>This page could not be shown</h1>
    <Refusal problem={problemIn(error as Error)} what="page" retry={reset} />
  </>
)
