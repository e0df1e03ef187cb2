/** How large the archive of a module may be as it is sent. */
import type { App } from '../foundation/app.ts'
import type { SizeLimit } from '../foundation/http/receive.ts'
import { Refusal } from '../foundation/refusal.ts'

export function sizeLimit(app: App): SizeLimit {
  const maxBytes = app.config.publish.max_module_bytes
  return { maxBytes, tooLarge: () => archiveTooLarge(maxBytes) }
}

const archiveTooLarge = (maxBytes: number) =>
  new Refusal(
    'too-large',
    'archive-too-large',
    `The archive is larger than the ${Math.floor(maxBytes / 1_000_000)} MB that this registry accepts.`,
    'Leave out what the module does not need (.terraformignore), or ask for a larger publish.max_module_bytes.',
  )
