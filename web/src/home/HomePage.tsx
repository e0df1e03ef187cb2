/** The start: the search, and what there is to read. */
import { question } from '@cadastre/contract/question'
import { SearchField } from '../shell/Header.tsx'
import { Answered } from '../ui/Answered.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'

export const HomePage = () => (
  <>
    <h1 className="visually-hidden" tabIndex={-1}>
      Cadastre, a private registry for Terraform and OpenTofu
    </h1>
    <SearchField isLarge />
    <Answered to={question('/api/v1/modules')} what="modules">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="No modules yet" command="cadastre publish module ." />
        ) : (
          <Table
            caption="Modules"
            showCaption
            rows={items}
            keyOf={({ address }) => address}
            columns={[
              {
                head: 'Address',
                isName: true,
                cell: ({ address }) => <Link to={`/modules/${address}`}>{address}</Link>,
              },
              { head: 'Latest', cell: ({ latestVersion }) => latestVersion },
              { head: 'Description', isWide: true, cell: ({ description }) => description },
            ]}
          />
        )
      }
    </Answered>
  </>
)
