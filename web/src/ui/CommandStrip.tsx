/** What can be pasted: a command without its prompt, or a block of code that the server coloured. */
import styles from './CommandStrip.module.css'
import { CopyButton } from './CopyButton.tsx'

type Props = {
  text: string
  /** the same as `<pre><code>`, written and escaped by the registry */
  html?: string
  what?: string
  /** the key that copies it */
  hint?: string
}

export function CommandStrip({ text, html, what = 'the command', hint }: Props) {
  return (
    <div className={styles.strip}>
      {html === undefined ? (
        // biome-ignore lint/a11y/useSemanticElements: no part of a form, and no landmark, since a page has many
        <div
          role="group"
          className={styles.text}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
          aria-label={what}
        >
          <pre>
            <code>{text}</code>
          </pre>
        </div>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div
          role="group"
          className={styles.text}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
          aria-label={what}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: written and escaped by the registry
          dangerouslySetInnerHTML={{ __html: html }}
        />
      )}
      <div className={styles.side}>
        {hint && <kbd className={styles.hint}>{hint}</kbd>}
        <CopyButton text={text} what={what} />
      </div>
    </div>
  )
}
