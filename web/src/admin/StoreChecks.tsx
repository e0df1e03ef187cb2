/** Whether each store writes, reads and links: tried when somebody asks, since it costs a few requests to the store. */
import type { paths } from '@cadastre/contract/openapi.gen'
import { useState } from 'react'
import { api, changed } from '../api.ts'
import { Badge } from '../ui/Badge.tsx'
import { Form } from '../ui/Form.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'

type Checks = paths['/api/v1/storage/check']['post']['responses'][200]['content']['application/json']['items']

export function StoreChecks() {
  const [checks, setChecks] = useState<Checks>()
  async function check() {
    const { items } = await changed(api.POST('/api/v1/storage/check'))
    setChecks(items)
    announce(items.every(({ ok }) => ok) ? 'Every store is well' : 'A store is not well')
  }
  return (
    <section>
      <h2>Stores</h2>
      {checks && (
        <Table
          caption="Stores"
          rows={checks}
          keyOf={({ backend }) => backend}
          columns={[
            {
              head: 'Store',
              isName: true,
              cell: ({ backend, isDefault }) => (
                <>
                  {backend} {isDefault && <Badge>new archives go here</Badge>}
                </>
              ),
            },
            {
              head: 'Just now',
              cell: ({ ok, steps }) =>
                ok ? (
                  <Badge tone="good">writes, reads and links</Badge>
                ) : (
                  <>
                    <Badge tone="bad">failed</Badge> {steps.find((step) => !step.ok)?.detail}
                  </>
                ),
            },
            { head: 'Archives', isNumber: true, cell: ({ objects }) => objects },
            { head: 'Size', isNumber: true, cell: ({ sizeBytes }) => sizeInWords(sizeBytes) },
          ]}
        />
      )}
      <Form action="Check the stores" onSubmit={check} />
    </section>
  )
}
