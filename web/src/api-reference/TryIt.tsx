/** An operation as a sample in the reader's language; what only reads can be sent from here, with what was filled in. */
import { useState } from 'react'
import { pageData } from '../page-data.ts'
import { Choice } from '../ui/Choice.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { type Document, goodAnswers, type Operation } from './document.ts'
import { chooseLanguage, useLanguage } from './language-choice.ts'
import { requestOf, type Values } from './request.ts'
import { SendForm } from './SendForm.tsx'
import { type Language, languagesFor, sampleIn } from './samples.ts'

type Props = { operation: Operation; document: Document }

export function TryIt({ operation, document }: Props) {
  const [values, setValues] = useState<Values>({})
  const chosen = useLanguage()
  const offered = languagesFor(operation)
  const language = chosen in offered ? chosen : 'curl'
  const request = requestOf(operation, document, `${location.origin}${pageData.basePath}`, values)
  const { method, path } = operation
  return (
    <>
      <h3>Try it</h3>
      <Choice<Language>
        label={`Language of the sample for ${method} ${path}`}
        options={offered as Record<Language, string>}
        value={language}
        onChange={chooseLanguage}
      />
      <CommandStrip
        text={sampleIn(language, request)}
        isHcl={language === 'hcl'}
        what={`the sample for ${method} ${path}`}
      />
      {method === 'GET' &&
        (endsNever(operation) ? (
          <p>The answer goes on while something happens, so it cannot be sent from this page.</p>
        ) : (
          <SendForm
            operation={operation}
            document={document}
            address={request.address}
            values={values}
            onChange={setValues}
          />
        ))}
    </>
  )
}

const endsNever = (operation: Operation) =>
  goodAnswers(operation).some(([, { content = {} }]) => 'text/event-stream' in content)
