/** The name of a catalogued registry, as its addresses carry it. */
import { ProviderHostname } from '@cadastre/contract/providers'
import { Refusal } from '../foundation/refusal.ts'

/** @throws invalid: no host name, or the name that our own artefacts have in the database */
export function catalogueHostname(text: string): string {
  const hostname = text.toLowerCase()
  if (ProviderHostname.safeParse(hostname).success && hostname.includes('.')) return hostname
  throw new Refusal(
    'invalid',
    'hostname-invalid',
    `${JSON.stringify(text.slice(0, 100))} is no host name that a public registry could be known by.`,
    'Give it as in addresses, such as registry.opentofu.org.',
  )
}

export const notCatalogued = (hostname: string) =>
  new Refusal(
    'not-found',
    'registry-not-catalogued',
    `No registry ${hostname} was imported.`,
    'Import it first: cadastre registry import SOURCE --hostname HOSTNAME',
  )
