/** The start: the search, the newest of what is here, and the first command for each thing one comes for. */
import { question } from '@cadastre/contract/question'
import { pageData } from '../page-data.ts'
import { pageOf } from '../search/hit-address.ts'
import { SearchField } from '../shell/Header.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import styles from './HomePage.module.css'

export const HomePage = () => (
  <div className={styles.home}>
    <h1 className="visually-hidden" tabIndex={-1}>
      Cadastre, a private registry for Terraform and OpenTofu
    </h1>
    <SearchField isLarge />
    <Answered to={question('/api/v1/search', { query: { sort: 'updated', limit: 8 } })} what="newest">
      {({ items }) =>
        items.length > 0 && (
          <section>
            <h2>Changed lately</h2>
            <Table
              caption="Changed lately"
              rows={items}
              keyOf={({ kind, address }) => `${kind} ${address}`}
              columns={[
                {
                  head: 'Address',
                  isName: true,
                  cell: (hit) => (
                    <Link to={pageOf(hit)}>
                      <code>{hit.address}</code>
                    </Link>
                  ),
                },
                { head: 'Kind', cell: ({ kind }) => kind },
                { head: 'Version', cell: ({ version }) => version && <code>{version}</code> },
                { head: 'Changed', cell: ({ updatedAt }) => updatedAt && <Time at={updatedAt} /> },
                { head: 'Description', isWide: true, cell: ({ description }) => description },
              ]}
            />
          </section>
        )
      }
    </Answered>
    {pageData.caller.kind === 'anonymous' && <FirstSteps />}
  </div>
)
