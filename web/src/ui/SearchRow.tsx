/** The filter of a list that the registry narrows: it is asked for when Enter says so, or the field is emptied. */
import styles from './FilterRow.module.css'

type Props = { label: string; value: string; onSearch: (value: string) => void; maxLength?: number }

export const SearchRow = ({ label, value, onSearch, maxLength }: Props) => (
  // biome-ignore lint/a11y/useSemanticElements: a form with the role of a search is what all readers know
  <form
    role="search"
    aria-label={label}
    className={styles.search}
    onSubmit={(event) => {
      event.preventDefault()
      onSearch(String(new FormData(event.currentTarget).get('q')).trim())
    }}
  >
    <input
      type="search"
      name="q"
      className={styles.field}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      maxLength={maxLength}
      autoComplete="off"
      spellCheck={false}
    />
  </form>
)
