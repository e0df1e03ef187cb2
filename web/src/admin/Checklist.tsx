/** What an installation needs, each with what was found and what comes next. */
import type { components } from '@cadastre/contract/openapi.gen'
import { Badge } from '../ui/Badge.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { Link } from '../ui/Link.tsx'
import styles from './Checklist.module.css'

type Check = components['schemas']['Check']

const tones = { done: 'good', open: 'attention', failed: 'bad' } as const

export const Checklist = ({ checks }: { checks: readonly Check[] }) => (
  <ul className={styles.list}>
    {checks.map(({ name, title, state, words, next }) => (
      <li key={name}>
        <h3>
          {title} <Badge tone={tones[state]}>{state}</Badge>
        </h3>
        <div className={styles.found}>
          <p>{words}</p>
          {name === 'namespaces' && state !== 'done' && <Link to="/namespaces/new">Claim a namespace</Link>}
          {next && <CommandStrip text={next} what={`the command for ${title.toLowerCase()}`} />}
        </div>
      </li>
    ))}
  </ul>
)
