/** The sheet of administration: its own list of pages at left, of which exactly one is shown. */
import type { ScopeName } from '@cadastre/contract/scope-names'
import { holdsAny } from '../shell/rights.ts'
import { SectionedSheet, type SheetProps } from '../shell/SectionedSheet.tsx'

const sections: { to: string; label: string; needs: readonly ScopeName[] }[] = [
  { to: '/admin', label: 'Overview', needs: ['users:read', 'organizations:write', 'audit:read', 'mirrors:manage'] },
  { to: '/admin/people', label: 'People', needs: ['users:read', 'users:write'] },
  { to: '/admin/organizations', label: 'Organizations', needs: ['organizations:read', 'organizations:write'] },
  { to: '/admin/jobs', label: 'Imports and jobs', needs: ['mirrors:manage'] },
  { to: '/admin/audit', label: 'Audit', needs: ['audit:read'] },
]

export const AdminSheet = (props: SheetProps) => (
  <SectionedSheet
    {...props}
    label="Administration"
    root="/admin"
    sections={sections.filter(({ needs }) => holdsAny(needs))}
  />
)
