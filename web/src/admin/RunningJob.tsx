/** A job while it runs, told by the registry as it goes on; and an end to it. */
import { useEffect, useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { type Problem, pageData } from '../page-data.ts'
import { problemIn, Refusal } from '../ui/Answered.tsx'
import { Button } from '../ui/Button.tsx'
import { asCount } from '../ui/in-words.ts'
import { announce } from '../ui/LiveRegion.tsx'
import { jobName, type Run } from './job-words.ts'
import styles from './RunningJob.module.css'

const againMs = 1_000

export function RunningJob({ run }: { run: Run }) {
  const [now, setNow] = useState(run)
  const [isCut, setCut] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    let events: EventSource
    let again: ReturnType<typeof setTimeout>
    function listen() {
      events = new EventSource(`${pageData.basePath}/api/v1/jobs/${run.id}/events`)
      events.addEventListener('run', (event) => {
        const told: Run = JSON.parse(event.data)
        setNow(told)
        setCut(false)
        if (told.state === 'waiting' || told.state === 'running') return
        events.close()
        announce(`${jobName(told)} is ${told.state}`)
        void forget('/api/v1/jobs')
      })
      events.addEventListener('error', () => {
        setCut(true)
        // Browsers come back by themselves after a wire that was cut, and never after an answer that was a no.
        if (events.readyState === EventSource.CLOSED) again = setTimeout(listen, againMs)
      })
    }
    listen()
    return () => {
      clearTimeout(again)
      events.close()
    }
  }, [run.id])

  const { done, total } = now.progress as { done?: number; total?: number | null }
  const label = jobName(now)
  return (
    <section className={styles.job} aria-label={label}>
      <p>
        {label}: {now.state}
        {done !== undefined && ` · ${asCount(done)}${total ? ` of ${asCount(total)}` : ''}`}
      </p>
      <progress aria-label={label} {...(total ? { max: total, value: done ?? 0 } : {})} />
      {isCut && <p>The connection is lost, so this may be old. It is sought again.</p>}
      {problem && <Refusal problem={problem} what="change" />}
      <Button
        look="danger"
        small
        aria-label={`End ${label}`}
        onClick={() =>
          void changed(api.DELETE('/api/v1/jobs/{id}', { params: { path: { id: run.id } } })).catch((error) =>
            setProblem(problemIn(error)),
          )
        }
      >
        End it
      </Button>
    </section>
  )
}
