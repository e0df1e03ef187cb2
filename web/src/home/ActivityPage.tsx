/** What happened to the modules and providers that the reader may see: published, deprecated, deleted, restored. */
import { activityQuery } from '@cadastre/contract/pages'
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { Answered } from '../ui/Answered.tsx'
import { Choice } from '../ui/Choice.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Select } from '../ui/Select.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { useNarrow } from '../use-narrow.ts'
import styles from './ActivityPage.module.css'
import { Events } from './Events.tsx'

const actions = {
  '': 'everything',
  published: 'published',
  deprecated: 'deprecated',
  deleted: 'deleted',
  restored: 'restored',
} as const
const kinds = { '': 'all', module: 'modules', provider: 'providers' } as const

export function ActivityPage() {
  const { search } = useAt()
  const narrow = useNarrow()
  const asked = activityQuery(search)
  return (
    <>
      <TitleBlock address="Activity" isCode={false} />
      <div className={styles.narrow}>
        <Choice
          label="What happened"
          options={actions}
          value={(asked.action ?? '') as keyof typeof actions}
          onChange={(action) => narrow('action', action)}
        />
        <Choice
          label="To what"
          options={kinds}
          value={(asked.type ?? '') as keyof typeof kinds}
          onChange={(kind) => narrow('kind', kind)}
        />
        <Namespaces chosen={asked.namespace ?? ''} onChange={(namespace) => narrow('ns', namespace)} />
      </div>
      <Pages to={question('/api/v1/activity', { query: asked })} what="events">
        {(items, more) =>
          items.length > 0 ? (
            <>
              <Events caption="Activity" items={items} />
              {more}
            </>
          ) : search.size > 0 ? (
            <EmptyState title="Filtered out" action={<Link to="/activity">Clear the filters</Link>}>
              Nothing of this kind happened where you may read.
            </EmptyState>
          ) : (
            <EmptyState title="Nothing happened yet" command="cadastre publish module .">
              Whatever is published where you may read is told here.
            </EmptyState>
          )
        }
      </Pages>
    </>
  )
}

function Namespaces({ chosen, onChange }: { chosen: string; onChange: (namespace: string) => void }) {
  return (
    <Answered to={question('/api/v1/namespaces', { query: { limit: 100 } })} what="namespaces" rows={1}>
      {({ items }) => {
        const names = [...new Set([chosen, ...items.map(({ name }) => name)])].filter(Boolean)
        return (
          <Select
            label="Namespace"
            options={{ '': 'every namespace', ...Object.fromEntries(names.map((name) => [name, name])) }}
            value={chosen}
            onChange={onChange}
          />
        )
      }}
    </Answered>
  )
}
