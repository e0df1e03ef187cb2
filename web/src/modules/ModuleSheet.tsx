/** The sheet that every section of a module stands on: title block, sections at left, usage at right. */
import { versionTemplate } from '@cadastre/contract/module-pages'
import type { PageName } from '@cadastre/contract/pages'
import { question } from '@cadastre/contract/question'
import type { ReactNode } from 'react'
import { NotFound } from '../shell/NotFound.tsx'
import { Answered } from '../ui/Answered.tsx'
import { Breadcrumb } from '../ui/Breadcrumb.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SectionNav } from '../ui/SectionNav.tsx'
import styles from '../ui/Sheet.module.css'
import { SheetFrame } from '../ui/SheetFrame.tsx'
import { TitleBlock } from '../ui/TitleBlock.tsx'
import { Diagnostics, diagnosticsIn } from './Diagnostics.tsx'
import { ModuleVersionSwitch } from './ModuleVersionSwitch.tsx'
import { cellsOf } from './module-cells.tsx'
import { sectionsOf } from './module-sections.ts'
import { StateBanner } from './StateBanner.tsx'
import { type Details, type Shown, useModuleAddress } from './shown.ts'
import { UsageRail } from './UsageRail.tsx'
import { useModuleKeys } from './use-module-keys.ts'

type Props = {
  folder?: string
  /** the section has the block that uses the module itself, and all of the width */
  hasOwnBlock?: boolean
  children: (shown: Shown) => ReactNode
}

export function ModuleSheet({ folder = '', hasOwnBlock = false, children }: Props) {
  const { at, first, address, versionIn } = useModuleAddress()
  return (
    <Answered to={first} what="module" missing={<NotFound />}>
      {(answer) => {
        const version = versionIn(answer)
        if (!version) return <NoVersion address={address} />
        const path = { ...at.params, version } as Record<string, string>
        return (
          <Answered to={question(versionTemplate, { path })} what="version" missing={<NotFound />}>
            {(details) => (
              <Sheet details={details} path={path} folder={folder} hasOwnBlock={hasOwnBlock} render={children} />
            )}
          </Answered>
        )
      }}
    </Answered>
  )
}

type SheetProps = {
  details: Details
  path: Record<string, string>
  folder: string
  hasOwnBlock: boolean
  render: Props['children']
}

function Sheet({ details, path, folder, hasOwnBlock, render }: SheetProps) {
  const { at, base } = useModuleAddress()
  const [namespace = ''] = details.address.split('/')
  const { inspection } = details
  const isShown = inspection === 'done' || withoutReading.has(at.name)
  const hasRail = !hasOwnBlock || !isShown
  useModuleKeys(details)
  return (
    <SheetFrame title={`${details.address} ${details.version}`} path={`/modules/${details.address}/${details.version}`}>
      <TitleBlock
        above={
          <Breadcrumb
            crumbs={[
              { label: 'Modules', to: '/modules' },
              { label: namespace, to: `/namespaces/${namespace}` },
              ...(folder ? [{ label: details.address, to: base }, { label: folder }] : [{ label: details.address }]),
            ]}
          />
        }
        address={folder ? `${details.address}//${folder}` : details.address}
        beside={<ModuleVersionSwitch current={details.version} latest={details.latestVersion} />}
        description={details.description || details.folders.find(({ path }) => path === folder)?.description}
        cells={cellsOf(details)}
      />
      <StateBanner details={details} />
      <div className={hasRail ? styles.sheet : styles.wide}>
        <div className={styles.sections}>
          <SectionNav label="Sections" sections={sectionsOf(details, base, at.name)} />
        </div>
        <div className={styles.content}>
          {at.name !== 'moduleFile' && <Diagnostics of={diagnosticsIn(details, folder)} base={base} />}
          {isShown ? (
            render({ details, version: details.version, path, base, folder })
          ) : (
            <NotRead inspection={inspection} />
          )}
        </div>
        {hasRail && (
          <aside className={styles.rail} id="use" aria-label="Use this module" tabIndex={-1}>
            <UsageRail details={details} path={path} folder={at.name === 'moduleExample' ? '' : folder} />
          </aside>
        )}
      </div>
    </SheetFrame>
  )
}

/** Sections that know what they show although nobody has read the version. */
const withoutReading = new Set<PageName | undefined>(['moduleVersions', 'moduleFile'])

const NotRead = ({ inspection }: { inspection: 'waiting' | 'failed' }) =>
  inspection === 'waiting' ? (
    <EmptyState title="This version has not been read yet">
      Its README, inputs, outputs and resources appear here once it was. Nothing is known of it until then.
    </EmptyState>
  ) : (
    <EmptyState title="Not read">
      The registry could not read this version, so its README, inputs, outputs, requirements and resources are not
      known. That does not mean that it has none.
    </EmptyState>
  )

const NoVersion = ({ address }: { address: string }) => (
  <>
    <TitleBlock address={address} />
    <EmptyState title="No version yet" command={`cadastre publish module . --address ${address} --version 1.0.0`}>
      The module has no version that is listed.
    </EmptyState>
  </>
)
