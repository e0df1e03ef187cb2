/** One input in the form: what it is for, what it takes, and its field. */
import { memo, useMemo } from 'react'
import { Badge } from '../ui/Badge.tsx'
import styles from './Builder.module.css'
import { choicesOf } from './choices.ts'
import { ChoiceField, EntryField, SecretField } from './EntryField.tsx'
import { type Entry, type Input, idOf } from './entry.ts'
import { type EntryProps, FieldsContext, notGiven } from './fields.ts'
import { ownVariable } from './judge.ts'

type Props = {
  input: Input
  entry: Entry | undefined
  /** path → words; undefined: nothing is wrong */
  wrong: ReadonlyMap<string, string> | undefined
  onFill: (name: string, entry: Entry | undefined) => void
  onLeave: (path: string) => void
}

/** A module may have hundreds: a key that is pressed in one is not to be felt by the others. */
export const InputField = memo(function InputField({ input, entry, wrong, onFill, onLeave }: Props) {
  const fields = useMemo(() => ({ problemAt: (path: string) => wrong?.get(path), leave: onLeave }), [wrong, onLeave])
  const { name, typeTree, required, nullable, sensitive, defaultText } = input
  const wordsId = `${idOf(name)}-words`
  const choices = choicesOf(input)
  const props: EntryProps = {
    path: name,
    label: name,
    tree: typeTree,
    depth: 0,
    entry,
    onChange: (next) => onFill(name, next),
    nothing: required ? notGiven : 'default',
    takesNull: nullable && !sensitive,
    describedBy: wordsId,
    placeholder: defaultText !== null && isShort(defaultText) ? defaultText : undefined,
  }
  return (
    <FieldsContext value={fields}>
      <div className={styles.input}>
        <div id={wordsId} className={styles.words}>
          <Words input={input} hasChoices={choices !== undefined} />
        </div>
        {sensitive ? (
          <SecretField {...props} own={ownVariable(input)} />
        ) : choices ? (
          <ChoiceField {...props} choices={choices} />
        ) : (
          <EntryField {...props} />
        )}
      </div>
    </FieldsContext>
  )
})

const longestShown = 60
const isShort = (text: string) => text.length <= longestShown && !text.includes('\n')

function Words({ input, hasChoices }: { input: Input; hasChoices: boolean }) {
  const { type, required, defaultText, description, sensitive, deprecated, validations } = input
  return (
    <>
      <span className={styles.facts}>
        {required ? (
          <span className={styles.required}>
            <span aria-hidden="true">● </span>required
          </span>
        ) : (
          defaultText !== null && <Long label="default: " text={defaultText} />
        )}
        {type !== null && <Long label="type: " text={type} />}
        {deprecated !== null && <Badge tone="attention">{`deprecated: ${deprecated}`}</Badge>}
        {sensitive && <Badge tone="info">sensitive</Badge>}
      </span>
      {description && <p>{description}</p>}
      {sensitive && (
        <p>A secret that is typed here would end up in the configuration, so the block names where it comes from.</p>
      )}
      {!hasChoices &&
        validations.map(({ condition, message }) => (
          <p key={condition} className={styles.rule}>
            {message || <code>{condition}</code>}
          </p>
        ))}
    </>
  )
}

function Long({ label, text }: { label: string; text: string }) {
  const line = text.replace(/\s+/g, ' ')
  return (
    <span>
      {label}
      <code>{line.length <= longestShown ? line : `${line.slice(0, longestShown)} …`}</code>
    </span>
  )
}
