/** Keys on the pages of a module: copy the block, choose a version, older, newer, what changed in it. */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useAnswer } from '../api.ts'
import { pageData } from '../page-data.ts'
import { onShortcut } from '../shell/on-shortcut.ts'
import { copyText } from '../ui/CopyButton.tsx'
import { announce } from '../ui/LiveRegion.tsx'
import { sectionPathOf } from './section-path.ts'
import { type Details, useModuleAddress } from './shown.ts'

export function useModuleKeys({ version }: Details): void {
  const router = useRouter()
  const { at, address, versions } = useModuleAddress()
  const { data } = useAnswer(versions)

  useEffect(() => {
    const listed = data?.items.map((item) => item.version) ?? []
    const place = listed.indexOf(version)
    const go = (to: string | undefined) => {
      if (to) router.history.push(`${pageData.basePath}/modules/${address}/${to}${sectionPathOf(at)}`)
    }
    return onShortcut({
      y: () => {
        const block = document.querySelector('#use pre')?.textContent
        if (block) void copyText(block).then(() => announce('Copied the usage block'))
      },
      v: () => {
        const chooser = document.getElementById('version-switch') as HTMLDetailsElement | null
        if (chooser) chooser.open = true
      },
      c: () => {
        const before = place < 0 ? undefined : listed[place + 1]
        if (before) router.history.push(`${pageData.basePath}/modules/${address}/compare/${before}...${version}`)
      },
      t: () => document.getElementById('part-filter')?.focus(),
      '[': () => go(place < 0 ? undefined : listed[place + 1]),
      ']': () => go(place < 1 ? undefined : listed[place - 1]),
    })
  }, [router, at, address, data, version])
}
