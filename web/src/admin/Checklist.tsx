/** What an installation needs, each with what is so and what comes next. */
import { Badge } from '../ui/Badge.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import styles from './Checklist.module.css'

export type Check = { title: string; isDone: boolean; words: string; command?: string }

export const Checklist = ({ checks }: { checks: Check[] }) => (
  <ul className={styles.list}>
    {checks.map(({ title, isDone, words, command }) => (
      <li key={title}>
        <h2>
          {title} <Badge tone={isDone ? 'good' : 'attention'}>{isDone ? 'done' : 'open'}</Badge>
        </h2>
        <p>{words}</p>
        {command && <CommandStrip text={command} />}
      </li>
    ))}
  </ul>
)
