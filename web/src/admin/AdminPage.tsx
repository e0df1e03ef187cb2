/** Administration at one glance: whether the stores answer, what is in the catalogue, and who holds the platform. */
import { question } from '@cadastre/contract/question'
import { holdsAny } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { AdminSheet } from './AdminSheet.tsx'
import { type Check, Checklist } from './Checklist.tsx'
import { StoreChecks } from './StoreChecks.tsx'

export const AdminPage = () => (
  <AdminSheet title="Administration">
    {holdsAny(['admin']) && (
      <Answered to={question('/api/v1/identity-providers')} what="ways to sign in" rows={2}>
        {({ items }) => <Checklist checks={[signIn(items.length)]} />}
      </Answered>
    )}
    {holdsAny(['admin']) && <StoreChecks />}
    {holdsAny(['mirrors:manage']) && (
      <Answered to={question('/api/v1/catalogue/sources')} what="catalogue" rows={2}>
        {({ items }) => (
          <>
            <h2>Catalogue</h2>
            {items.length === 0 ? (
              <p>
                No public registry is in it yet. <Link to="/admin/jobs">Import one</Link>.
              </p>
            ) : (
              <Table
                caption="Catalogue"
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
            )}
          </>
        )}
      </Answered>
    )}
  </AdminSheet>
)

const signIn = (issuers: number): Check => ({
  title: 'Sign-in',
  isDone: issuers > 0,
  words:
    issuers > 0
      ? `${issuers === 1 ? 'One identity provider' : `${issuers} identity providers`} beside passwords.`
      : 'Only passwords. Connect an identity provider, so that people sign in as everywhere else.',
  command: issuers > 0 ? undefined : 'cadastre admin identity-providers create --help',
})
