/** How often a module was downloaded, and its versions along a spine: major, minor and patch steps, and what became of each. */
import { downloadsQuestion } from '@cadastre/contract/downloads-page'
import type { moduleTemplate } from '@cadastre/contract/module-pages'
import type { Answer } from '@cadastre/contract/question'
import { lazy } from 'react'
import { useAnswer } from '../api.ts'
import { saysTooLittle } from '../measured.ts'
import { Badge } from '../ui/Badge.tsx'
import { CommitLink } from '../ui/CommitLink.tsx'
import { Later } from '../ui/Later.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Time } from '../ui/Time.tsx'
import { VersionDownloads } from '../ui/VersionDownloads.tsx'
import { VersionSpine } from '../ui/VersionSpine.tsx'
import { VersionState } from '../ui/VersionState.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { useModuleAddress } from './shown.ts'

type Version = Answer<`${typeof moduleTemplate}/versions`>['items'][number]

const DownloadsOverTime = lazy(async () => ({
  default: (await import('../analytics/DownloadsOverTime.tsx')).DownloadsOverTime,
}))

export function VersionsPage() {
  const { address, versions, at } = useModuleAddress()
  const isEmpty = useAnswer(downloadsQuestion('module', at.params, at.search)).data?.total === 0
  return (
    <ModuleSheet>
      {({ version: current, details }) => (
        <>
          <Later what="chart" isLow={isEmpty}>
            <DownloadsOverTime of="module" />
          </Later>
          <Pages to={versions} what="versions">
            {(items, more) => (
              <>
                <VersionSpine
                  versions={items}
                  current={current}
                  to={(version) => `/modules/${address}/${version}`}
                  state={(item) => (
                    <>
                      <VersionState of={item} latest={details.latestVersion} />
                      {saysTooLittle(item) && <Badge tone="attention">{`${item.measuredStep} change`}</Badge>}
                    </>
                  )}
                  columns={[
                    { head: 'Published', share: 1.2, cell: ({ publishedAt }) => <Time at={publishedAt} /> },
                    { head: 'By', cell: ({ publishedBy }) => publishedBy },
                    ...(items.some(({ source }) => source?.commit)
                      ? [{ head: 'Commit', cell: ({ source }: Version) => <CommitLink source={source} /> }]
                      : []),
                    {
                      head: 'Downloads',
                      share: 1.2,
                      cell: ({ version, downloads }) => (
                        <VersionDownloads of="module" version={version} downloads={downloads} />
                      ),
                    },
                    {
                      head: 'Changes',
                      cell: ({ version, measuredFrom }, before) => (
                        <WhatChanged address={address} from={measuredFrom ?? before?.version} to={version} />
                      ),
                    },
                  ]}
                />
                {more}
              </>
            )}
          </Pages>
        </>
      )}
    </ModuleSheet>
  )
}

const WhatChanged = ({ address, from, to }: { address: string; from: string | undefined; to: string }) =>
  from && (
    <Link to={`/modules/${address}/compare/${from}...${to}`} aria-label={`What changed from ${from} to ${to}`}>
      {`from ${from}`}
    </Link>
  )
