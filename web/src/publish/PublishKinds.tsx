/** What can be published by hand. */
import { SectionNav } from '../ui/SectionNav.tsx'
import sheet from '../ui/Sheet.module.css'

export const PublishKinds = ({ current }: { current: 'module' | 'provider' }) => (
  <div className={sheet.sections}>
    <SectionNav
      label="Publish"
      sections={[
        { to: '/publish/module', label: 'Module', isCurrent: current === 'module' },
        { to: '/publish/provider', label: 'Provider', isCurrent: current === 'provider' },
      ]}
    />
  </div>
)
