/** What became of a job: why it failed, what it counted, what it could not take, and the same once more. */
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import type { Problem } from '../page-data.ts'
import { Answered, problemIn, Refusal } from '../ui/Answered.tsx'
import { Button } from '../ui/Button.tsx'
import { asCount } from '../ui/in-words.ts'
import { announce } from '../ui/LiveRegion.tsx'
import styles from './JobReport.module.css'
import { jobName, problemsOf, type Run, reportInWords } from './job-words.ts'

export function JobReport({ run }: { run: Run }) {
  const problems = problemsOf(run)
  return (
    <div className={styles.report}>
      {run.error && <p>{run.error}</p>}
      {reportInWords(run) && <p>{reportInWords(run)}</p>}
      {problems > 0 && <Problems run={run} count={problems} />}
      <RunAgain run={run} />
    </div>
  )
}

function Problems({ run, count }: { run: Run; count: number }) {
  const [isOpen, setOpen] = useState(false)
  const words = `${asCount(count)} ${count === 1 ? 'problem' : 'problems'}`
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary aria-label={`${words} of ${jobName(run)}`}>{words}</summary>
      {isOpen && (
        <Answered to={question('/api/v1/jobs/{id}', { path: { id: run.id } })} what="problems" rows={3}>
          {({ problems }) => (
            <>
              <ul className={styles.problems}>
                {problems.map(({ path, reason }) => (
                  <li key={`${path} ${reason}`}>
                    <code>{path}</code> {reason}
                  </li>
                ))}
              </ul>
              {problems.length < count && <p>{`These are the first ${problems.length} of ${asCount(count)}.`}</p>}
            </>
          )}
        </Answered>
      )}
    </details>
  )
}

/** A folder goes by its name in the settings, which a run does not keep: only a registry is asked again from here. */
function RunAgain({ run }: { run: Run }) {
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const asked = againOf(run)
  if (!asked || run.state === 'waiting' || run.state === 'running') return null
  async function again() {
    setBusy(true)
    try {
      await changed(asked!())
      announce(`${jobName(run)} is asked for again`)
      await forget('/api/v1/jobs')
    } catch (error) {
      setProblem(problemIn(error as Error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {problem && <Refusal problem={problem} what="change" />}
      <Button small busy={isBusy} onClick={() => void again()} aria-label={`Run ${jobName(run)} again`}>
        Run again
      </Button>
    </>
  )
}

function againOf({ kind, subject, options }: Run) {
  const { source, only } = options
  if (kind === 'modules.inspect') return () => api.POST('/api/v1/modules/inspections')
  if (kind !== 'catalogue.import' || typeof source !== 'string' || !/^https?:\/\//.test(source)) return undefined
  return () =>
    api.POST('/api/v1/catalogue/imports', {
      body: {
        registry: source,
        hostname: subject,
        ...(only === 'modules' || only === 'providers' ? { only } : {}),
      },
    })
}
