/** A sheet over the page: it keeps the focus, and gives it back where it was. */
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import styles from './Floating.module.css'

type Props = {
  title: string
  showTitle?: boolean
  first?: RefObject<HTMLElement | null>
  /** false: the focus has gone elsewhere, such as to another page */
  givesBack?: () => boolean
  onClose: () => void
  children: ReactNode
}

export const Floating = ({ title, showTitle = false, first, givesBack = () => true, onClose, children }: Props) => (
  <CSPProvider disableStyleElements>
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} initialFocus={first ?? true} finalFocus={() => givesBack()}>
          <Dialog.Title className={showTitle ? styles.title : 'visually-hidden'}>{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  </CSPProvider>
)

export const FloatingClose = () => <Dialog.Close className={styles.close}>Close</Dialog.Close>
