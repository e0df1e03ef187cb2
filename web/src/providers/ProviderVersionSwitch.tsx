/** The version switch of a provider: another version opens at the same section. */
import { useAnswer } from '../api.ts'
import { VersionState } from '../ui/VersionState.tsx'
import { VersionSwitch } from '../ui/VersionSwitch.tsx'
import { useProviderAddress } from './shown.ts'

const suffixes: Partial<Record<string, string>> = { providerPlatforms: '/platforms', providerVersions: '/versions' }

export function ProviderVersionSwitch({ current, latest }: { current: string; latest: string | null }) {
  const { at, address, versions } = useProviderAddress()
  return (
    <VersionSwitch
      current={current}
      versions={useAnswer(versions).data?.items}
      to={(version) => `/providers/${address}/${version}${suffixes[at.name ?? ''] ?? ''}`}
      all={`/providers/${address}/versions`}
      state={(version) => <VersionState of={version} latest={latest} />}
    />
  )
}
