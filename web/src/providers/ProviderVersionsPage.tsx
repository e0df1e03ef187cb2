/** How often a provider was downloaded, and its versions along a spine. */
import { downloadsQuestion } from '@cadastre/contract/downloads-page'
import { lazy } from 'react'
import { useAnswer } from '../api.ts'
import { CommitLink } from '../ui/CommitLink.tsx'
import { Later } from '../ui/Later.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Time } from '../ui/Time.tsx'
import { VersionDownloads } from '../ui/VersionDownloads.tsx'
import { VersionSpine } from '../ui/VersionSpine.tsx'
import { VersionState } from '../ui/VersionState.tsx'
import { ProviderSheet } from './ProviderSheet.tsx'
import { useProviderAddress } from './shown.ts'

const DownloadsOverTime = lazy(async () => ({
  default: (await import('../analytics/DownloadsOverTime.tsx')).DownloadsOverTime,
}))

export function ProviderVersionsPage() {
  const { address, versions, provider, at } = useProviderAddress()
  const isEmpty = useAnswer(downloadsQuestion('provider', at.params, at.search)).data?.total === 0
  const latest = useAnswer(provider).data?.latestVersion
  return (
    <ProviderSheet>
      {({ version: current }) => (
        <>
          <Later what="chart" isLow={isEmpty}>
            <DownloadsOverTime of="provider" />
          </Later>
          <Pages to={versions} what="versions">
            {(items, more) => (
              <>
                <VersionSpine
                  versions={items}
                  current={current}
                  to={(version) => `/providers/${address}/${version}`}
                  state={(item) => <VersionState of={item} latest={latest} />}
                  columns={[
                    { head: 'Published', share: 1.2, cell: ({ publishedAt }) => <Time at={publishedAt} /> },
                    { head: 'By', cell: ({ publishedBy }) => publishedBy },
                    { head: 'Commit', cell: ({ source }) => <CommitLink source={source} /> },
                    {
                      head: 'Downloads',
                      share: 1.2,
                      cell: ({ version, downloads }) => (
                        <VersionDownloads of="provider" version={version} downloads={downloads} />
                      ),
                    },
                    { head: 'Platforms', share: 1.2, unit: 'platforms', cell: ({ platforms }) => platforms.length },
                  ]}
                />
                {more}
              </>
            )}
          </Pages>
        </>
      )}
    </ProviderSheet>
  )
}
