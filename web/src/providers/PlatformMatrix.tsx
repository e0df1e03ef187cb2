/** Systems and processors: which of them have a zip. */
import styles from './PlatformMatrix.module.css'

export function PlatformMatrix({ platforms }: { platforms: readonly string[] }) {
  const pairs = platforms.map((platform) => platform.split('_') as [string, string])
  const systems = [...new Set(pairs.map(([os]) => os))].sort()
  const processors = [...new Set(pairs.map(([, arch]) => arch))].sort()
  const has = new Set(platforms)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Platforms, table">
      <table className={styles.matrix}>
        <caption className="visually-hidden">Platforms by system and processor</caption>
        <thead>
          <tr>
            <td />
            {processors.map((arch) => (
              <th key={arch} scope="col">
                <code>{arch}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {systems.map((os) => (
            <tr key={os}>
              <th scope="row">
                <code>{os}</code>
              </th>
              {processors.map((arch) => (
                <td key={arch}>{has.has(`${os}_${arch}`) ? 'yes' : <span className={styles.none}>none</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
