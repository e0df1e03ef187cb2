/** The versions of a module along a spine: major, minor and patch steps, and what became of each. */
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import { Time } from '../ui/Time.tsx'
import { VersionSpine } from '../ui/VersionSpine.tsx'
import { VersionState } from '../ui/VersionState.tsx'
import { ModuleSheet } from './ModuleSheet.tsx'
import { useModuleAddress } from './shown.ts'

export function VersionsPage() {
  const { address, versions } = useModuleAddress()
  return (
    <ModuleSheet>
      {({ version: current, details }) => (
        <Pages to={versions} what="versions">
          {(items, more) => (
            <>
              <VersionSpine
                versions={items}
                current={current}
                to={(version) => `/modules/${address}/${version}`}
                state={(item) => <VersionState of={item} latest={details.latestVersion} />}
                words={({ version, publishedAt, publishedBy, downloads }, before) => (
                  <>
                    <Time at={publishedAt} />
                    {` by ${publishedBy} · ${downloads} downloads`}
                    {before && (
                      <>
                        {' · '}
                        <Link
                          to={`/modules/${address}/compare/${before.version}...${version}`}
                          aria-label={`What changed from ${before.version} to ${version}`}
                        >
                          what changed
                        </Link>
                      </>
                    )}
                  </>
                )}
              />
              {more}
            </>
          )}
        </Pages>
      )}
    </ModuleSheet>
  )
}
