/** The providers of this registry, by address. */
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { Badge } from '../ui/Badge.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { DownloadsLink } from '../ui/DownloadsLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Parcelled } from '../ui/Parcelled.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'

export function ProvidersPage() {
  const namespace = useAt().search.get('ns') ?? undefined
  return (
    <>
      <TitleBlock
        address="Providers"
        isCode={false}
        action={
          <ButtonLink to="/publish/provider" look="primary" icon="upload">
            Publish
          </ButtonLink>
        }
      />
      <Pages to={question('/api/v1/providers', { query: { namespace } })} what="providers">
        {(items, more) =>
          items.length === 0 && namespace ? (
            <EmptyState title="Filtered out" action={<Link to="/providers">Show all providers</Link>}>
              {`There are none in ${namespace} that you may read.`}
            </EmptyState>
          ) : items.length === 0 ? (
            <EmptyState title="No providers yet" command="cadastre publish provider ./dist --namespace NAMESPACE">
              None that you may read. Publish what GoReleaser made.
            </EmptyState>
          ) : (
            <>
              <Table
                caption="Providers"
                rows={items}
                keyOf={({ address }) => address}
                columns={[
                  {
                    head: 'Address',
                    isName: true,
                    share: '2.6fr',
                    cell: ({ address }) => <Parcelled address={address} to={`/providers/${address}`} />,
                  },
                  {
                    head: 'Description',
                    isWide: true,
                    share: '4.6fr',
                    cell: ({ description, deprecation }) => (
                      <>
                        {description || null}
                        {deprecation && <Badge tone="attention">deprecated</Badge>}
                      </>
                    ),
                  },
                  { head: 'Latest', cell: ({ latestVersion }) => latestVersion && <code>{latestVersion}</code> },
                  { head: 'Here since', cell: ({ createdAt }) => <Time at={createdAt} /> },
                  {
                    head: 'Downloads',
                    isNumber: true,
                    cell: ({ address, downloads }) => (
                      <DownloadsLink downloads={downloads} to={`/providers/${address}/versions`} />
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
