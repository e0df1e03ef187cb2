/** The OpenPGP keys that sign the providers of a namespace. */
import { question } from '@cadastre/contract/question'
import { cadastre } from '../shell/ClientSignIn.tsx'
import { mayIn } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import { AddKey } from './AddKey.tsx'
import styles from './NamespacePage.module.css'

type Props = { namespace: { name: string; organization: string } }

export const SigningKeys = ({ namespace }: Props) => (
  <section className={styles.part} id="keys">
    <h2>Signing keys</h2>
    <Answered
      to={question('/api/v1/namespaces/{namespace}/signing-keys', { path: { namespace: namespace.name } })}
      what="signing keys"
      rows={2}
    >
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title="No signing keys yet" command={commandFor(namespace)}>
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
    {mayIn(namespace, 'providers:write') && <AddKey namespace={namespace.name} />}
  </section>
)

const commandFor = (namespace: Props['namespace']) =>
  mayIn(namespace, 'providers:write') ? `${cadastre} key add ${namespace.name} key.asc` : undefined
