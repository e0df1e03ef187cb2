/** The OpenPGP keys that sign the providers of a namespace. */
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import styles from './NamespacePage.module.css'

export const SigningKeys = ({ namespace }: { namespace: string }) => (
  <section className={styles.part} id="keys">
    <h2>Signing keys</h2>
    <Answered
      to={question('/api/v1/namespaces/{namespace}/signing-keys', { path: { namespace } })}
      what="signing keys"
      rows={2}
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="No signing keys yet" command={`cadastre key add ${namespace} key.asc`}>
            A provider goes live only when one of these keys signed it.
          </EmptyState>
        ) : (
          <Table
            caption="Signing keys"
            rows={items}
            keyOf={({ fingerprint }) => fingerprint}
            columns={[
              { head: 'Fingerprint', isName: true, cell: ({ fingerprint }) => <code>{fingerprint}</code> },
              { head: 'Algorithm', cell: ({ algorithm }) => algorithm },
              {
                head: 'Expires',
                cell: ({ expiresAt }) => (expiresAt === null ? 'never' : <Time at={expiresAt} both />),
              },
            ]}
          />
        )
      }
    </Answered>
  </section>
)
