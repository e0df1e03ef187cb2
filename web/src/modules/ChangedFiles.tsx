/** Files that came, went or changed, each leading to what it is now, or was. */
import { Badge } from '../ui/Badge.tsx'
import { Link } from '../ui/Link.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Table } from '../ui/Table.tsx'
import type { Diff } from './ComparePage.tsx'
import { encodePath } from './Diagnostics.tsx'

const tones = { added: 'good', removed: 'bad', changed: 'plain' } as const

type Props = {
  diff: Diff
  base: string
  /** of the comparison, which shows the lines of one file as well */
  page: string
}

export function ChangedFiles({ diff: { files, from, to }, base, page }: Props) {
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
          share: '4fr',
          cell: ({ path, kind }) => (
            <Link to={`${base}/${(kind === 'removed' ? from : to).version}/files/${encodePath(path)}`}>
              <code>{path}</code>
            </Link>
          ),
        },
        { head: 'What', cell: ({ kind }) => <Badge tone={tones[kind]}>{kind}</Badge> },
        {
          head: 'Lines',
          cell: ({ path, isText }) =>
            isText && (
              <Link to={`${page}?file=${encodeURIComponent(path)}#file`} aria-label={`Lines of ${path} that differ`}>
                what differs
              </Link>
            ),
        },
        { head: 'Before', isNumber: true, cell: ({ sizeBefore }) => sizeOf(sizeBefore) },
        { head: 'After', isNumber: true, cell: ({ sizeAfter }) => sizeOf(sizeAfter) },
      ]}
    />
  )
}

const sizeOf = (bytes: number | null) => (bytes === null ? '' : sizeInWords(bytes))
