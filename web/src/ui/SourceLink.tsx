/** Where code lies, as a link: it breaks at its slashes. */
import { sourceText } from '@cadastre/contract/source-address'
import { Link } from './Link.tsx'
import { wrapping } from './TitleBlock.tsx'

type Props = {
  /** of the version; null: it does not say */
  source: { url: string; commit: string | null; folder: string; page: string } | null
  /** what another version said, where this one does not */
  otherwise: { url: string; version: string | null } | null
}

export function SourceLink({ source, otherwise }: Props) {
  // The commit stays behind its @.
  if (source) return <Link to={source.page}>{wrapping(sourceText(source).replace(' @ ', ' @\u00a0'))}</Link>
  if (otherwise === null) return null
  return (
    <>
      <Link to={otherwise.url}>{wrapping(sourceText({ url: otherwise.url, commit: null, folder: '' }))}</Link>
      {otherwise.version && ` as of ${otherwise.version}`}
    </>
  )
}
