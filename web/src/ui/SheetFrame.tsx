/** The frame of a drawing: a hairline with a short tick at each corner and in the middle of each edge. Nothing inside depends on it. */
import type { ReactNode } from 'react'
import { pageData } from '../page-data.ts'
import styles from './SheetFrame.module.css'
import { exactly } from './Time.tsx'

type Props = {
  /** what is on the sheet, e.g. `platform/vpc/aws 5.2.1`: it stands below it on paper, with the day and where it lies */
  title: string
  /** of the page, below the registry's own address */
  path: string
  children: ReactNode
}

export const SheetFrame = ({ title, path, children }: Props) => (
  <div className={styles.frame}>
    {children}
    <p className={styles.onPaper}>
      {title} · {exactly(new Date())} · {pageData.baseUrl}
      {path}
    </p>
  </div>
)
