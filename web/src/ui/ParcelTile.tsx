/** A namespace as two letters on a hatched parcel; which hatch, its name decides. */
import styles from './ParcelTile.module.css'

const hatches = 12

export const ParcelTile = ({ name, size = 24 }: { name: string; size?: number }) => {
  const hatch = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 9973, 7) % hatches
  return (
    <svg className={styles.tile} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <rect width="24" height="24" className={styles.ground} />
      <path d={lines(hatch)} className={styles.hatch} />
      <rect x="0.5" y="0.5" width="23" height="23" className={styles.border} />
      <text x="12" y="16" className={styles.letters}>
        {name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 2)}
      </text>
    </svg>
  )
}

/** Six directions, each near and wide. */
function lines(hatch: number): string {
  const step = hatch % 2 === 0 ? 4 : 7
  const path: string[] = []
  for (let at = -24; at <= 48; at += step) {
    const direction = Math.floor(hatch / 2)
    if (direction === 0) path.push(`M${at} 0v24`)
    if (direction === 1) path.push(`M0 ${at}h24`)
    if (direction === 2) path.push(`M${at} 0l24 24`)
    if (direction === 3) path.push(`M${at} 24l24-24`)
    if (direction === 4) path.push(`M${at} 0v24M0 ${at}h24`)
    if (direction === 5) path.push(`M${at} 0l12 24`)
  }
  return path.join('')
}
