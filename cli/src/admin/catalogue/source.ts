/** A registry in the catalogue, as commands show it. */
import type { components } from '@cadastre/contract/openapi.gen'
import type { Cell } from '../../report.ts'

export type CatalogueSource = components['schemas']['CatalogueSource']

/** A line for the registry, and one for each namespace that is seen otherwise. */
export const rowsOf = ({ hostname, kind, address, visibility, namespaces, importedAt }: CatalogueSource): Cell[][] => [
  [hostname, '*', visibility, kind, importedAt, address],
  ...namespaces.map((space): Cell[] => [hostname, space.namespace, space.visibility, '', '', '']),
]
