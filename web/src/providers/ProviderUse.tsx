/** How to use a provider: its requirement, and what a lock file says of it. */
import { providerBlock } from '@cadastre/contract/provider-block'
import { pageData } from '../page-data.ts'
import { Banner } from '../ui/Banner.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import styles from './ProviderUse.module.css'
import type { ProviderVersion } from './shown.ts'

export function ProviderUse({ shown }: { shown: ProviderVersion }) {
  return (
    <section className={styles.use}>
      <h2 className={styles.title}>Use</h2>
      <CommandStrip
        text={providerBlock(pageData.host, shown.address, shown.version)}
        isHcl
        what="the usage block"
        hint="y"
      />
      <Banner tone="info" title="Lock file">
        <p>
          <code>terraform providers lock</code> records the checksums of every platform you name; the platforms page has
          them all.
        </p>
      </Banner>
    </section>
  )
}
