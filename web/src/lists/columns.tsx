/** The columns that the lists of modules and of providers share. */
import { Badge } from '../ui/Badge.tsx'
import { DownloadsLink } from '../ui/DownloadsLink.tsx'
import { Parcelled } from '../ui/Parcelled.tsx'
import type { Column } from '../ui/Table.tsx'
import { Time } from '../ui/Time.tsx'
import styles from './NarrowList.module.css'

type Listed = {
  address: string
  description: string
  latestVersion: string | null
  latestState: string | null
  latestPublishedAt: string | null
  downloads: number
  /** of a provider as a whole */
  deprecation?: string
}

/** @param below the pages of each: `/modules` */
export const listColumns = <Item extends Listed>(below: string): Column<Item>[] => [
  {
    head: 'Address',
    isName: true,
    share: '2.6fr',
    cell: ({ address }) => <Parcelled address={address} to={`${below}/${address}`} />,
  },
  { head: 'Description', isWide: true, share: '4.2fr', cell: ({ description }) => description || null },
  {
    head: 'Latest',
    share: '1.4fr',
    cell: ({ latestVersion, latestState, deprecation }) =>
      (latestVersion || deprecation) && (
        <span className={styles.latest}>
          {latestVersion && <code>{latestVersion}</code>}
          {(deprecation || latestState === 'deprecated') && <Badge tone="attention">deprecated</Badge>}
        </span>
      ),
  },
  { head: 'Released', cell: ({ latestPublishedAt }) => latestPublishedAt && <Time at={latestPublishedAt} /> },
  {
    head: 'Downloads',
    isNumber: true,
    cell: ({ address, downloads }) => <DownloadsLink downloads={downloads} to={`${below}/${address}/versions`} />,
  },
]
