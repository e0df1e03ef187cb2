/** What stands around every page of the documentation: its tree at the left, the contents of the page at the right. */
import type { DocsEntry } from '@cadastre/contract/docs'
import { question } from '@cadastre/contract/question'
import type { ReactNode } from 'react'
import { useAt } from '../at.ts'
import { Answered } from '../ui/Answered.tsx'
import { Link } from '../ui/Link.tsx'
import sheet from '../ui/Sheet.module.css'
import styles from './Docs.module.css'
import { kinds } from './kinds.ts'

type Props = { rail?: ReactNode; children: ReactNode }

export function DocsFrame({ rail, children }: Props) {
  return (
    <div className={rail ? sheet.sheet : sheet.wide}>
      <div className={`${sheet.sections} ${styles.side}`}>
        <Answered to={question('/api/v1/docs')} what="list of pages" rows={12}>
          {({ items }) => <Tree of={items} />}
        </Answered>
      </div>
      <div className={sheet.content}>{children}</div>
      {rail && <div className={sheet.rail}>{rail}</div>}
    </div>
  )
}

/** On narrow screens it opens. */
function Tree({ of: pages }: { of: DocsEntry[] }) {
  const { pathname } = useAt()
  const list = (
    <>
      <p className={styles.treeStart}>
        <Link to="/docs" aria-current={pathname === '/docs' ? 'page' : undefined}>
          All pages
        </Link>
      </p>
      {kinds.map(({ kind, label }) => (
        <div key={kind} className={styles.branch}>
          <p className={styles.kind} id={`tree-${kind}`}>
            {label}
          </p>
          <ul aria-labelledby={`tree-${kind}`}>
            {pages
              .filter((page) => page.kind === kind)
              .map(({ address, title }) => (
                <li key={address}>
                  <Link to={address} aria-current={pathname === address ? 'page' : undefined}>
                    {title}
                  </Link>
                </li>
              ))}
            {kind === 'reference' && (
              <li>
                <Link to="/api">HTTP API</Link>
              </li>
            )}
          </ul>
        </div>
      ))}
    </>
  )
  return (
    <details className={styles.tree} open={matchMedia('(min-width: 62rem)').matches}>
      <summary>Pages</summary>
      <nav aria-label="Documentation">{list}</nav>
    </details>
  )
}
