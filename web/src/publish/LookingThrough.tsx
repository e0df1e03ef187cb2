/** How far a folder was looked through, and the way to give up. */
import { Button } from '../ui/Button.tsx'
import { asCount } from '../ui/in-words.ts'
import { announce } from '../ui/LiveRegion.tsx'
import styles from './Publish.module.css'
import type { Looking } from './sorted-aside.ts'

export const LookingThrough = ({ at: { done, total }, giveUp }: { at: Looking; giveUp: () => void }) => (
  <div className={styles.looking}>
    <p id="looking">{`Looking through ${asCount(total)} files for what .terraformignore leaves out.`}</p>
    <progress aria-labelledby="looking" max={total} value={done} className={styles.progress} />
    <Button
      onClick={(event) => {
        // The button goes, and whoever stood on it stands before the choice again.
        event.currentTarget.closest('li')?.querySelector('input')?.focus()
        giveUp()
        announce('Cancelled. Nothing is chosen.')
      }}
    >
      Cancel
    </Button>
  </div>
)
