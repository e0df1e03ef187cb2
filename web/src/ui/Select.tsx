/** One of a few, in a row of a table: native, and named for who does not see the row. */
import styles from './Select.module.css'

type Props<Value extends string> = {
  label: string
  options: Record<Value, string>
  value: Value
  onChange: (value: Value) => void
}

export const Select = <Value extends string>({ label, options, value, onChange }: Props<Value>) => (
  <select
    className={styles.select}
    aria-label={label}
    value={value}
    onChange={({ target }) => onChange(target.value as Value)}
  >
    {(Object.entries(options) as [Value, string][]).map(([option, words]) => (
      <option key={option} value={option}>
        {words}
      </option>
    ))}
  </select>
)
