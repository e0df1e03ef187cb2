/** The files of a module's archive. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FileList } from './FileList.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'

export const FilesPage = () => (
  <ModuleSheet>
    {({ path, base }) => (
      <Answered to={question(`${versionTemplate}/files`, { path })} what="files">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No files are known">They appear here once the version was read.</EmptyState>
          ) : (
            <FileList items={items} base={base} />
          )
        }
      </Answered>
    )}
  </ModuleSheet>
)
