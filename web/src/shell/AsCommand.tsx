/** At the foot of a page: the same as a command, as a request, and as configuration. A token stands in none of them. */
import type { Page } from '@cadastre/contract/page'
import { askedBy, commandOf } from '@cadastre/contract/page-commands'
import { type PageName, pages } from '@cadastre/contract/pages'
import { providerBlock } from '@cadastre/contract/provider-block'
import { useState } from 'react'
import { queries } from '../api.ts'
import { type Here, useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { shellWord } from '../ui/shell-word.ts'
import styles from './AsCommand.module.css'
import { cadastre } from './ClientSignIn.tsx'

export function AsCommand() {
  const at = useAt()
  const [isOpen, setOpen] = useState(false)
  if (!at.name) return null
  const [name, hasBlock] = [at.name, /^\/(?:modules|providers)\/:/.test(pages[at.name].path)]
  return (
    <details className={styles.foot} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{hasBlock ? 'Show as CLI, curl or HCL' : 'Show as CLI or curl'}</summary>
      {isOpen && (
        <>
          {commandFor(name, at) && <CommandStrip text={commandFor(name, at)!} what="this page as a command" />}
          {requestFor(name, at) && <CommandStrip text={requestFor(name, at)!} what="this page as a request" />}
          {hasBlock && <Block at={at} name={name} />}
        </>
      )}
    </details>
  )
}

function commandFor(name: PageName, at: Here): string | undefined {
  const words = commandOf(name, at)
  return words && [cadastre, ...words.map(asWord)].join(' ')
}

/** A scope or a version range is no danger to a shell. */
const asWord = (word: string) => (/^--[a-z]*$|^[\w./@:-]+$/.test(word) ? word : shellWord(word))

function requestFor(name: PageName, at: Here): string | undefined {
  const asked = askedBy(name, at)
  const shown = asked && shellWord(`${pageData.baseUrl}${asked}`)
  if (!shown || pageData.caller.kind === 'anonymous') return shown && `curl ${shown}`
  return `curl --header "Authorization: Bearer $TOKEN" ${shown}`
}

function Block({ name, at }: { name: PageName; at: Here }) {
  const page: Page = pages[name]
  const answerTo = ({ url }: { url: string }) => queries.getQueryData([url])
  const first = page.first && answerTo(page.first(at))
  for (const question of first ? (page.rest?.(at, first) ?? []) : []) {
    const answer = answerTo(question)
    if (!answer) continue
    if (question.template.endsWith('/usage'))
      return <CommandStrip text={(answer as { text: string }).text} isHcl what="this page as configuration" />
    if (question.template === '/api/v1/providers/{namespace}/{type}/{version}') {
      const { address, version } = answer as { address: string; version: string }
      return (
        <CommandStrip text={providerBlock(pageData.host, address, version)} isHcl what="this page as configuration" />
      )
    }
  }
  return null
}
