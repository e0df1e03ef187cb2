/** The providers of this registry. */
import { providersQuestion } from '@cadastre/contract/list-page'
import { pages } from '@cadastre/contract/pages'
import { useAt } from '../at.ts'
import { listColumns } from '../lists/columns.tsx'
import { isNarrowed, NarrowList, unfiltered } from '../lists/NarrowList.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Table } from '../ui/Table.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'

export function ProvidersPage() {
  const at = useAt()
  const { search, pathname } = at
  return (
    <>
      <TitleBlock
        address={pages.providers.title(at, undefined)}
        isCode={false}
        action={
          <ButtonLink to="/publish/provider" look="primary" icon="upload">
            Publish
          </ButtonLink>
        }
      />
      <NarrowList kind="provider" />
      <Pages to={providersQuestion(search)} what="providers">
        {(items, more) =>
          items.length === 0 && isNarrowed(search) ? (
            <EmptyState title="Filtered out" action={<Link to={unfiltered(pathname, search)}>Clear the filters</Link>}>
              No provider that you may read is like this.
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
                columns={listColumns('/providers')}
              />
              {more}
            </>
          )
        }
      </Pages>
    </>
  )
}
