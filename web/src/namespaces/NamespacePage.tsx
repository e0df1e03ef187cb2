/** A namespace: whose it is, who may see it, what is in it, and the keys that sign for it. */
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { ParcelTile } from '../ui/ParcelTile.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import styles from './NamespacePage.module.css'
import { SigningKeys } from './SigningKeys.tsx'

const seenBy = { private: 'members of its organization', internal: 'whoever is signed in', public: 'anyone' } as const

export function NamespacePage() {
  const name = useAt().params.namespace ?? ''
  return (
    <Answered
      to={question('/api/v1/namespaces/{namespace}', { path: { namespace: name } })}
      what="namespace"
      missing={<NotFound />}
    >
      {({ organization, visibility, createdAt }) => (
        <>
          <TitleBlock
            above={<Breadcrumb crumbs={[{ label: 'Namespaces' }, { label: name }]} />}
            address={name}
            beside={<ParcelTile name={name} size={32} />}
            cells={[
              { label: 'Owner', value: organization },
              { label: 'Visible to', value: seenBy[visibility] },
              { label: 'Claimed', value: <Time at={createdAt} both /> },
            ]}
          />
          <section className={styles.part}>
            <h2>Modules</h2>
            <Pages to={question('/api/v1/modules', { query: { namespace: name } })} what="modules">
              {(items, more) =>
                items.length === 0 ? (
                  <EmptyState
                    title={`No modules in ${name} yet`}
                    command={`cadastre publish module . --address ${name}/NAME/SYSTEM --version 1.0.0`}
                  />
                ) : (
                  <>
                    <Listed what="Modules" at="/modules" items={items} />
                    {more}
                  </>
                )
              }
            </Pages>
          </section>
          <section className={styles.part}>
            <h2>Providers</h2>
            <Pages to={question('/api/v1/providers', { query: { namespace: name } })} what="providers">
              {(items, more) =>
                items.length === 0 ? (
                  <EmptyState
                    title={`No providers in ${name} yet`}
                    command={`cadastre publish provider ./dist --namespace ${name}`}
                  />
                ) : (
                  <>
                    <Listed what="Providers" at="/providers" items={items} />
                    {more}
                  </>
                )
              }
            </Pages>
          </section>
          <SigningKeys namespace={name} />
        </>
      )}
    </Answered>
  )
}

type Item = { address: string; description: string; latestVersion: string | null }

const Listed = ({ what, at, items }: { what: string; at: string; items: Item[] }) => (
  <Table
    caption={what}
    rows={items}
    keyOf={({ address }) => address}
    columns={[
      {
        head: 'Address',
        isName: true,
        cell: ({ address }) => (
          <Link to={`${at}/${address}`}>
            <code>{address}</code>
          </Link>
        ),
      },
      { head: 'Description', isWide: true, cell: ({ description }) => description },
      { head: 'Latest', cell: ({ latestVersion }) => latestVersion && <code>{latestVersion}</code> },
    ]}
  />
)
