/** What changed in one folder for whoever calls it: the most severe first, each with its reason and where it stands. */
import { Badge } from '../ui/Badge.tsx'
import { Table } from '../ui/Table.tsx'
import styles from './ComparePage.module.css'
import type { Diff } from './ComparePage.tsx'
import { WrittenIn } from './WrittenIn.tsx'

type Folder = Diff['folders'][number]
type Change = Folder['inputs'][number]
type Severity = Change['severity']

const lists = {
  folder: 'The folder',
  inputs: 'Inputs',
  outputs: 'Outputs',
  requirements: 'Requirements',
  resources: 'Resources',
  moduleCalls: 'Module calls',
} as const

const tones = { breaking: 'bad', addition: 'good', patch: 'plain' } as const
const words = { breaking: 'breaking', addition: 'addition', patch: 'no effect' } as const
const order: Severity[] = ['breaking', 'addition', 'patch']

type Props = {
  folder: Folder
  /** pages of each version */
  from: string
  to: string
}

export function FolderChanges({ folder, from, to }: Props) {
  return (
    <section className={styles.folder} aria-label={folder.path || 'The module itself'}>
      {folder.path && (
        <h2>
          <code>{folder.path}</code>
        </h2>
      )}
      {(Object.keys(lists) as (keyof typeof lists)[])
        .filter((list) => folder[list].length > 0)
        .map((list) => (
          <Table
            key={list}
            caption={lists[list]}
            showCaption
            rows={sorted(folder[list])}
            keyOf={({ rule, name, what }) => `${rule} ${name} ${what}`}
            columns={[
              { head: 'Name', isName: true, share: '1.4fr', cell: ({ name }) => <code>{name}</code> },
              { head: 'For callers', cell: ({ severity }) => <Badge tone={tones[severity]}>{words[severity]}</Badge> },
              {
                head: 'What changed',
                isWide: true,
                share: '3fr',
                cell: ({ what, reason }) => (
                  <>
                    <span className={styles.what}>{what}</span>
                    <span className={styles.reason}>{reason}</span>
                  </>
                ),
              },
              { head: 'Before', share: '1.3fr', cell: ({ before }) => <Written text={before} isBefore /> },
              { head: 'After', share: '1.3fr', cell: ({ after }) => <Written text={after} /> },
              {
                head: 'Written in',
                share: '1.2fr',
                cell: (change) =>
                  change.to ? (
                    <WrittenIn part={change.to} base={to} />
                  ) : (
                    change.from && <WrittenIn part={change.from} base={from} />
                  ),
              },
            ]}
          />
        ))}
    </section>
  )
}

const sorted = (changes: readonly Change[]) =>
  [...changes].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))

const Written = ({ text, isBefore = false }: { text: string | null; isBefore?: boolean }) =>
  text === null ? null : <code className={isBefore ? `${styles.text} ${styles.before}` : styles.text}>{text}</code>
