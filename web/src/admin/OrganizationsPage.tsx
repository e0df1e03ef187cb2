/** The organizations: what they own and who is in them. */
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { holdsAny } from '../shell/rights.ts'
import { Count } from '../ui/Count.tsx'
import { TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Link } from '../ui/Link.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Table } from '../ui/Table.tsx'
import { AdminSheet } from './AdminSheet.tsx'

export const OrganizationsPage = () => (
  <AdminSheet title="Organizations">
    <Pages to={question('/api/v1/organizations')} what="organizations">
      {(items, more) => (
        <>
          <Table
            caption="Organizations"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                head: 'Name',
                isName: true,
                cell: ({ name }) => <Link to={`/admin/organizations/${encodeURIComponent(name)}`}>{name}</Link>,
              },
              { head: 'In words', isWide: true, cell: ({ displayName }) => displayName },
              {
                head: 'Namespaces',
                isNumber: true,
                cell: ({ name, namespaces }) => (
                  <Count of={namespaces} to={`/namespaces?organization=${encodeURIComponent(name)}`} />
                ),
              },
              { head: 'Members', isNumber: true, cell: ({ members }) => members },
            ]}
          />
          {more}
        </>
      )}
    </Pages>
    {holdsAny(['admin']) && <NewOrganization />}
  </AdminSheet>
)

function NewOrganization() {
  const [added, setAdded] = useState(0)
  async function add(fields: FormData) {
    const name = String(fields.get('name'))
    await changed(api.POST('/api/v1/organizations', { body: { name, displayName: String(fields.get('words') ?? '') } }))
    announce(`Added ${name}`)
    setAdded((count) => count + 1)
    await forget('/api/v1/organizations')
  }
  return (
    <section>
      <h2>Add an organization</h2>
      <Form key={added} action="Add" onSubmit={add}>
        <TextField
          label="Name"
          name="name"
          required
          pattern="[0-9a-z]([0-9a-z\-]{0,61}[0-9a-z])?"
          hint="Lower-case letters, digits and -."
        />
        <TextField label="In words" name="words" />
      </Form>
    </section>
  )
}
