/** For administrators: how much of setting up is left. It is found out by trying, so that nothing waits for it. */
import { question } from '@cadastre/contract/question'
import { useQuery } from '@tanstack/react-query'
import { asked } from '../api.ts'
import { usePainted } from '../shell/painted.ts'
import { Link } from '../ui/Link.tsx'
import styles from './HomePage.module.css'

/** What is shown of it is one line; whoever wants to know why it failed finds that where it leads. */
export function SetupLeft() {
  const { data } = useQuery({ ...asked(question('/api/v1/checklist')), enabled: usePainted() })
  const left = data?.items.filter(({ state }) => state !== 'done') ?? []
  // Its line is there before it is known what stands in it: nothing moves when it comes.
  return (
    <p className={styles.setup}>
      {data && left.length > 0 && (
        <Link to="/admin">
          {`${left.length} of ${data.items.length} steps of setting up ${left.length === 1 ? 'is' : 'are'} left`}
        </Link>
      )}
    </p>
  )
}
