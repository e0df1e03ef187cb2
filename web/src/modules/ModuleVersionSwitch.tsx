/** The version switch of a module: another version opens at the same section. */
import { useAnswer } from '../api.ts'
import { VersionState } from '../ui/VersionState.tsx'
import { VersionSwitch } from '../ui/VersionSwitch.tsx'
import { sectionPathOf } from './section-path.ts'
import { useModuleAddress } from './shown.ts'

export function ModuleVersionSwitch({ current, latest }: { current: string; latest: string | null }) {
  const { at, address, versions } = useModuleAddress()
  return (
    <VersionSwitch
      current={current}
      versions={useAnswer(versions).data?.items}
      to={(version) => `/modules/${address}/${version}${sectionPathOf(at)}`}
      all={`/modules/${address}/versions`}
      state={(version) => <VersionState of={version} latest={latest} />}
    />
  )
}
