/** A field of a form: its label, what helps, and what is wrong with it, tied together. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import styles from './Field.module.css'

type Around = { label: string; hint?: ReactNode; wrong?: string }

type Given = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true; className?: string }

function Field({ label, hint, wrong, children }: Around & { children: (given: Given) => ReactNode }) {
  const id = useId()
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {children({
        id,
        className: styles.input,
        'aria-describedby': described || undefined,
        'aria-invalid': wrong ? true : undefined,
      })}
      {wrong && (
        <p id={`${id}-wrong`} className={styles.wrong}>
          {wrong}
        </p>
      )}
    </div>
  )
}

export const TextField = ({ label, hint, wrong, ...rest }: Around & InputHTMLAttributes<HTMLInputElement>) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => <input {...rest} {...given} />}
  </Field>
)

export const TextArea = ({ label, hint, wrong, ...rest }: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => <textarea {...rest} {...given} />}
  </Field>
)

export const SelectField = ({ label, hint, wrong, ...rest }: Around & SelectHTMLAttributes<HTMLSelectElement>) => (
  <Field label={label} hint={hint} wrong={wrong}>
    {(given) => <select {...rest} {...given} />}
  </Field>
)

/** One of a few that have to be told apart: a group of radio buttons, each with a sentence. */
export function RadioField<Value extends string>({
  label,
  name,
  options,
  value,
  onChange,
}: {
  label: string
  name: string
  options: Record<Value, { label: string; words: string }>
  value: Value
  onChange: (value: Value) => void
}) {
  const id = useId()
  return (
    <fieldset className={styles.radios}>
      <legend>{label}</legend>
      {(Object.entries(options) as [Value, { label: string; words: string }][]).map(([option, { label, words }]) => (
        <div key={option} className={styles.radio}>
          <input
            type="radio"
            id={`${id}-${option}`}
            name={name}
            value={option}
            checked={option === value}
            aria-describedby={`${id}-${option}-words`}
            onChange={() => onChange(option)}
          />
          <label htmlFor={`${id}-${option}`}>{label}</label>
          <p id={`${id}-${option}-words`} className={styles.hint}>
            {words}
          </p>
        </div>
      ))}
    </fieldset>
  )
}

/** Several of many: a group of boxes to tick. */
export function CheckField({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string
  options: Record<string, ReactNode>
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  return (
    <fieldset className={styles.checks}>
      <legend>{label}</legend>
      {Object.entries(options).map(([option, words]) => (
        <label key={option}>
          <input
            type="checkbox"
            checked={chosen.includes(option)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, option] : chosen.filter((each) => each !== option))
            }
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
