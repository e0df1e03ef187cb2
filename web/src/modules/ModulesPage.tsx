/** The modules of this registry, by address. */
import { pages } from '@cadastre/contract/pages'
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { DownloadsLink } from '../ui/DownloadsLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Parcelled } from '../ui/Parcelled.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'

export function ModulesPage() {
  const at = useAt()
  const namespace = at.search.get('ns') ?? undefined
  return (
    <>
      <TitleBlock
        address={pages.modules.title(at, undefined)}
        isCode={false}
        action={
          <ButtonLink to="/publish/module" look="primary" icon="upload">
            Publish
          </ButtonLink>
        }
      />
      <Pages to={question('/api/v1/modules', { query: { namespace } })} what="modules">
        {(items, more) =>
          items.length === 0 && namespace ? (
            <EmptyState title="Filtered out" action={<Link to="/modules">Show all modules</Link>}>
              {`There are none in ${namespace} that you may read.`}
            </EmptyState>
          ) : items.length === 0 ? (
            <EmptyState title="No modules yet" command="cadastre publish module .">
              None that you may read. Publish one from its folder.
            </EmptyState>
          ) : (
            <>
              <Table
                caption="Modules"
                rows={items}
                keyOf={({ address }) => address}
                columns={[
                  {
                    head: 'Address',
                    isName: true,
                    share: '2.6fr',
                    cell: ({ address }) => <Parcelled address={address} to={`/modules/${address}`} />,
                  },
                  { head: 'Description', isWide: true, share: '4.6fr', cell: ({ description }) => description },
                  { head: 'Latest', cell: ({ latestVersion }) => latestVersion && <code>{latestVersion}</code> },
                  { head: 'Here since', cell: ({ createdAt }) => <Time at={createdAt} /> },
                  {
                    head: 'Downloads',
                    isNumber: true,
                    cell: ({ address, downloads }) => (
                      <DownloadsLink downloads={downloads} to={`/modules/${address}/versions`} />
                    ),
                  },
                ]}
              />
              {more}
            </>
          )
        }
      </Pages>
    </>
  )
}
