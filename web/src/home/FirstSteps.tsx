/** The three things one comes for, each with the command that begins it. */
import { ClientSignIn, cadastre } from '../shell/ClientSignIn.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import styles from './HomePage.module.css'

const steps = [
  {
    title: 'Consume',
    words: 'Sign in on this computer, then copy the block of any module or provider.',
  },
  {
    title: 'Publish',
    words: 'From the folder of a module. It is read, checked and live in one step.',
    command: `${cadastre} publish module . --address NAMESPACE/NAME/SYSTEM --version 1.0.0`,
  },
  {
    title: 'Mirror',
    words: 'Put a whole public registry into the catalogue, and search both as one.',
    command: `${cadastre} registry import https://registry.opentofu.org`,
  },
]

export const FirstSteps = () => (
  <section>
    <h2>Begin</h2>
    <ol className={styles.steps}>
      {steps.map(({ title, words, command }) => (
        <li key={title}>
          <h3>{title}</h3>
          <p>{words}</p>
          {command ? (
            <CommandStrip text={command} what={`the command to ${title.toLowerCase()}`} />
          ) : (
            <ClientSignIn what="the command to consume" />
          )}
        </li>
      ))}
    </ol>
  </section>
)
