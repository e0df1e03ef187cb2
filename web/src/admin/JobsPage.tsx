/** Imports and other work in the background: what runs is shown as it goes on. */
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { AdminSheet } from './AdminSheet.tsx'
import { JobReport } from './JobReport.tsx'
import { jobName, type Run } from './job-words.ts'
import { RunningJob } from './RunningJob.tsx'

const tones: Record<Run['state'], Tone> = {
  waiting: 'plain',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'attention',
}

export const JobsPage = () => (
  <AdminSheet title="Imports and jobs">
    <StartImport />
    <Pages to={question('/api/v1/jobs')} what="jobs">
      {(items, more) =>
        items.length === 0 ? (
          <EmptyState title="No jobs yet">What runs in the background is shown here as it goes on.</EmptyState>
        ) : (
          <>
            {items.filter(isUnderWay).map((run) => (
              <RunningJob key={run.id} run={run} />
            ))}
            <Table
              caption="Jobs"
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { head: 'What', isName: true, cell: jobName },
                { head: 'State', cell: ({ state }) => <Badge tone={tones[state]}>{state}</Badge> },
                { head: 'Asked for', cell: ({ createdAt, startedBy }) => <ByWhom at={createdAt} by={startedBy} /> },
                { head: 'Ended', cell: ({ finishedAt }) => finishedAt && <Time at={finishedAt} /> },
                { head: 'Report', isWide: true, cell: (run) => <JobReport run={run} /> },
              ]}
            />
            {more}
          </>
        )
      }
    </Pages>
  </AdminSheet>
)

const isUnderWay = ({ state }: Run) => state === 'waiting' || state === 'running'

const ByWhom = ({ at, by }: { at: string; by: string }) => (
  <>
    <Time at={at} /> {`by ${by}`}
  </>
)

function StartImport() {
  const [started, setStarted] = useState(0)
  async function start(fields: FormData) {
    const [registry, visibility] = [String(fields.get('registry')), String(fields.get('visibility'))]
    await changed(
      api.POST('/api/v1/catalogue/imports', {
        body: { registry, visibility: visibility as 'private' | 'internal' | 'public' },
      }),
    )
    announce(`The import of ${registry} is asked for`)
    setStarted((count) => count + 1)
    await forget('/api/v1/jobs')
  }
  return (
    <details>
      <summary>Import a public registry</summary>
      <Form key={started} action="Import" onSubmit={start}>
        <TextField
          label="Registry"
          name="registry"
          required
          placeholder="registry.opentofu.org"
          hint="Its host name or address. It is read slowly, so that nobody there minds."
        />
        <SelectField label="Visible to" name="visibility" defaultValue="internal">
          <option value="private">who holds a role on the platform</option>
          <option value="internal">whoever is signed in</option>
          <option value="public">anyone</option>
        </SelectField>
      </Form>
    </details>
  )
}
