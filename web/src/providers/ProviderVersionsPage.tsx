/** The versions of a provider along a spine. */
import { useAnswer } from '../api.ts'
import { CommitLink } from '../ui/CommitLink.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Time } from '../ui/Time.tsx'
import { VersionSpine } from '../ui/VersionSpine.tsx'
import { VersionState } from '../ui/VersionState.tsx'
import { ProviderSheet } from './ProviderSheet.tsx'
import { useProviderAddress } from './shown.ts'

export function ProviderVersionsPage() {
  const { address, versions, provider } = useProviderAddress()
  const latest = useAnswer(provider).data?.latestVersion
  return (
    <ProviderSheet>
      {({ version: current }) => (
        <Pages to={versions} what="versions">
          {(items, more) => (
            <>
              <VersionSpine
                versions={items}
                current={current}
                to={(version) => `/providers/${address}/${version}`}
                state={(item) => <VersionState of={item} latest={latest} />}
                words={({ publishedAt, publishedBy, platforms, source }) => (
                  <>
                    <Time at={publishedAt} /> <span>by {publishedBy}</span>
                    {' · '}
                    <span>{platforms.length === 1 ? '1 platform' : `${platforms.length} platforms`}</span>
                    <CommitLink source={source} />
                  </>
                )}
              />
              {more}
            </>
          )}
        </Pages>
      )}
    </ProviderSheet>
  )
}
