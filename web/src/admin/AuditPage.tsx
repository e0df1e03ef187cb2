/** The audit trail: a sentence for each event, newest first. */

import { auditQuery } from '@cadastre/contract/admin-pages'
import { filterBeginning } from '@cadastre/contract/audit-filter'
import { factSubjects, factWords, restOf, verbOf } from '@cadastre/contract/fact-kinds'
import { type Answer, question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Badge } from '../ui/Badge.tsx'
import { Choice } from '../ui/Choice.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Select } from '../ui/Select.tsx'
import { Time } from '../ui/Time.tsx'
import { useNarrow } from '../use-narrow.ts'
import { AdminSheet } from './AdminSheet.tsx'
import styles from './AuditPage.module.css'

type Fact = Answer<'/api/v1/audit-logs'>['items'][number]

const outcomes = { '': 'all', done: 'done', refused: 'refused' } as const
const subjects = { '': 'everything', ...factSubjects }

export function AuditPage() {
  const { search } = useAt()
  const narrow = useNarrow()
  const asked = auditQuery(search)
  const exported = `${pageData.basePath}/api/v1/audit-logs/export?${new URLSearchParams(search)}`
  return (
    <AdminSheet
      title="Audit"
      action={
        <span className={styles.exports}>
          <a href={`${exported}&format=csv`}>Save as CSV</a>
          <a href={`${exported}&format=ndjson`}>Save as NDJSON</a>
        </span>
      }
    >
      <div className={styles.narrow}>
        <Choice
          label="Outcome"
          options={outcomes}
          value={(asked.outcome ?? '') as keyof typeof outcomes}
          onChange={(outcome) => narrow('outcome', outcome)}
        />
        <Kinds chosen={asked.kind ?? ''} onChange={(kind) => narrow('kind', kind)} />
        <TypedFilter label="Who" name="caller" value={asked.caller} />
        <TypedFilter label="Namespace" name="namespace" value={asked.namespace} />
        <TypedFilter label="Subject begins with" name="subject" value={asked.subject} />
      </div>
      <Pages to={question('/api/v1/audit-logs', { query: asked })} what="events">
        {(items, more) =>
          items.length > 0 ? (
            <>
              <ol className={styles.facts}>
                {items.map((fact) => (
                  <FactRow key={fact.id} fact={fact} />
                ))}
              </ol>
              {more}
            </>
          ) : search.size > 0 ? (
            <EmptyState title="Filtered out" action={<Link to="/admin/audit">Clear the filters</Link>}>
              Nothing that was kept is like this.
            </EmptyState>
          ) : (
            <EmptyState title="Nothing happened yet">
              Whatever somebody changes, or was refused, is told here.
            </EmptyState>
          )
        }
      </Pages>
    </AdminSheet>
  )
}

/** What it is about, and what was done to that. */
function Kinds({ chosen, onChange }: { chosen: string; onChange: (kind: string) => void }) {
  const subject = Object.keys(factSubjects).find((beginning) => chosen.startsWith(beginning)) ?? ''
  const verbs = Object.entries(factWords).filter(([kind]) => kind.startsWith(subject))
  return (
    <>
      <Select label="What about" options={subjects} value={subject} onChange={onChange} />
      <Select
        label="What was done"
        options={{ [subject]: 'whatever was done', ...Object.fromEntries(verbs.map(([kind, [done]]) => [kind, done])) }}
        value={chosen}
        onChange={onChange}
      />
    </>
  )
}

/** Narrows when it is sent, and not with each letter. */
function TypedFilter({ label, name, value = '' }: { label: string; name: string; value?: string }) {
  const narrow = useNarrow()
  return (
    <form
      className={styles.typed}
      onSubmit={(event) => {
        event.preventDefault()
        narrow(name, String(new FormData(event.currentTarget).get(name)).trim())
      }}
    >
      <label>
        {label}{' '}
        <input key={value} name={name} type="search" defaultValue={value} autoComplete="off" spellCheck={false} />
      </label>
    </form>
  )
}

const FactRow = ({ fact }: { fact: Fact }) => {
  const rest = restOf(fact)
  return (
    <li>
      <Time at={fact.occurredAt} both />
      <p>
        <Link to={`/admin/audit?${new URLSearchParams({ caller: filterBeginning(fact.caller.name) })}`}>
          {fact.caller.name}
        </Link>{' '}
        {verbOf(fact)}{' '}
        <Link to={`/admin/audit?${new URLSearchParams({ subject: filterBeginning(fact.subject) })}`}>
          {fact.subject}
        </Link>
        {rest && ` — ${rest}`} {fact.outcome === 'refused' && <Badge tone="bad">refused</Badge>}
      </p>
      <details>
        <summary aria-label={`All of event ${fact.id}`}>All</summary>
        <pre>{JSON.stringify(fact, null, 2)}</pre>
      </details>
    </li>
  )
}
