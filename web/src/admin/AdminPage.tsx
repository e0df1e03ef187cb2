/** Administration at one glance: what the installation still needs, found out by trying it. */
import { question } from '@cadastre/contract/question'
import { holdsAny } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { AdminSheet } from './AdminSheet.tsx'
import { Checklist } from './Checklist.tsx'
import { StoreChecks } from './StoreChecks.tsx'

export const AdminPage = () => (
  <AdminSheet title="Administration">
    {holdsAny(['admin']) && (
      <>
        <Answered to={question('/api/v1/checklist')} what="checklist">
          {({ items }) => (
            <>
              <h2>What it needs</h2>
              <Checklist checks={items} />
            </>
          )}
        </Answered>
        <StoreChecks />
      </>
    )}
    {holdsAny(['mirrors:manage']) && (
      <Answered to={question('/api/v1/catalogue/sources')} what="catalogue" rows={2}>
        {({ items }) =>
          items.length > 0 ? (
            <Table
              caption="Catalogue"
              showCaption
              rows={items}
              keyOf={({ hostname }) => hostname}
              columns={[
                { head: 'Registry', isName: true, cell: ({ hostname }) => <code>{hostname}</code> },
                { head: 'Visible to', cell: ({ visibility }) => visibility },
                {
                  head: 'Imported',
                  cell: ({ importedAt }) => (importedAt ? <Time at={importedAt} /> : 'never through'),
                },
              ]}
            />
          ) : (
            <p>
              No public registry is in the catalogue yet. <Link to="/admin/jobs">Import one</Link>.
            </p>
          )
        }
      </Answered>
    )}
  </AdminSheet>
)
