/** A token in every form that programs read it from. */
import { CommandStrip } from '../ui/CommandStrip.tsx'
import styles from './AccountPage.module.css'
import { tokenForms } from './token-forms.ts'

export const TokenForms = ({ token, registry }: { token: string; registry: { host: string; baseUrl: string } }) => (
  <div className={styles.lines}>
    <CommandStrip text={token} what="the token" />
    {tokenForms(token, registry).map(({ label, text }) => (
      <section key={label}>
        <h2>{label}</h2>
        <CommandStrip text={text} what={`the lines for ${label}`} />
      </section>
    ))}
  </div>
)
