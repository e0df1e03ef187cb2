/** The block beside the form: what is still missing, the block itself, and the text that tells others of it. */
import { type Line, textOfLines } from '@cadastre/contract/hcl/written'
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { useMemo, useState } from 'react'
import { clients, type Pin, pins, useClient } from '../modules/client-choice.ts'
import type { Shown } from '../modules/shown.ts'
import { pageData } from '../page-data.ts'
import { Answered } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Choice } from '../ui/Choice.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { wrapping } from '../ui/TitleBlock.tsx'
import styles from './Builder.module.css'
import { blockOf, pullRequestText, type Used } from './block.ts'
import { type Input, idOf } from './entry.ts'
import { focusField } from './fields.ts'
import type { Judged } from './judge.ts'

type Props = {
  shown: Shown
  inputs: Input[]
  judged: Judged
  /** what is filled in is too much for the address */
  isKeptHere: boolean
  /** nobody has changed what the address gave */
  isAsLinked: boolean
  onGoTo: (path: string) => void
}

export function BuiltBlock({ shown, inputs, judged, isKeptHere, isAsLinked, onGoTo }: Props) {
  const { details, path, folder } = shown
  const [client, setClient] = useClient()
  const [pin, setPin] = useState<Pin>('pessimistic')
  return (
    <>
      <h2>Use</h2>
      {isAsLinked && <p className={styles.note}>Filled in by the address of this page: read it before you use it.</p>}
      <Choice label="Client" options={clients} value={client} onChange={setClient} />
      {client !== 'terragrunt' && <Choice label="Pin" options={pins} value={pin} onChange={setPin} />}
      <Missing problems={judged.problems} onGoTo={onGoTo} />
      <Answered
        to={question(`${versionTemplate}/usage`, { path, query: { folder: folder || undefined } })}
        what="usage block"
        rows={4}
      >
        {({ source, refusedHost }) => (
          <Block
            used={{ address: details.address, version: details.version, folder, source, client, pin, refusedHost }}
            inputs={inputs}
            judged={judged}
          />
        )}
      </Answered>
      <p className={styles.note}>
        {isKeptHere
          ? 'What is filled in is too long for an address, so it is kept on this page alone: it is gone when the page is.'
          : 'The address of this page holds what is filled in, except for secrets. It can be passed on.'}
      </p>
    </>
  )
}

const maxListed = 20

function Missing({ problems, onGoTo }: { problems: Judged['problems']; onGoTo: Props['onGoTo'] }) {
  if (problems.size === 0) return null
  const listed = [...problems].slice(0, maxListed)
  return (
    <section aria-label="What is left to do">
      <p className={styles.left}>{`Left to do: ${problems.size}`}</p>
      <ul className={styles.problems}>
        {listed.map(([path, words]) => (
          <li key={path}>
            <a
              href={`#${idOf(path)}`}
              onClick={(event) => {
                // What stands behind the # is what is filled in.
                event.preventDefault()
                onGoTo(path)
                focusField(path)
              }}
            >
              <code>{path}</code>
            </a>{' '}
            {words}
          </li>
        ))}
        {problems.size > maxListed && <li>{`and ${problems.size - maxListed} more`}</li>}
      </ul>
    </section>
  )
}

function Block({ used, inputs, judged }: { used: Used; inputs: Input[]; judged: Judged }) {
  const lines = useMemo(() => blockOf(used, judged), [used, judged])
  return (
    <>
      <CommandStrip text={textOfLines(lines)} shown={<Coloured lines={lines} />} what="the usage block" hint="y" />
      {used.refusedHost && (
        <Banner tone="attention" title="This host name">
          {used.refusedHost}
        </Banner>
      )}
      <details className={styles.request}>
        <summary>Text for a pull request</summary>
        <CommandStrip text={pullRequestText(used, judged, inputs, pageOf(used))} what="the text for a pull request" />
      </details>
    </>
  )
}

const pageOf = ({ address, version }: Used) => `${pageData.baseUrl.replace(/\/$/, '')}/modules/${address}/${version}`

const Coloured = ({ lines }: { lines: Line[] }) =>
  lines.map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text keep their places
    <span key={at}>
      {line.map(({ text, colour }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <span key={index} className={colour && `code-${colour}`}>
          {wrapping(text)}
        </span>
      ))}
      {'\n'}
    </span>
  ))
