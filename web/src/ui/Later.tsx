/** A large part that the first paint does without: its place is kept, and when it cannot be loaded that is said there. */
import { Component, type ReactNode, Suspense } from 'react'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'
import styles from './Later.module.css'

/** @param isLow what will stand there is a sentence below its controls */
type Props = { what: string; isLow?: boolean; children: ReactNode }

export const Later = ({ what, isLow = false, children }: Props) => (
  <div className={isLow ? styles.low : styles.place}>
    <Unloaded what={what}>
      <Suspense
        fallback={
          <p className="visually-hidden" data-loading>
            Loading {what}.
          </p>
        }
      >
        {children}
      </Suspense>
    </Unloaded>
  </div>
)

class Unloaded extends Component<Omit<Props, 'isLow'>, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError = () => ({ failed: true })
  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <EmptyState
        title={`The ${this.props.what} could not be loaded`}
        action={<Button onClick={() => location.reload()}>Load the page again</Button>}
      >
        The rest of the page is whole. The registry may have been updated, or the network is gone.
      </EmptyState>
    )
  }
}
