/** One file, each line with an address of its own. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { placeOfFolder, placeOfSection } from '@cadastre/contract/module-places'
import { question } from '@cadastre/contract/question'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAnswer } from '../api.ts'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Diagnostics, encodePath } from './Diagnostics.tsx'
import styles from './FilePage.module.css'
import { ModuleSheet } from './ModuleSheet.tsx'
import type { Details, Shown } from './shown.ts'

export function FilePage() {
  const file = useAt().params.path ?? ''
  return <ModuleSheet>{(shown) => <File shown={shown} file={file} />}</ModuleSheet>
}

type FileProps = { shown: Shown; file: string }

function File({ shown, file }: FileProps) {
  const elsewhere = usePlaceElsewhere(shown, file)
  const { path, base, details } = shown
  if (elsewhere !== undefined) return <Moved to={elsewhere} />
  const problems = details.diagnostics.filter((diagnostic) => diagnostic.file === file)
  const raw = `${pageData.basePath}/api/v1/modules/${path.namespace}/${path.name}/${path.system}/${path.version}/files/raw/${encodePath(file)}`
  return (
    <>
      <Breadcrumb label="Path of the file" crumbs={[{ label: 'Files', to: `${base}/files` }, { label: file }]} />
      <Diagnostics of={problems} base={base} />
      <Answered to={question(`${versionTemplate}/files/view`, { path, query: { path: file } })} what="file">
        {({ lines, sizeBytes }) => (
          <>
            <p className={styles.about}>
              {sizeInWords(sizeBytes)} <a href={raw}>Raw</a>
            </p>
            {lines ? <Lines of={lines} problems={problems} /> : <NotText raw={raw} file={file} />}
          </>
        )}
      </Answered>
    </>
  )
}

/** READMEs link to folders as they do to files, and to sections of other READMEs. */
function usePlaceElsewhere({ details, path, base }: Shown, file: string): string | undefined {
  const hash = useRouterState({ select: ({ location }) => location.hash })
  const { data } = useAnswer(question(`${versionTemplate}/files`, { path }))
  const place =
    placeOfSection(file, hash, details.folders) ?? (data && placeOfFolder(file, details.folders, data.items))
  return place === undefined ? undefined : base + place
}

/** As the server leads there who opens the address. */
function Moved({ to }: { to: string }) {
  const router = useRouter()
  useEffect(() => router.history.replace(pageData.basePath + to), [router, to])
  return null
}

type LinesProps = { of: string[]; problems: Details['diagnostics'] }

function Lines({ of: lines, problems }: LinesProps) {
  const hash = useRouterState({ select: ({ location }) => location.hash })
  useEffect(() => {
    if (hash) document.getElementById(hash)?.scrollIntoView({ block: 'center' })
  }, [hash])
  const wrongAt = (line: number) => problems.filter((problem) => problem.line === line)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={styles.file} tabIndex={0} aria-label="Content">
      <ol className={styles.lines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one file keep their places
          <li key={index} id={`L${index + 1}`} className={hash === `L${index + 1}` ? styles.marked : undefined}>
            <a href={`#L${index + 1}`} className={styles.number} aria-label={`Line ${index + 1}`}>
              {index + 1}
            </a>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: coloured and escaped by the registry */}
            <code dangerouslySetInnerHTML={{ __html: line || '\n' }} />
            {wrongAt(index + 1).map(({ message, column }) => (
              <span key={`${column} ${message}`} className={styles.problem}>
                {message}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </section>
  )
}

const NotText = ({ raw, file }: { raw: string; file: string }) =>
  /\.(png|jpe?g|gif|webp|svg)$/i.test(file) ? (
    <img src={raw} alt={file} />
  ) : (
    <EmptyState title="This file cannot be shown as text">
      It is not text, or too large to be shown. <a href={raw}>Save it</a> instead.
    </EmptyState>
  )
