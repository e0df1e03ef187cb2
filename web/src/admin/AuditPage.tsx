/** The audit trail: a sentence for each event, newest first. */
import { auditQuery } from '@cadastre/contract/admin-pages'
import { type Answer, question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Badge } from '../ui/Badge.tsx'
import { Choice } from '../ui/Choice.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Time } from '../ui/Time.tsx'
import { useNarrow } from '../use-narrow.ts'
import { AdminSheet } from './AdminSheet.tsx'
import styles from './AuditPage.module.css'

type Fact = Answer<'/api/v1/audit-logs'>['items'][number]

const kinds = {
  '': 'everything',
  'module.': 'modules',
  'provider.': 'providers',
  'namespace.': 'namespaces',
  'api_key.': 'tokens',
  'user.': 'people',
} as const
const outcomes = { '': 'all', done: 'done', refused: 'refused' } as const

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
          label="What about"
          options={kinds}
          value={(asked.kind ?? '') as keyof typeof kinds}
          onChange={(kind) => narrow('kind', kind)}
        />
        <Choice
          label="Outcome"
          options={outcomes}
          value={(asked.outcome ?? '') as keyof typeof outcomes}
          onChange={(outcome) => narrow('outcome', outcome)}
        />
      </div>
      <Pages to={question('/api/v1/audit-logs', { query: asked })} what="events">
        {(items, more) =>
          items.length === 0 ? (
            <EmptyState title={search.size > 0 ? 'Filtered out' : 'Nothing happened yet'} />
          ) : (
            <>
              <ol className={styles.facts}>
                {items.map((fact) => (
                  <FactRow key={fact.id} fact={fact} />
                ))}
              </ol>
              {more}
            </>
          )
        }
      </Pages>
    </AdminSheet>
  )
}

const FactRow = ({ fact }: { fact: Fact }) => (
  <li>
    <details>
      <summary>
        <Time at={fact.occurredAt} />
        <strong>{fact.caller.name}</strong>
        <code>{fact.kind}</code>
        <span>
          {fact.subject} {fact.outcome === 'refused' && <Badge tone="bad">refused</Badge>}
        </span>
      </summary>
      <pre>{JSON.stringify(fact, null, 2)}</pre>
    </details>
  </li>
)
