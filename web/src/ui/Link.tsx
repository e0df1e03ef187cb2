/** A link: to a page of ours without loading anew, to elsewhere as links are. */
import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { pageData } from '../page-data.ts'

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  /** an address below the registry, such as `/modules`, or a whole one */
  to: string
  /** what stands behind the `#` of this page goes along */
  keepsHash?: boolean
  ref?: React.Ref<HTMLAnchorElement>
}

export function Link({ to, keepsHash = false, onClick, onMouseEnter, onFocus, ...rest }: Props) {
  const router = useRouter()
  const isOurs = /^\/(?![/\\])/.test(to)
  const ours = `${pageData.basePath}${to}`
  // What publishers call their source may be anything, and is no link unless it leads to a site.
  const elsewhere = /^https?:\/\//i.test(to) ? to : undefined
  const preload = () => {
    if (isOurs) router.preloadRoute({ to: to.split(/[?#]/)[0] as string }).catch(() => {})
  }

  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !isOurs || !isPlain || rest.target || rest.download !== undefined) return
    event.preventDefault()
    router.history.push(keepsHash ? `${ours}${location.hash}` : ours)
  }

  return (
    <a
      {...rest}
      href={isOurs ? ours : elsewhere}
      onClick={follow}
      onMouseEnter={(event) => {
        onMouseEnter?.(event)
        preload()
      }}
      onFocus={(event) => {
        onFocus?.(event)
        preload()
      }}
    />
  )
}
