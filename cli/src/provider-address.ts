/** The address of a provider as it is typed: NAMESPACE/TYPE, or NAMESPACE/TYPE@VERSION for one version of it. */
import { usage } from './exit.ts'

export type ProviderAddress = { namespace: string; type: string }
export type ProviderVersionAddress = ProviderAddress & { version: string }

/** Enough to ask for it; whether such a provider can exist is the registry's to say. */
export function providerAddress(text: string): ProviderAddress {
  if (text.includes('@')) throw usage(`${JSON.stringify(text)} names a version, which has no place here.`)
  const parts = text.split('/')
  const [namespace, type] = parts
  if (parts.length === 2 && namespace && type) return { namespace, type }
  const withHost = parts.length === 3 && parts[0]!.includes('.')
  throw usage(
    `${JSON.stringify(text)} is not the address of a provider: it has two parts, NAMESPACE/TYPE.`,
    withHost ? `Leave out the host and name it with --host ${parts[0]}.` : 'Write it like acme/greeter.',
  )
}

/** @returns with a version where one is named behind `@` */
export function providerOrVersion(text: string): ProviderAddress & { version?: string } {
  const [address, version, ...more] = text.split('@')
  if (version === undefined) return providerAddress(text)
  if (more.length > 0 || version === '') throw usage(`${JSON.stringify(text)} is not NAMESPACE/TYPE@VERSION.`)
  return { ...providerAddress(address!), version: version.replace(/^v/, '') }
}

/** @param flag of --version, where that may name it too */
export function providerVersion(text: string, flag?: string): ProviderVersionAddress {
  const { version, ...address } = providerOrVersion(text)
  if (version !== undefined && flag !== undefined)
    throw usage('The version is named twice, behind @ and by --version.', 'Name it once.')
  const named = version ?? flag?.replace(/^v/, '')
  if (named !== undefined) return { ...address, version: named }
  throw usage(`${text} names no version.`, `Write it like ${text}@1.2.0.`)
}
