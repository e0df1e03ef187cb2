/** What is wrong with the provider or the version that is shown; nothing while all is well. */
import type { providerTemplate } from '@cadastre/contract/provider-pages'
import type { Answer } from '@cadastre/contract/question'
import { Banner } from '../ui/Banner.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import type { ProviderVersion } from './shown.ts'

type Props = { version: ProviderVersion; provider: Answer<typeof providerTemplate> | undefined }

export function ProviderStateBanner({ version, provider }: Props) {
  const latest = provider?.latestVersion
  const newer = latest && latest !== version.version && (
    <ButtonLink small to={`/providers/${version.address}/${latest}`}>
      {`See ${latest}`}
    </ButtonLink>
  )
  if (provider?.deprecation)
    return (
      <Banner tone="attention" title="This provider is deprecated.">
        <p>{provider.deprecation}</p>
      </Banner>
    )
  if (version.state === 'deprecated')
    return (
      <Banner tone="attention" title={`Version ${version.version} is deprecated.`} action={newer}>
        <p>{version.deprecation}</p>
      </Banner>
    )
  if (version.state === 'active') return null
  return <Banner tone="bad" title={`Version ${version.version} is ${version.state}.`} action={newer} />
}
