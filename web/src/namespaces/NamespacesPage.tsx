/** The namespaces that the reader may see: whose they are, who else sees them, and how much is in them. */
import { namespacesQuery } from '@cadastre/contract/pages'
import { type Answer, question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { cadastre } from '../shell/ClientSignIn.tsx'
import { holdsAny } from '../shell/rights.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Choice } from '../ui/Choice.tsx'
import { Count } from '../ui/Count.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Parcelled } from '../ui/Parcelled.tsx'
import { SearchRow } from '../ui/SearchRow.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { useNarrow } from '../use-narrow.ts'
import styles from './NamespacesPage.module.css'
import { seenBy, type Visibility } from './visibility.ts'

const kinds: Record<Visibility | '', string> = { '': 'all', private: 'private', internal: 'internal', public: 'public' }

export function NamespacesPage() {
  const { search } = useAt()
  const narrow = useNarrow()
  const asked = namespacesQuery(search)
  const mayClaim = holdsAny(['organizations:write'])
  return (
    <>
      <TitleBlock
        address="Namespaces"
        isCode={false}
        action={
          mayClaim && (
            <ButtonLink to="/namespaces/new" look="primary" icon="plus">
              Claim a namespace
            </ButtonLink>
          )
        }
      />
      <div className={styles.narrow}>
        <SearchRow
          key={asked.q ?? ''}
          label="Part of the name"
          value={asked.q ?? ''}
          onSearch={(q) => narrow('q', q)}
          maxLength={64}
        />
        <Choice
          label="Visible to"
          options={kinds}
          value={(asked.visibility ?? '') as Visibility | ''}
          onChange={(visibility) => narrow('visibility', visibility)}
        />
        {asked.organization && (
          <p>
            Owned by <strong>{asked.organization}</strong>. <Link to="/namespaces">Show all</Link>
          </p>
        )}
      </div>
      <Pages to={question('/api/v1/namespaces', { query: { ...asked, counts: true } })} what="namespaces">
        {(items, more) =>
          items.length > 0 ? (
            <>
              <Listed items={items} />
              {more}
            </>
          ) : Object.values(asked).some(Boolean) ? (
            <EmptyState title="Filtered out" action={<Link to="/namespaces">Clear the filters</Link>}>
              No namespace that you may see is like this.
            </EmptyState>
          ) : (
            <Nothing mayClaim={mayClaim} />
          )
        }
      </Pages>
    </>
  )
}

const Listed = ({ items }: { items: Answer<'/api/v1/namespaces'>['items'] }) => (
  <Table
    caption="Namespaces"
    rows={items}
    keyOf={({ name }) => name}
    columns={[
      {
        head: 'Name',
        isName: true,
        cell: ({ name }) => <Parcelled address={name} to={`/namespaces/${name}`} />,
      },
      { head: 'Owner', isWide: true, cell: ({ organization }) => organization },
      { head: 'Visible to', cell: ({ visibility }) => seenBy[visibility] },
      {
        head: 'Modules',
        isNumber: true,
        cell: ({ name, modules }) => <Count of={modules} to={`/modules?ns=${name}`} />,
      },
      {
        head: 'Providers',
        isNumber: true,
        cell: ({ name, providers }) => <Count of={providers} to={`/providers?ns=${name}`} />,
      },
      { head: 'Claimed', cell: ({ createdAt }) => <Time at={createdAt} /> },
    ]}
  />
)

function Nothing({ mayClaim }: { mayClaim: boolean }) {
  if (mayClaim)
    return (
      <EmptyState
        title="No namespaces yet"
        command={`${cadastre} namespace create NAME`}
        action={<Link to="/namespaces/new">Claim the first one here</Link>}
      >
        A namespace is the first part of an address: a team claims one and publishes into it.
      </EmptyState>
    )
  return pageData.caller.kind === 'anonymous' ? (
    <EmptyState title="No public namespaces">
      None is for everybody. <a href={`${pageData.basePath}/login?next=%2Fnamespaces`}>Sign in</a> to see those that are
      for you.
    </EmptyState>
  ) : (
    <EmptyState title="No namespaces that you may see">
      An administrator of your organization, or of this registry, claims one, or gives you a role where there is one.
    </EmptyState>
  )
}
