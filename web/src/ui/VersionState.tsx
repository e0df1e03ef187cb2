/** What is to be said of a version beside its number; nothing of one that is as any other. */
import { Badge } from './Badge.tsx'

type Props = { of: { version: string; state: string }; latest?: string | null }

export function VersionState({ of: { version, state }, latest }: Props) {
  if (state === 'revoked') return <Badge tone="bad">revoked</Badge>
  if (state === 'deleted') return <Badge tone="bad">deleted</Badge>
  if (state === 'deprecated') return <Badge tone="attention">deprecated</Badge>
  if (version.includes('-')) return <Badge>pre-release</Badge>
  if (version === latest) return <Badge tone="good">latest</Badge>
  return null
}
