/** What can be pasted: a command without its prompt, or a block of code in colours. Long lines wrap, so all of it is seen. */
import type { ReactNode } from 'react'
import styles from './CommandStrip.module.css'
import { CopyButton } from './CopyButton.tsx'
import { HclBlock } from './HclBlock.tsx'
import { wrapping } from './TitleBlock.tsx'

type Props = {
  text: string
  /** the same as `<pre><code>`, written and escaped by the registry */
  html?: string
  /** a block of configuration that the interface writes itself */
  isHcl?: boolean
  /** the same in colours, by whoever wrote it */
  shown?: ReactNode
  what?: string
  /** the key that copies it */
  hint?: string
}

export function CommandStrip({ text, html, isHcl = false, shown, what = 'the command', hint }: Props) {
  return (
    <div className={text.includes('\n') ? `${styles.strip} ${styles.lines}` : styles.strip}>
      {html === undefined ? (
        // biome-ignore lint/a11y/useSemanticElements: no part of a form, and no landmark, since a page has many
        <div role="group" className={styles.text} aria-label={what}>
          <pre>
            <code>{isHcl ? <HclBlock text={text} /> : (shown ?? wordByWord(text))}</code>
          </pre>
        </div>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div
          role="group"
          className={styles.text}
          aria-label={what}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: written and escaped by the registry
          dangerouslySetInnerHTML={{ __html: wrappingAtSlashes(html) }}
        />
      )}
      <div className={styles.side}>
        {hint && <kbd className={styles.hint}>{hint}</kbd>}
        <CopyButton text={text} what={what} />
      </div>
    </div>
  )
}

/** A command breaks between its words; one that is longer than the line breaks where its parts end. */
const wordByWord = (text: string) =>
  text.split(/(\s+)/).map((part, index) =>
    index % 2 === 1 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: words of one command keep their places
      <span key={index} className={styles.word}>
        {wrapping(part)}
      </span>
    ),
  )

/** Long addresses break where their parts end. Tags are left alone: what the registry writes has no `>` inside of one. */
const wrappingAtSlashes = (html: string) => html.replace(/[^<>]+(?=<)/g, (text) => text.replaceAll('/', '/<wbr>'))
