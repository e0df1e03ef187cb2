/** One page of the documentation, one decision, or what the error catalogue says of one code. */
import type { DocsText } from '@cadastre/contract/docs'
import type { Page } from '@cadastre/contract/page'
import { type PageName, pages } from '@cadastre/contract/pages'
import type { Question } from '@cadastre/contract/question'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { Link } from '../ui/Link.tsx'
import { Prose } from '../ui/Prose.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import styles from './Docs.module.css'
import { DocsFrame } from './DocsFrame.tsx'
import { labelOf } from './kinds.ts'

type Asked = Question<'/api/v1/docs/{page}'>

export function DocsTextPage() {
  const at = useAt()
  const page: Page = pages[at.name as PageName]
  return (
    <Answered to={page.first!(at) as Asked} what="page" missing={<NotFound />}>
      {(text) => <Text of={text} isCode={at.name === 'docsError'} />}
    </Answered>
  )
}

function Text({ of: { title, kind, html, headings, markdown }, isCode }: { of: DocsText; isCode: boolean }) {
  const { params } = useAt()
  const hash = useRouterState({ select: ({ location }) => location.hash })
  // A page that took long to come was not there when the address was followed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other places
  useEffect(() => {
    if (hash) document.getElementById(hash)?.scrollIntoView()
  }, [hash, html])
  return (
    <>
      <TitleBlock
        address={title}
        isCode={isCode}
        above={
          <Breadcrumb
            crumbs={[
              { label: 'Documentation', to: '/docs' },
              ...(isCode
                ? [{ label: 'Error catalogue', to: `/docs/errors#${params.code}` }]
                : [{ label: labelOf(kind) }]),
            ]}
          />
        }
      />
      <DocsFrame rail={<Contents of={headings} markdown={markdown} />}>
        <Prose html={html} />
        {isCode && (
          <p>
            <Link to={`/docs/errors#${params.code}`}>All codes</Link>
          </p>
        )}
      </DocsFrame>
    </>
  )
}

/** A page with very many parts lists the great ones alone. */
const manyHeadings = 60

function Contents({ of: headings, markdown }: { of: DocsText['headings']; markdown: string }) {
  const deepest = headings.filter(({ level }) => level <= 3).length > manyHeadings ? 2 : 3
  const shown = headings.filter(({ level }) => level <= deepest)
  return (
    <>
      {shown.length > 0 && (
        <nav aria-label="On this page" className={styles.contents}>
          <p className={styles.kind}>On this page</p>
          <ul>
            {shown.map(({ id, text, level }) => (
              <li key={id} className={level > 2 ? styles.deeper : undefined}>
                <a href={`#${encodeURIComponent(id)}`}>{text}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <p className={styles.twin}>
        <a href={`${pageData.basePath}${markdown}`}>This page as Markdown</a>
      </p>
    </>
  )
}
