/** Outputs as a table of parts. */
import type { Answer } from '@cadastre/contract/question'
import { useDeferredValue, useState } from 'react'
import { Badge } from '../ui/Badge.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { encodePath } from './Diagnostics.tsx'
import styles from './Parts.module.css'
import type { versionTemplate } from './shown.ts'

type Output = Answer<`${typeof versionTemplate}/outputs`>['items'][number]

export function OutputsTable({ items, base, isPage = false }: { items: Output[]; base: string; isPage?: boolean }) {
  const [wanted, setWanted] = useState('')
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
              cell: ({ name, file, line }) => (
                <span className={styles.name}>
                  <Link to={`${base}/outputs#output-${name}`} className={styles.anchor}>
                    <code>{name}</code>
                  </Link>
                  <Link
                    to={`${base}/files/${encodePath(file)}#L${line}`}
                    className={styles.source}
                    aria-label={`${name} in ${file}, line ${line}`}
                  >
                    {`${file}:${line}`}
                  </Link>
                </span>
              ),
            },
            { head: 'Value', cell: ({ value }) => <code>{value}</code> },
            {
              head: 'Description',
              isWide: true,
              cell: ({ description, sensitive, ephemeral, deprecated }) => (
                <>
                  {description && <span>{description} </span>}
                  <span className={styles.marks}>
                    {sensitive && <Badge tone="info">sensitive</Badge>}
                    {ephemeral && <Badge tone="info">ephemeral</Badge>}
                    {deprecated !== null && <Badge tone="attention">{`deprecated: ${deprecated}`}</Badge>}
                  </span>
                </>
              ),
            },
          ]}
        />
      )}
    </>
  )
}
