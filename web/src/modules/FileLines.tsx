/** What differs in one file of two versions, line by line, with a few lines around. */
import { fileCompareTemplate } from '@cadastre/contract/module-pages'
import { type Answer, question } from '@cadastre/contract/question'
import { Answered } from '../ui/Answered.tsx'
import styles from './FileLines.module.css'

type Lines = Answer<typeof fileCompareTemplate>
type Line = NonNullable<Lines['hunks']>[number]['lines'][number]

const signs = { added: '+', removed: '\u2212', same: '' } as const
const notShown = {
  'not-text': 'It is not text.',
  'too-large': 'It is too large to be shown line by line.',
  'too-different': 'Too much of it differs to be shown line by line.',
} as const

type Props = { params: Readonly<Record<string, string>>; file: string }

export function FileLines({ params, file }: Props) {
  return (
    <section id="file" className={styles.section} aria-label={`Lines of ${file}`}>
      <h2 className={styles.title}>
        <code>{file}</code>
      </h2>
      <Answered to={question(fileCompareTemplate, { path: params, query: { path: file } })} what="lines">
        {({ kind, hunks, notShown: reason }) => {
          if (reason) return <p>{notShown[reason]}</p>
          if (kind === 'same' || !hunks || hunks.length === 0) return <p>It is the same in both versions.</p>
          return (
            <table className={styles.lines}>
              <caption className="visually-hidden">{`What differs in ${file}`}</caption>
              <thead className="visually-hidden">
                <tr>
                  <th scope="col">Line before</th>
                  <th scope="col">Line after</th>
                  <th scope="col">Text</th>
                </tr>
              </thead>
              {hunks.map(({ lines }) => (
                <tbody key={`${lines[0]?.before} ${lines[0]?.after}`}>
                  {lines.map((line) => (
                    <Row key={`${line.before} ${line.after}`} line={line} />
                  ))}
                </tbody>
              ))}
            </table>
          )
        }}
      </Answered>
    </section>
  )
}

const Row = ({ line: { kind, before, after, text } }: { line: Line }) => (
  <tr className={styles[kind]}>
    <td className={styles.number}>{before}</td>
    <td className={styles.number}>{after}</td>
    <td>
      <span className={styles.sign} aria-hidden="true">
        {signs[kind]}
      </span>
      {kind !== 'same' && <span className="visually-hidden">{`${kind}: `}</span>}
      <code>{text}</code>
    </td>
  </tr>
)
