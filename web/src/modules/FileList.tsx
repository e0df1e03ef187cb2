/** Files by their folders; a filter goes over whole paths. */
import type { versionTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { useDeferredValue, useState } from 'react'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FilterRow } from '../ui/FilterRow.tsx'
import { Link } from '../ui/Link.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'
import { encodePath } from './Diagnostics.tsx'

type File = Answer<`${typeof versionTemplate}/files`>['items'][number]

/** More rows than this help nobody; the filter does. */
const maxShown = 1_000

export function FileList({ items, base }: { items: File[]; base: string }) {
  const [wanted, setWanted] = useState('')
  const filter = useDeferredValue(wanted.trim().toLowerCase())
  const found = items.filter(({ path }) => path.toLowerCase().includes(filter))
  return (
    <>
      <FilterRow
        id="part-filter"
        label="Filter files"
        value={wanted}
        onChange={setWanted}
        shown={found.length}
        total={items.length}
      />
      {found.length === 0 ? (
        <EmptyState title="Filtered out">No path has that in it.</EmptyState>
      ) : (
        <Table
          caption="Files"
          rows={found.slice(0, maxShown)}
          keyOf={({ path }) => path}
          columns={[
            {
              head: 'Path',
              isName: true,
              share: '5fr',
              cell: ({ path }) => (
                <Link to={`${base}/files/${encodePath(path)}`}>
                  <code>{path}</code>
                </Link>
              ),
            },
            { head: 'Size', isNumber: true, cell: ({ sizeBytes }) => sizeInWords(sizeBytes) },
          ]}
        />
      )}
      {found.length > maxShown && <p>{`The first ${maxShown} of ${found.length}: filter for the others.`}</p>}
    </>
  )
}
