/** Where a hit leads. */
import type { Answer } from './question.ts'

export type Hit = Answer<'/api/v1/search'>['items'][number]

export function pageOf({ kind, hostname, namespace, name, system }: Hit): string {
  const address = [namespace, name, system].filter((part) => part !== null).join('/')
  if (hostname !== null) return `/mirror/${hostname}/${address}`
  return kind === 'module' ? `/modules/${address}` : `/providers/${address}`
}
