/** The part of an address behind the version, so that another version opens at the same place. */
import type { Here } from '../at.ts'

export function sectionPathOf({ pathname, params }: Here): string {
  const head = `/modules/${params.namespace}/${params.name}/${params.system}`
  const behind = decodeURI(pathname).slice(head.length)
  return params.version && behind.startsWith(`/${params.version}`) ? behind.slice(params.version.length + 1) : behind
}
