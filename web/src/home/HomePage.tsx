/** The start: the search, what changed this week, and the first command for each thing one comes for. */
import { changedThisWeek } from '@cadastre/contract/pages'
import { useState } from 'react'
import { pageData } from '../page-data.ts'
import { SearchField } from '../shell/Header.tsx'
import { recentVisits } from '../shell/recent.ts'
import { mayOnPlatform } from '../shell/rights.ts'
import { Answered } from '../ui/Answered.tsx'
import { Link } from '../ui/Link.tsx'
import { Events } from './Events.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import styles from './HomePage.module.css'
import { SetupLeft } from './SetupLeft.tsx'

export function HomePage() {
  // The same question for as long as the page is open, also over midnight.
  const [question] = useState(changedThisWeek)
  const isSignedOut = pageData.caller.kind === 'anonymous'
  return (
    <div className={styles.home}>
      <h1 className="visually-hidden" tabIndex={-1}>
        Cadastre, a private registry for Terraform and OpenTofu
      </h1>
      <SearchField isLarge />
      <Lately />
      {mayOnPlatform('admin') && <SetupLeft />}
      <Answered to={question} what="changes of this week">
        {({ items }) => (
          <>
            {items.length > 0 && (
              <section>
                <h2>Changed this week</h2>
                <Events caption="Changed this week" items={items} />
                <p className={styles.all}>
                  <Link to="/activity">All activity</Link>
                </p>
              </section>
            )}
            {(isSignedOut || items.length === 0) && <FirstSteps />}
          </>
        )}
      </Answered>
    </div>
  )
}

function Lately() {
  const [visits] = useState(recentVisits)
  if (visits.length === 0) return null
  return (
    <section>
      <h2>You looked at</h2>
      <ul className={styles.lately}>
        {visits.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>
              <code>{label}</code>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
