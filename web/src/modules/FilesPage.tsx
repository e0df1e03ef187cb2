/** The files of a module's archive. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { useAt } from '../at.ts'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FileList } from './FileList.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'

export function FilesPage() {
  const below = useAt().search.get('below')
  return (
    <ModuleSheet>
      {({ path, base }) => (
        <>
          {below && (
            <Breadcrumb
              label="Path of the folder"
              crumbs={[{ label: 'Files', to: `${base}/files` }, { label: below }]}
            />
          )}
          <Answered to={question(`${versionTemplate}/files`, { path })} what="files">
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title="No files are known">They appear here once the version was read.</EmptyState>
              ) : (
                <FileList
                  items={below ? items.filter((file) => file.path.startsWith(`${below}/`)) : items}
                  base={base}
                />
              )
            }
          </Answered>
        </>
      )}
    </ModuleSheet>
  )
}
