/** The course of a few numbers, as small as a word; whoever does not see it is told it in words. */
import styles from './Sparkline.module.css'

const [step, height] = [4, 20]

type Props = { numbers: readonly number[]; words: string }

/** Each is drawn to its own scale: how it went, not how much it was. */
export function Sparkline({ numbers, words }: Props) {
  const most = Math.max(...numbers, 1)
  const width = Math.max(numbers.length - 1, 1) * step
  const points = numbers.map((number, index) => `${index * step},${heightOf(number / most)}`)
  return (
    <span className={styles.sparkline} title={words}>
      <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none">
        <path className={styles.ground} d={`M0 ${height - 0.5}H${width}`} />
        <polyline className={styles.course} points={points.join(' ')} />
      </svg>
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

const heightOf = (share: number) => Math.round((height - 1.5 - share * (height - 3)) * 10) / 10
