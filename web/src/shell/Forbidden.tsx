/** The face of an area that is not the reader's: what it takes, and who gives it. */
import { EmptyState } from '../ui/EmptyState.tsx'
import frame from '../ui/SheetFrame.module.css'
import styles from './NotFound.module.css'

type Props = { scopes: readonly string[]; organization?: string }

export const Forbidden = ({ scopes, organization }: Props) => (
  <div className={`${frame.frame} ${styles.sheet}`}>
    <h1 tabIndex={-1}>Not allowed</h1>
    <EmptyState
      title={`This area is for those who hold ${scopes.join(' or ')}${organization ? ` in ${organization}` : ''}, and you do not.`}
    >
      {`An administrator of ${organization ?? 'your organization'}, or of this registry, can give you a role with it.`}
    </EmptyState>
  </div>
)
