/** A sheet with its own list of pages at left, of which exactly one is shown. */
import type { ReactNode } from 'react'
import { useAt } from '../at.ts'
import { SectionNav } from '../ui/SectionNav.tsx'
import sheet from '../ui/Sheet.module.css'
import { TitleBlock } from '../ui/TitleBlock.tsx'

export type SheetProps = { title: string; action?: ReactNode; children: ReactNode }

type Props = SheetProps & {
  label: string
  /** the address above all sections, which is one itself */
  root: string
  sections: { to: string; label: string }[]
}

export function SectionedSheet({ title, action, label, root, sections, children }: Props) {
  const { pathname } = useAt()
  return (
    <>
      <TitleBlock address={title} isCode={false} action={action} />
      <div className={sheet.wide}>
        <div className={sheet.sections}>
          <SectionNav
            label={label}
            sections={sections.map(({ to, label }) => ({
              to,
              label,
              isCurrent: pathname === to || (to !== root && pathname.startsWith(`${to}/`)),
            }))}
          />
        </div>
        <div className={sheet.content}>{children}</div>
      </div>
    </>
  )
}
