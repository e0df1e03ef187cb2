/** The submodules or the examples of a module, with what each is for. */
import { useAt } from '../at.ts'
import { Badge } from '../ui/Badge.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Table } from '../ui/Table.tsx'
import { encodePath } from './Diagnostics.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'

export function FoldersPage() {
  const isExamples = useAt().name === 'moduleExamples'
  const [kind, at, above] = isExamples
    ? (['example', 'examples', 'examples/'] as const)
    : (['submodule', 'submodules', 'modules/'] as const)
  return (
    <ModuleSheet>
      {({ details, base }) => {
        const folders = details.folders.filter((folder) => folder.kind === kind)
        if (folders.length === 0)
          return (
            <EmptyState title={isExamples ? 'No examples' : 'No submodules'}>
              Folders below <code>{above}</code> are shown here.
            </EmptyState>
          )
        return (
          <Table
            caption={isExamples ? 'Examples' : 'Submodules'}
            rows={folders}
            keyOf={({ path }) => path}
            columns={[
              {
                head: 'Folder',
                isName: true,
                cell: ({ path }) => (
                  <Link to={`${base}/${at}/${encodePath(path.replace(above, ''))}`}>
                    <code>{path.replace(above, '')}</code>
                  </Link>
                ),
              },
              {
                head: 'Description',
                isWide: true,
                cell: ({ description, errors }) => (
                  <>
                    {description} {errors > 0 && <Badge tone="attention">parts not read</Badge>}
                  </>
                ),
              },
              { head: 'Inputs', isNumber: true, cell: ({ inputs }) => inputs },
              { head: 'Outputs', isNumber: true, cell: ({ outputs }) => outputs },
              { head: 'Resources', isNumber: true, cell: ({ resources }) => resources },
            ]}
          />
        )
      }}
    </ModuleSheet>
  )
}
