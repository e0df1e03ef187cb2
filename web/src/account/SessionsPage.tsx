/** Where the reader is signed in, and an end to each of it. */
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { api, changed, forget } from '../api.ts'
import { type Problem, pageData } from '../page-data.ts'
import { Answered, problemIn, Refusal } from '../ui/Answered.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { Table } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import styles from './AccountPage.module.css'
import { AccountSheet } from './AccountSheet.tsx'
import { browserInWords } from './browser-words.ts'

export function SessionsPage() {
  const [problem, setProblem] = useState<Problem>()
  async function end(id: string, isCurrent: boolean) {
    setProblem(undefined)
    await changed(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })).then(
      () => {
        announce('Ended the session')
        if (isCurrent) location.assign(`${pageData.basePath}/`)
      },
      (error) => setProblem(problemIn(error)),
    )
    await forget('/api/v1/sessions')
  }
  return (
    <AccountSheet title="Your sessions">
      {problem && <Refusal problem={problem} what="change" />}
      <Answered to={question('/api/v1/sessions')} what="sessions">
        {({ items }) => (
          <Table
            caption="Sessions"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                head: 'Browser',
                isName: true,
                isWide: true,
                cell: ({ client, current }) => (
                  <>
                    <Client text={client} /> {current && <Badge tone="good">this one</Badge>}
                  </>
                ),
              },
              { head: 'From', cell: ({ address }) => <code>{address}</code> },
              { head: 'Last used', cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
              { head: 'Since', cell: ({ createdAt }) => <Time at={createdAt} /> },
              {
                head: 'End',
                cell: ({ id, current, address }) => (
                  <Button
                    look="danger"
                    small
                    aria-label={current ? 'End this session' : `End the session from ${address}`}
                    onClick={() => void end(id, current)}
                  >
                    End
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Answered>
    </AccountSheet>
  )
}

/** In words, with what it said of itself behind them; what is not known stands as it is. */
function Client({ text }: { text: string }) {
  const words = browserInWords(text)
  if (words === undefined) return text || 'A browser'
  return (
    <details className={styles.client}>
      <summary>{words}</summary>
      <code>{text}</code>
    </details>
  )
}
