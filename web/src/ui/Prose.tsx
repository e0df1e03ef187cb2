/** Text that the registry rendered from Markdown; links to our own pages do not load them anew. */
import { useRouter, useRouterState } from '@tanstack/react-router'
import { type MouseEvent, useEffect } from 'react'
import { pageData } from '../page-data.ts'
import styles from './Prose.module.css'

export function Prose({ html }: { html: string }) {
  const router = useRouter()
  const hash = useRouterState({ select: ({ location }) => location.hash })
  // Ids of what others wrote have a prefix, and whoever points to a section writes its name.
  useEffect(() => {
    if (html && hash && !document.getElementById(hash))
      document.getElementById(`user-content-${hash.toLowerCase()}`)?.scrollIntoView()
  }, [hash, html])

  function follow(event: MouseEvent<HTMLElement>) {
    const link = (event.target as Element).closest('a')
    const href = link?.getAttribute('href')
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!link || !href?.startsWith(`${pageData.basePath}/`) || href.startsWith('//') || link.target || !isPlain) return
    if (href.startsWith(`${pageData.basePath}/api/`)) return
    event.preventDefault()
    router.history.push(href)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: it is the links inside that are followed, by key as well
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and cleaned by the registry when it was published
    <div className={styles.prose} onClick={follow} dangerouslySetInnerHTML={{ __html: html }} />
  )
}
