/** What can be pasted: a command without its prompt, or a block of code that the server coloured. */
import styles from './CommandStrip.module.css'
import { CopyButton } from './CopyButton.tsx'

type Props = {
  text: string
  /** the same, as safe HTML of the registry */
  html?: string
  what?: string
  /** the key that copies it */
  hint?: string
  id?: string
}

export function CommandStrip({ text, html, what = 'the command', hint, id }: Props) {
  return (
    <div className={styles.strip} id={id}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={styles.text} tabIndex={0} aria-label={what}>
        <pre>
          {html === undefined ? (
            <code>{text}</code>
          ) : (
            // biome-ignore lint/security/noDangerouslySetInnerHtml: written and escaped by the registry
            <code dangerouslySetInnerHTML={{ __html: html }} />
          )}
        </pre>
      </section>
      <div className={styles.side}>
        {hint && <kbd className={styles.hint}>{hint}</kbd>}
        <CopyButton text={text} what={what} />
      </div>
    </div>
  )
}
