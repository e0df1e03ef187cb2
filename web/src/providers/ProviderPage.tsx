/** What a provider is, at one glance: for which platforms, signed by whom, how it is locked. */
import { providerVersionTemplate } from '@cadastre/contract/provider-pages'
import { question } from '@cadastre/contract/question'
import { pageData } from '../page-data.ts'
import { Answered } from '../ui/Answered.tsx'
import { CommandStrip } from '../ui/CommandStrip.tsx'
import { lockBlock } from './lock-block.ts'
import { PlatformMatrix } from './PlatformMatrix.tsx'
import { ProviderSheet } from './ProviderSheet.tsx'
import { useProviderAddress } from './shown.ts'

export function ProviderPage() {
  const { at } = useProviderAddress()
  return (
    <ProviderSheet>
      {(shown) => (
        <>
          <h2>Platforms</h2>
          <PlatformMatrix platforms={shown.platforms.map(({ platform }) => platform)} />
          <h2>Signing key</h2>
          <p>
            <code>{shown.signingKey.fingerprint}</code>
          </p>
          <h2>Lock file entry</h2>
          <Answered
            to={question(`${providerVersionTemplate}/lock`, {
              path: { ...at.params, version: shown.version } as Record<string, string>,
              // What is usual is not said, so that the answer in the page is the one that is asked for.
              query: { hostname: pageData.host === new URL(pageData.baseUrl).host ? undefined : pageData.host },
            })}
            what="lock file entry"
            rows={4}
          >
            {(lock) => <CommandStrip text={lockBlock(lock)} isHcl what="the lock file entry" />}
          </Answered>
        </>
      )}
    </ProviderSheet>
  )
}
