/** What is wrong with the version that is shown; nothing while all is well. */
import { Banner } from '../ui/Banner.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import type { Details } from './shown.ts'

export function StateBanner({ details }: { details: Details }) {
  const { address, version, state, latestVersion, isLatest } = details
  const newer = !isLatest && latestVersion !== null && (
    <ButtonLink small to={`/modules/${address}/${latestVersion}`}>
      {`See ${latestVersion}`}
    </ButtonLink>
  )
  if (state === 'revoked')
    return <Banner tone="bad" title={`Version ${version} is revoked: it cannot be installed.`} action={newer} />
  if (state === 'deleted')
    return <Banner tone="bad" title={`Version ${version} is deleted. It can be restored for 30 days.`} action={newer} />
  if (state === 'deprecated')
    return <Banner tone="attention" title={`Version ${version} is deprecated.`} action={newer} />
  if (newer && majorOf(latestVersion) > majorOf(version))
    return <Banner tone="info" title={`There is a newer major version: ${latestVersion}.`} action={newer} />
  return null
}

const majorOf = (version: string | null) => Number.parseInt(version ?? '0', 10)
