/** Fields for what an operation is told, and the answer of this registry to it, as the reader of the page gets it. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { pageData } from '../page-data.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { sizeInWords } from '../ui/size.ts'
import styles from './Api.module.css'
import type { Document, Operation, Parameter } from './document.ts'
import { keyOf, schemaOf, type Values, wrongIn } from './request.ts'
import { type Answered, send, shownBytes } from './send.ts'
import { typeText } from './type-text.ts'

type Props = {
  operation: Operation
  document: Document
  /** with the values in it, as long as they are right */
  address: string
  values: Values
  onChange: (values: Values) => void
}

export function SendForm({ operation, document, address, values, onChange }: Props) {
  const { method, path } = operation
  // What has to be said is asked first.
  const parameters = [...(operation.parameters ?? [])].sort((a, b) => Number(b.required ?? 0) - Number(a.required ?? 0))
  const [isTold, setTold] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Answered | { failure: string }>()
  const form = useRef<HTMLFormElement>(null)
  const left = useLeaving()
  const wrong = (parameter: Parameter) => wrongIn(parameter, values[keyOf(parameter)] ?? '', document)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isBusy) return
    setTold(true)
    const first = parameters.findIndex(wrong)
    if (first >= 0) return form.current?.querySelectorAll<HTMLElement>('input, select')[first]?.focus()
    setBusy(true)
    const came = await send(address, left())
    setBusy(false)
    setOutcome(came)
    announce('failure' in came ? came.failure : `Answered ${inShort(came)}. ${came.refusal ?? ''}`)
  }

  return (
    <>
      <form ref={form} className={styles.send} noValidate onSubmit={submit} aria-label={`Send ${method} ${path}`}>
        {parameters.length > 0 && (
          <div className={styles.fields}>
            {parameters.map((parameter) => (
              <ParameterField
                key={keyOf(parameter)}
                parameter={parameter}
                document={document}
                value={values[keyOf(parameter)] ?? ''}
                wrong={isTold ? wrong(parameter) : undefined}
                onChange={(value) => onChange({ ...values, [keyOf(parameter)]: value })}
              />
            ))}
          </div>
        )}
        <div className={styles.action}>
          <Button type="submit" busy={isBusy} aria-label={`Send ${method} ${path}`}>
            Send
          </Button>
          <span className={styles.as}>{sender()}</span>
        </div>
      </form>
      {outcome &&
        ('failure' in outcome ? <p>{outcome.failure}</p> : <Answer of={outcome} what={`${method} ${path}`} />)}
    </>
  )
}

const sender = () =>
  pageData.caller.kind === 'anonymous'
    ? 'without signing in: only what is public is answered'
    : `as ${pageData.caller.name}`

/** @returns what is over once the operation closes: nobody is there for the answer */
function useLeaving(): () => AbortSignal {
  const leaving = useRef<AbortController>(undefined)
  useEffect(() => () => leaving.current?.abort(), [])
  return () => {
    leaving.current = new AbortController()
    return leaving.current.signal
  }
}

type FieldProps = {
  parameter: Parameter
  document: Document
  value: string
  wrong?: string
  onChange: (value: string) => void
}

function ParameterField({ parameter, document, value, wrong, onChange }: FieldProps) {
  const schema = schemaOf(parameter, document)
  const label = `${parameter.name === '*' ? 'path' : parameter.name}${parameter.required ? '' : ' (optional)'}`
  const usual = schema.default === undefined || schema.default === '' ? undefined : `else ${schema.default}`
  const hint =
    usual ??
    (schema.example === undefined ? (schema.enum ? 'one of some' : typeText(schema)) : `such as ${schema.example}`)
  if (schema.enum)
    return (
      <SelectField
        label={label}
        hint={hint}
        wrong={wrong}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        <option value="">not said</option>
        {schema.enum.map((each) => (
          <option key={String(each)}>{String(each)}</option>
        ))}
      </SelectField>
    )
  return (
    <TextField
      label={label}
      hint={hint}
      wrong={wrong}
      value={value}
      inputMode={schema.type === 'integer' ? 'numeric' : undefined}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

function Answer({ of: answered, what }: { of: Answered; what: string }) {
  const { type, text, isCut, refusal } = answered
  return (
    <>
      <p>
        <strong>{inShort(answered)}</strong> <code className={styles.type}>{type}</code>
      </p>
      {refusal && <p>{refusal}</p>}
      {text === undefined && <p>The answer is no text, so it is not shown.</p>}
      {text === '' && <p>The answer is empty.</p>}
      {text && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={`${styles.shape} ${styles.answer}`} tabIndex={0} aria-label={`Answer to ${what}`}>
          <pre>
            <code>{text}</code>
          </pre>
        </section>
      )}
      {isCut && <p>{`Only the first ${sizeInWords(shownBytes)} are shown; a sample gets all of it.`}</p>}
    </>
  )
}

const inShort = ({ status, tookMs }: Answered) => `${status} in ${tookMs} ms`
