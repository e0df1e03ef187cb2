/** The sheet that every section of a provider stands on. */
import { ownerQuestion, providerVersionTemplate } from '@cadastre/contract/provider-pages'
import { question } from '@cadastre/contract/question'
import type { ReactNode } from 'react'
import { useAnswer } from '../api.ts'
import { NotFound } from '../shell/NotFound.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { DownloadsLink } from '../ui/DownloadsLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { SectionNav } from '../ui/SectionNav.tsx'
import sheet from '../ui/Sheet.module.css'
import { SheetFrame } from '../ui/SheetFrame.tsx'
import { SourceLink } from '../ui/SourceLink.tsx'
import { TrustRow } from '../ui/Stamp.tsx'
import { Time } from '../ui/Time.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { ProviderStateBanner } from './ProviderStateBanner.tsx'
import { ProviderUse } from './ProviderUse.tsx'
import { ProviderVersionSwitch } from './ProviderVersionSwitch.tsx'
import { type ProviderVersion, useProviderAddress } from './shown.ts'

export function ProviderSheet({ children }: { children: (version: ProviderVersion) => ReactNode }) {
  const { at, first, address, versionIn } = useProviderAddress()
  return (
    <Answered to={first} what="provider" missing={<NotFound />}>
      {(answer) => {
        const version = versionIn(answer)
        if (!version) return <NoVersion address={address} />
        const path = { ...at.params, version } as Record<string, string>
        return (
          <Answered to={question(providerVersionTemplate, { path })} what="version" missing={<NotFound />}>
            {(shown) => <Sheet shown={shown} render={children} />}
          </Answered>
        )
      }}
    </Answered>
  )
}

function Sheet({ shown, render }: { shown: ProviderVersion; render: (version: ProviderVersion) => ReactNode }) {
  const { at, base, provider, versions } = useProviderAddress()
  const about = useAnswer(provider).data
  const listed = useAnswer(versions).data
  const [namespace = ''] = shown.address.split('/')
  const owner = useAnswer(ownerQuestion(namespace)).data?.organization ?? namespace
  return (
    <SheetFrame title={`${shown.address} ${shown.version}`} path={`/providers/${shown.address}/${shown.version}`}>
      <TitleBlock
        above={
          <Breadcrumb
            crumbs={[
              { label: 'Providers', to: '/providers' },
              { label: namespace, to: `/namespaces/${namespace}` },
              { label: shown.address },
            ]}
          />
        }
        address={shown.address}
        beside={<ProviderVersionSwitch current={shown.version} latest={about?.latestVersion ?? null} />}
        description={about?.description}
        cells={[
          { label: 'Owner', value: <Link to={`/namespaces/${namespace}`}>{owner}</Link> },
          ...(shown.source || about?.sourceUrl
            ? [
                {
                  label: 'Source',
                  value: (
                    <SourceLink
                      source={shown.source}
                      otherwise={about?.sourceUrl ? { url: about.sourceUrl, version: about.sourceVersion } : null}
                    />
                  ),
                },
              ]
            : []),
          {
            label: 'Published',
            value: (
              <Link to={`${base}/versions`}>
                <Time at={shown.publishedAt} both />
              </Link>
            ),
          },
          {
            label: 'By',
            value: <Link to={`/activity?kind=provider&ns=${namespace}`}>{shown.publishedBy}</Link>,
          },
          {
            label: 'Protocols',
            value: (
              <Link to={`${base}/platforms`}>
                <code>{shown.protocols.join(', ')}</code>
              </Link>
            ),
          },
          { label: 'Downloads', value: <DownloadsLink downloads={shown.downloads} to={`${base}/versions`} /> },
        ]}
      />
      <ProviderStateBanner version={shown} provider={about} />
      <div className={sheet.sheet}>
        <div className={sheet.sections}>
          <SectionNav
            label="Sections"
            sections={[
              { to: base, label: 'Overview', isCurrent: at.name === 'provider' },
              {
                to: `${base}/platforms`,
                label: 'Platforms',
                count: shown.platforms.length,
                isCurrent: at.name === 'providerPlatforms',
              },
              {
                to: `${base}/versions`,
                label: 'Versions',
                count: listed && (listed.next ? `${listed.items.length}+` : listed.items.length),
                isCurrent: at.name === 'providerVersions',
              },
            ]}
          />
        </div>
        <div className={sheet.content}>
          <TrustRow
            stamps={[
              {
                label: 'Signature',
                words: `verified with key ${shown.signingKey.keyId}`,
                to: `/namespaces/${namespace}#keys`,
              },
              { label: 'Checksums', words: `${shown.platforms.length} zips match SHA256SUMS`, to: `${base}/platforms` },
            ]}
          />
          {render(shown)}
        </div>
        <aside className={sheet.rail} id="use" aria-label="Use this provider" tabIndex={-1}>
          <ProviderUse shown={shown} />
        </aside>
      </div>
    </SheetFrame>
  )
}

const NoVersion = ({ address }: { address: string }) => (
  <>
    <TitleBlock address={address} />
    <EmptyState
      title="No version yet"
      command={`cadastre publish provider ./dist --namespace ${address.split('/')[0]}`}
    >
      The provider has no version that is listed.
    </EmptyState>
  </>
)
