/** Files that came, went or changed, each leading to what it is now, or was. */
import { Badge } from '../ui/Badge.tsx'
import { Link } from '../ui/Link.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'
import type { Diff } from './ComparePage.tsx'
import { encodePath } from './Diagnostics.tsx'

const tones = { added: 'good', removed: 'bad', changed: 'plain' } as const

export function ChangedFiles({ diff: { files, from, to }, base }: { diff: Diff; base: string }) {
  if (files.length === 0) return <p>No file differs.</p>
  return (
    <Table
      caption="Files"
      showCaption
      rows={files}
      keyOf={({ path }) => path}
      columns={[
        {
          head: 'Path',
          isName: true,
          cell: ({ path, kind }) => (
            <Link to={`${base}/${(kind === 'removed' ? from : to).version}/files/${encodePath(path)}`}>
              <code>{path}</code>
            </Link>
          ),
        },
        { head: 'What', cell: ({ kind }) => <Badge tone={tones[kind]}>{kind}</Badge> },
        { head: 'Before', isNumber: true, cell: ({ sizeBefore }) => sizeOf(sizeBefore) },
        { head: 'After', isNumber: true, cell: ({ sizeAfter }) => sizeOf(sizeAfter) },
      ]}
    />
  )
}

const sizeOf = (bytes: number | null) => (bytes === null ? '' : sizeInWords(bytes))
