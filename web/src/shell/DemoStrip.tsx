/** Above every page of a registry that forgets everything: that it does, and how one is set up that stays. */
import { pageData } from '../page-data.ts'
import { Link } from '../ui/Link.tsx'
import styles from './DemoStrip.module.css'

export const DemoStrip = () =>
  pageData.isPassing && (
    <aside className={styles.strip} aria-label="Demo">
      Demo &mdash; data vanishes when it stops. <Link to="/docs/database">Make it permanent &rarr;</Link>
    </aside>
  )
