/** How to use the module: a block for the reader's client, and what else there is. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import { question } from '@cadastre/contract/question'
import { useState } from 'react'
import { useAnswer } from '../api.ts'
import { pageData } from '../page-data.ts'
import { ClientSignIn } from '../shell/ClientSignIn.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Choice } from '../ui/Choice.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { Link } from '../ui/Link.tsx'
import { Time } from '../ui/Time.tsx'
import { VersionState } from '../ui/VersionState.tsx'
import { clients, type Pin, pins, useClient } from './client-choice.ts'
import { encodePath } from './Diagnostics.tsx'
import { type Details, useModuleAddress } from './shown.ts'
import styles from './UsageRail.module.css'

const modes = { minimal: 'minimal', required: 'required inputs', all: 'all inputs' } as const

type Props = { details: Details; path: Record<string, string>; folder: string }

export function UsageRail({ details, path, folder }: Props) {
  const [client, setClient] = useClient()
  const [mode, setMode] = useState<keyof typeof modes>('required')
  const [pin, setPin] = useState<Pin>('pessimistic')
  const asked = question(`${versionTemplate}/usage`, {
    path,
    // What is usual is not said, so that the answer in the page is the one that is asked for.
    query: {
      folder: folder || undefined,
      client: client === 'terraform' ? undefined : client,
      mode: mode === 'required' ? undefined : mode,
      pin: pin === 'pessimistic' ? undefined : pin,
    },
  })
  return (
    <>
      <section className={styles.use}>
        <h2 className={styles.title}>Use</h2>
        <Choice label="Client" options={clients} value={client} onChange={setClient} />
        <Choice label="Inputs in the block" options={modes} value={mode} onChange={setMode} />
        <Choice label="Pin" options={pins} value={pin} onChange={setPin} />
        <Answered to={asked} what="usage block" rows={4}>
          {({ text, html, refusedHost }) => (
            <>
              <CommandStrip text={text} html={html} what="the usage block" hint="y" />
              {refusedHost && (
                <Banner tone="attention" title="This host name">
                  {refusedHost}
                </Banner>
              )}
            </>
          )}
        </Answered>
        {hasInputs(details, folder) && <Link to={builderPath(details, folder)}>Fill in the inputs</Link>}
        {pageData.caller.kind === 'anonymous' && details.visibility !== 'public' && <ClientSignIn />}
      </section>
      <NewestReleases details={details} />
      <MoreOf details={details} />
    </>
  )
}

const hasInputs = ({ folders }: Details, folder: string) =>
  folders.some(({ path, inputs }) => path === folder && inputs > 0)

const builderPath = ({ address, version }: Details, folder: string) =>
  `/modules/${address}/${version}/builder${folder && `?folder=${encodeURIComponent(folder)}`}`

const shownMajors = 5

/** The newest release of each of the newest majors; of one that has a single version there is nothing to choose. */
function NewestReleases({ details: { address, version: current, versionCount, latestVersion } }: { details: Details }) {
  const listed = useAnswer(useModuleAddress().versions).data?.items ?? []
  const releases = listed.filter(({ version, state }) => !version.includes('-') && /^(active|deprecated)$/.test(state))
  const newest = releases.filter(
    (release, index) => releases.findIndex(({ version }) => majorOf(version) === majorOf(release.version)) === index,
  )
  if (versionCount < 2) return null
  return (
    <section>
      <h2 className={styles.title}>Newest by major</h2>
      <ul className={styles.list}>
        {newest.slice(0, shownMajors).map((release) => (
          <li key={release.version}>
            <Link
              to={`/modules/${address}/${release.version}`}
              aria-current={release.version === current ? 'page' : undefined}
            >
              <code>{release.version}</code>
            </Link>{' '}
            <Time at={release.publishedAt} /> <VersionState of={release} latest={latestVersion} />
          </li>
        ))}
        <li>
          <Link to={`/modules/${address}/versions`}>{`all ${versionCount} versions`}</Link>
        </li>
      </ul>
    </section>
  )
}

const majorOf = (version: string) => version.split('.')[0]

function MoreOf({ details }: { details: Details }) {
  const base = `/modules/${details.address}/${details.version}`
  const listed = (kind: 'submodule' | 'example') => details.folders.filter((folder) => folder.kind === kind)
  const groups = [
    { title: 'Submodules', at: 'submodules', above: 'modules/', folders: listed('submodule') },
    { title: 'Examples', at: 'examples', above: 'examples/', folders: listed('example') },
  ]
  return groups.map(
    ({ title, at, above, folders }) =>
      folders.length > 0 && (
        <section key={title}>
          <h2 className={styles.title}>{title}</h2>
          <ul className={styles.list}>
            {folders.slice(0, 8).map(({ path }) => (
              <li key={path}>
                <Link to={`${base}/${at}/${encodePath(path.replace(above, ''))}`}>{path.replace(above, '')}</Link>
              </li>
            ))}
            {folders.length > 8 && (
              <li>
                <Link to={`${base}/${at}`}>{`all ${folders.length}`}</Link>
              </li>
            )}
          </ul>
        </section>
      ),
  )
}
