/** The sheet of the reader's own pages. */
import { SectionedSheet, type SheetProps } from '../shell/SectionedSheet.tsx'

const sections = [
  { to: '/me', label: 'Account' },
  { to: '/me/tokens', label: 'Tokens' },
  { to: '/me/sessions', label: 'Sessions' },
]

export const AccountSheet = (props: SheetProps) => (
  <SectionedSheet {...props} label="Your pages" root="/me" sections={sections} />
)
