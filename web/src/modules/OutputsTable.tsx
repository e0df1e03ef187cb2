/** Outputs as a table of parts. */
import type { versionTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { useDeferredValue } from 'react'
import { useAt } from '../at.ts'
import { Badge } from '../ui/Badge.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { useFilter } from '../use-filter.ts'
import { Description } from './Description.tsx'
import styles from './Parts.module.css'
import { WrittenIn } from './WrittenIn.tsx'

type Output = Answer<`${typeof versionTemplate}/outputs`>['items'][number]

export function OutputsTable({ items, base, isPage = false }: { items: Output[]; base: string; isPage?: boolean }) {
  const { pathname } = useAt()
  const [wanted, setWanted] = useFilter(isPage ? 'q' : 'outputs')
  const filter = useDeferredValue(wanted.trim().toLowerCase())
  const shown = items.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(filter))
  if (items.length === 0) return <EmptyState title="No outputs">This folder gives none.</EmptyState>
  return (
    <>
      <FilterRow
        id={isPage ? 'part-filter' : undefined}
        label="Filter outputs"
        value={wanted}
        onChange={setWanted}
        shown={shown.length}
        total={items.length}
      />
      {shown.length === 0 ? (
        <EmptyState title="Filtered out">No output has that in its name or description.</EmptyState>
      ) : (
        <Table
          caption="Outputs"
          rows={shown}
          keyOf={({ name }) => name}
          idOf={({ name }) => `output-${name}`}
          columns={[
            {
              head: 'Name',
              isName: true,
              share: '1.5fr',
              cell: ({ name }) => (
                <Link to={`${pathname}#output-${name}`} className={styles.anchor}>
                  <code>{name}</code>
                </Link>
              ),
            },
            { head: 'Value', share: '2fr', cell: ({ value }) => <code>{value}</code> },
            { head: 'Written in', share: '1.2fr', cell: (part) => <WrittenIn part={part} base={base} /> },
            {
              head: 'Description',
              isBelow: true,
              cell: (output) => saysMore(output) && <Words output={output} />,
            },
          ]}
        />
      )}
    </>
  )
}

/** What its row has no cell for. */
const saysMore = ({ description, sensitive, ephemeral, deprecated }: Output) =>
  Boolean(description) || sensitive || ephemeral || deprecated !== null

const Words = ({ output }: { output: Output }) => (
  <>
    <Description of={output} />
    <span className={styles.marks}>
      {output.sensitive && <Badge tone="info">sensitive</Badge>}
      {output.ephemeral && <Badge tone="info">ephemeral</Badge>}
      {output.deprecated !== null && <Badge tone="attention">{`deprecated: ${output.deprecated}`}</Badge>}
    </span>
  </>
)
