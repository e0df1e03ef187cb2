/** Light, dark, or as the system is. Kept in this browser; set before paint by the script of the page. */
import { useState } from 'react'
import styles from './ThemeSwitch.module.css'

const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

const kept = 'cadastre.theme'

const current = (): Theme => themes.find((theme) => theme === localStorage.getItem(kept)) ?? 'system'

export function ThemeSwitch() {
  const [theme, setTheme] = useState(current)
  function choose(chosen: Theme) {
    setTheme(chosen)
    if (chosen === 'system') localStorage.removeItem(kept)
    else localStorage.setItem(kept, chosen)
    if (chosen === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
  }
  return (
    <fieldset className={styles.switch}>
      <legend>Theme</legend>
      {themes.map((each) => (
        <label key={each}>
          <input type="radio" name="theme" checked={theme === each} onChange={() => choose(each)} />
          {each}
        </label>
      ))}
    </fieldset>
  )
}
