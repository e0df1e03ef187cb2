/** Two versions held against each other: the verdict first, then what changed for callers, then the files. */
import { compareTemplate } from '@cadastre/contract/module-pages'
import { type Answer, question } from '@cadastre/contract/question'
import { type Here, useAt } from '../at.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Banner } from '../ui/Banner.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { SheetFrame } from '../ui/SheetFrame.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { ChangedFiles } from './ChangedFiles.tsx'
import { ComparedVersions } from './ComparedVersions.tsx'
import styles from './ComparePage.module.css'
import { FileLines } from './FileLines.tsx'
import { FolderChanges } from './FolderChanges.tsx'

export type Diff = Answer<typeof compareTemplate>

export function ComparePage() {
  const at = useAt()
  if (!at.name) return <NotFound />
  return (
    <Answered to={question(compareTemplate, { path: at.params })} what="comparison" missing={<NotFound />}>
      {(diff) => <Compared diff={diff} at={at} />}
    </Answered>
  )
}

function Compared({ diff, at }: { diff: Diff; at: Here }) {
  const { address, from, to, verdict } = diff
  const [namespace = ''] = address.split('/')
  const base = `/modules/${address}`
  const file = at.search.get('file')
  const changed = diff.folders.filter(({ kind }) => kind !== 'same')
  return (
    <SheetFrame title={`${address} ${from.version} to ${to.version}`} path={at.pathname}>
      <TitleBlock
        above={
          <Breadcrumb
            crumbs={[
              { label: 'Modules', to: '/modules' },
              { label: namespace, to: `/namespaces/${namespace}` },
              { label: address, to: `${base}/${to.version}` },
              { label: 'Compare' },
            ]}
          />
        }
        address={address}
        beside={<ComparedVersions address={address} from={from.version} to={to.version} />}
        cells={[
          { label: 'From', value: <OfVersion version={from} base={base} /> },
          { label: 'To', value: <OfVersion version={to} base={base} /> },
          { label: 'By its number', value: verdict.stated ? `a ${stepInWords[verdict.stated]}` : 'nothing is stated' },
          { label: 'By what changed', value: verdict.measured ? `a ${stepInWords[verdict.measured]}` : 'not known' },
          { label: 'For callers', value: countsInWords(verdict) },
        ]}
      />
      <div className={styles.content}>
        <Verdict diff={diff} base={base} />
        {changed.map((folder) => (
          <FolderChanges
            key={folder.path}
            folder={folder}
            from={`${base}/${from.version}`}
            to={`${base}/${to.version}`}
          />
        ))}
        {diff.leftOut > 0 && <p>{`${diff.leftOut} more changes are counted above and not listed.`}</p>}
        {changed.length === 0 && verdict.measured !== null && (
          <EmptyState title="Callers notice nothing">
            Inputs, outputs, requirements and resources are the same in both versions.
          </EmptyState>
        )}
        <ChangedFiles diff={diff} base={base} page={at.pathname} />
        {file && <FileLines params={at.params} file={file} />}
      </div>
    </SheetFrame>
  )
}

const stepInWords = {
  none: 'repetition: nothing changed',
  patch: 'patch release',
  minor: 'minor release',
  major: 'major release',
} as const

function countsInWords({ measured, breaking, additions, patches }: Diff['verdict']): string {
  const counts = [
    [breaking, 'breaking'],
    [additions, additions === 1 ? 'addition' : 'additions'],
    [patches, 'without effect'],
  ] as const
  return (
    counts
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${count} ${word}`)
      .join(', ') || (measured === null ? 'not known' : 'no changes')
  )
}

const OfVersion = ({ version: { version, publishedAt }, base }: { version: Diff['from']; base: string }) => (
  <>
    <Link to={`${base}/${version}`}>
      <code>{version}</code>
    </Link>{' '}
    <Time at={publishedAt} />
  </>
)

function Verdict({ diff: { from, to, verdict }, base }: { diff: Diff; base: string }) {
  const isUnread = verdict.measured === null
  const tone = verdict.enough === false ? 'bad' : isUnread || verdict.breaking > 0 ? 'attention' : 'good'
  return (
    <Banner tone={tone} title={verdict.sentence}>
      {verdict.order === 'backward' && (
        <p>
          The first of them is the newer one.{' '}
          <Link to={`${base}/compare/${to.version}...${from.version}`}>Compare them the other way round</Link>
        </p>
      )}
    </Banner>
  )
}
