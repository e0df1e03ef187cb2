/** As tall as what will stand there; never alone on a page, never dancing. */
import styles from './Skeleton.module.css'

export const Skeleton = ({ rows = 8 }: { rows?: number }) => (
  <div className={styles.skeleton} aria-hidden="true">
    {Array.from({ length: rows }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rows without names
      <div key={index} className={styles.row} />
    ))}
  </div>
)
