/** The sheet of administration: its own list of pages at left, of which exactly one is shown. */
import type { ScopeName } from '@cadastre/contract/scope-names'
import type { ReactNode } from 'react'
import { useAt } from '../at.ts'
import { holdsAny } from '../shell/rights.ts'
import { SectionNav } from '../ui/SectionNav.tsx'
import sheet from '../ui/Sheet.module.css'
import { TitleBlock } from '../ui/TitleBlock.tsx'

const sections: { to: string; label: string; needs: readonly ScopeName[] }[] = [
  { to: '/admin', label: 'Overview', needs: ['users:read', 'organizations:write', 'audit:read', 'mirrors:manage'] },
  { to: '/admin/people', label: 'People', needs: ['users:read', 'users:write'] },
  { to: '/admin/organizations', label: 'Organizations', needs: ['organizations:read', 'organizations:write'] },
  { to: '/admin/jobs', label: 'Imports and jobs', needs: ['mirrors:manage'] },
  { to: '/admin/audit', label: 'Audit', needs: ['audit:read'] },
]

type Props = { title: string; action?: ReactNode; children: ReactNode }

export function AdminSheet({ title, action, children }: Props) {
  const { pathname } = useAt()
  return (
    <>
      <TitleBlock address={title} isCode={false} action={action} />
      <div className={sheet.wide}>
        <div className={sheet.sections}>
          <SectionNav
            label="Administration"
            sections={sections
              .filter(({ needs }) => holdsAny(needs))
              .map(({ to, label }) => ({
                to,
                label,
                isCurrent: pathname === to || (to !== '/admin' && pathname.startsWith(`${to}/`)),
              }))}
          />
        </div>
        <div className={sheet.content}>{children}</div>
      </div>
    </>
  )
}
