/** What could not be read, with file and line, beside all that could. */
import { Banner } from '../ui/Banner.tsx'
import { Link } from '../ui/Link.tsx'
import type { Details } from './shown.ts'

type Diagnostic = Details['diagnostics'][number]
type Props = { of: Diagnostic[]; base: string }

const maxShown = 20

export function Diagnostics({ of, base }: Props) {
  if (of.length === 0) return null
  const errors = of.filter(({ severity }) => severity === 'error').length
  return (
    <Banner
      tone={errors > 0 ? 'attention' : 'info'}
      title={errors > 0 ? 'Parts of this module could not be read' : 'Notes on how this module was read'}
    >
      <ul>
        {of.slice(0, maxShown).map(({ message, file, line, column }) => (
          <li key={`${file}:${line}:${column}:${message}`}>
            {file && (
              <>
                <Link to={`${base}/files/${encodePath(file)}#L${line}`}>
                  <code>{`${file}:${line}`}</code>
                </Link>{' '}
              </>
            )}
            {message}
          </li>
        ))}
      </ul>
      {of.length > maxShown && <p>{`and ${of.length - maxShown} more`}</p>}
    </Banner>
  )
}

/** Those of one folder; what belongs to none that was read is said of the root. */
export function diagnosticsIn({ diagnostics, folders }: Details, folder: string): Diagnostic[] {
  const read = new Set(folders.map(({ path }) => path))
  return diagnostics.filter(({ file }) => {
    const own = file.slice(0, Math.max(0, file.lastIndexOf('/')))
    return (read.has(own) ? own : '') === folder
  })
}

/** A path inside an archive as part of an address. */
export const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/')
