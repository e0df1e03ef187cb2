/** How often something was downloaded; it leads to how that went over time. */

import { asCount } from './in-words.ts'
import { Link } from './Link.tsx'

/** @param to the page of its versions, where downloads are drawn */
export function DownloadsLink({ downloads, to }: { downloads: number; to: string }) {
  const count = asCount(downloads)
  return (
    <Link to={to} aria-label={`${count} ${downloads === 1 ? 'download' : 'downloads'}, over time`}>
      {count}
    </Link>
  )
}
