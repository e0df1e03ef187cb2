/** How to use a provider: its requirement, and what a lock file says of it. */
import { pageData } from '../page-data.ts'
import { Banner } from '../ui/Banner.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { pinOf } from '../ui/pin.ts'
import styles from './ProviderUse.module.css'
import type { ProviderVersion } from './shown.ts'

export function ProviderUse({ shown }: { shown: ProviderVersion }) {
  const [, type = ''] = shown.address.split('/')
  const block = `terraform {
  required_providers {
    ${type} = {
      source  = "${pageData.host}/${shown.address}"
      version = "${pinOf(shown.version)}"
    }
  }
}`
  return (
    <section className={styles.use}>
      <h2 className={styles.title}>Use</h2>
      <CommandStrip text={block} isHcl what="the usage block" hint="y" />
      <Banner tone="info" title="Lock file">
        <p>
          <code>terraform providers lock</code> records the checksums of every platform you name; the platforms page has
          them all.
        </p>
      </Banner>
    </section>
  )
}
