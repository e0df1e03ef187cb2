/** Files by dropping them, or by choosing them: both ways do the same. */
import { type ReactNode, useId, useState } from 'react'
import styles from './FileDrop.module.css'

type Props = {
  label: string
  children: ReactNode
  isFolder?: boolean
  accept?: string
  onChoose: (files: File[]) => void
  onDrop: (items: DataTransferItemList) => void
}

export function FileDrop({ label, children, isFolder = false, accept, onChoose, onDrop }: Props) {
  const id = useId()
  const [isOver, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is beside the field that does the same
    <div
      className={isOver ? styles.over : styles.drop}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onDrop(event.dataTransfer.items)
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={isFolder}
        {...(isFolder ? { webkitdirectory: '' } : {})}
        // What is chosen again, as after a change to it, counts as chosen.
        onClick={({ currentTarget }) => {
          currentTarget.value = ''
        }}
        onChange={({ target }) => onChoose([...(target.files ?? [])])}
      />
      <p>{children}</p>
    </div>
  )
}
