/** The version switch of a module: another version opens at the same section. */
import { builderFolder } from '@cadastre/contract/module-pages'
import { useAnswer } from '../api.ts'
import { VersionState } from '../ui/VersionState.tsx'
import { VersionSwitch } from '../ui/VersionSwitch.tsx'
import { sectionPathOf } from './section-path.ts'
import { useModuleAddress } from './shown.ts'

export function ModuleVersionSwitch({ current, latest }: { current: string; latest: string | null }) {
  const { at, address, versions } = useModuleAddress()
  const isBuilder = at.name === 'moduleBuilder'
  const folder = isBuilder && builderFolder(at)
  const query = folder ? `?folder=${encodeURIComponent(folder)}` : ''
  return (
    <VersionSwitch
      current={current}
      versions={useAnswer(versions).data?.items}
      to={(version) => `/modules/${address}/${version}${sectionPathOf(at)}${query}`}
      // There it holds what is filled in.
      keepsHash={isBuilder}
      all={`/modules/${address}/versions`}
      state={(version) => <VersionState of={version} latest={latest} />}
    />
  )
}
