/** The cells of a module's title block. */
import { Link } from '../ui/Link.tsx'
import { SourceLink } from '../ui/SourceLink.tsx'
import { sizeInWords } from '../ui/size.ts'
import { Time } from '../ui/Time.tsx'
import type { Cell } from '../ui/TitleBlock.tsx'
import { encodePath } from './Diagnostics.tsx'
import type { Details } from './shown.ts'

export function cellsOf(details: Details): Cell[] {
  const [namespace = ''] = details.address.split('/')
  const base = `/modules/${details.address}/${details.version}`
  const isRead = details.inspection === 'done'
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
    { label: 'Licence', value: <Licence of={details} base={base} /> },
    {
      label: 'Requires',
      value: (
        <Link to={`${base}/requirements`}>
          {details.requiredVersion ? <code>{details.requiredVersion}</code> : isRead ? 'any version' : 'not read'}
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

function Licence({ of: { licence, licenceFile, inspection }, base }: { of: Details; base: string }) {
  if (inspection !== 'done') return 'not read'
  if (licenceFile === null) return 'none'
  return <Link to={`${base}/files/${encodePath(licenceFile)}`}>{licence ?? 'not recognised'}</Link>
}
