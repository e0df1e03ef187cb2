/** The modules of this registry. */
import { modulesQuestion } from '@cadastre/contract/list-page'
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

export function ModulesPage() {
  const at = useAt()
  const { search, pathname } = at
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
      <NarrowList kind="module" />
      <Pages to={modulesQuestion(search)} what="modules">
        {(items, more) =>
          items.length === 0 && isNarrowed(search) ? (
            <EmptyState title="Filtered out" action={<Link to={unfiltered(pathname, search)}>Clear the filters</Link>}>
              No module that you may read is like this.
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
                columns={listColumns('/modules')}
              />
              {more}
            </>
          )
        }
      </Pages>
    </>
  )
}
