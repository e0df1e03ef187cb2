/** The sheet of the reader's own pages. */
import type { ReactNode } from 'react'
import { useAt } from '../at.ts'
import { SectionNav } from '../ui/SectionNav.tsx'
import sheet from '../ui/Sheet.module.css'
import { TitleBlock } from '../ui/TitleBlock.tsx'

const sections = [
  { to: '/me', label: 'Account' },
  { to: '/me/tokens', label: 'Tokens' },
  { to: '/me/sessions', label: 'Sessions' },
]

export function AccountSheet({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  const { pathname } = useAt()
  return (
    <>
      <TitleBlock address={title} isCode={false} action={action} />
      <div className={sheet.wide}>
        <div className={sheet.sections}>
          <SectionNav
            label="Your pages"
            sections={sections.map(({ to, label }) => ({
              to,
              label,
              isCurrent: pathname === to || (to !== '/me' && pathname.startsWith(`${to}/`)),
            }))}
          />
        </div>
        <div className={sheet.content}>{children}</div>
      </div>
    </>
  )
}
