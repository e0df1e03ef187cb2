/** The frame of a drawing: a hairline with a short tick at each corner and in the middle of each edge. Nothing inside depends on it. */
import type { ReactNode } from 'react'
import styles from './SheetFrame.module.css'

export const SheetFrame = ({ children }: { children: ReactNode }) => <div className={styles.frame}>{children}</div>
