/** The commit that a version in a list was made of, if it says so. */
import { shortCommit } from '@cadastre/contract/source-address'
import { Link } from './Link.tsx'

export const CommitLink = ({ source }: { source: { commit: string | null; page: string } | null }) =>
  source?.commit && (
    <Link to={source.page} aria-label={`commit ${shortCommit(source.commit)}`}>
      <code>{shortCommit(source.commit)}</code>
    </Link>
  )
