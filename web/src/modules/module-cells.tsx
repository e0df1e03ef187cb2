/** The cells of a module's title block. */

import { Link } from '../ui/Link.tsx'
import { SourceLink } from '../ui/SourceLink.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Time } from '../ui/Time.tsx'
import type { Cell } from '../ui/TitleBlock.tsx'
import type { Details } from './shown.ts'

export function cellsOf(details: Details): Cell[] {
  const [namespace = ''] = details.address.split('/')
  const base = `/modules/${details.address}/${details.version}`
  const cells: (Cell | false)[] = [
    { label: 'Owner', value: <Link to={`/namespaces/${namespace}`}>{details.owner}</Link> },
    details.sourceUrl !== null && {
      label: 'Source',
      value: (
        <SourceLink source={details.source} otherwise={{ url: details.sourceUrl, version: details.sourceVersion }} />
      ),
    },
    {
      label: 'Published',
      value: (
        <Link to={`/modules/${details.address}/versions`}>
          <Time at={details.publishedAt} both />
        </Link>
      ),
    },
    { label: 'Licence', value: <Link to={`${base}/files`}>{details.licence ?? 'not recognised'}</Link> },
    {
      label: 'Requires',
      value: (
        <Link to={`${base}/requirements`}>
          {details.requiredVersion ? <code>{details.requiredVersion}</code> : 'any version'}
        </Link>
      ),
    },
    details.sizeBytes !== null && {
      label: 'Size',
      value: <Link to={`${base}/files`}>{sizeInWords(details.sizeBytes)}</Link>,
    },
  ]
  return cells.filter((cell) => cell !== false)
}
