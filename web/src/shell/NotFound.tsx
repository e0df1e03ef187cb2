/** No page is here, or none that this reader may see: the two are told the same way. */
import { useAt } from '../at.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import frame from '../ui/SheetFrame.module.css'
import styles from './NotFound.module.css'

export function NotFound() {
  const { pathname } = useAt()
  const words = pathname.split('/').filter(Boolean).slice(1).join(' ')
  return (
    <div className={`${frame.frame} ${styles.sheet}`}>
      <h1 tabIndex={-1}>Nothing is here</h1>
      <EmptyState
        title={<code>{pathname}</code>}
        action={
          <ButtonLink to={`/search?q=${encodeURIComponent(words)}`} icon="search">
            {words ? `Search for ${words}` : 'Search'}
          </ButtonLink>
        }
      >
        No page has this address, or it is not yours to see. Whoever owns it can let you in.
      </EmptyState>
    </div>
  )
}
