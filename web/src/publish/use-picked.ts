/** What the reader chose, and how far it was looked through: that may take a while, and can be given up. */
import { useEffect, useRef, useState } from 'react'
import { droppedFiles, type Picked, pickedFiles } from './picked-files.ts'
import type { Looking, Patience } from './sorted-aside.ts'

const unread = 'Some of it could not be read: it was moved or changed meanwhile. Choose it again.'

/** @param onPicked is told what was chosen, when it was looked through */
export function usePicked(onPicked: (picked: Picked) => void) {
  const [picked, setPicked] = useState<Picked>()
  const [looking, setLooking] = useState<Looking>()
  const current = useRef<AbortController>(undefined)
  useEffect(() => () => current.current?.abort(), [])

  async function look(pick: (patience: Patience) => Promise<Picked | undefined>) {
    current.current?.abort()
    const mine = new AbortController()
    current.current = mine
    setPicked(undefined)
    const found = await pick({
      signal: mine.signal,
      onProgress: (looking) => !mine.signal.aborted && setLooking(looking),
    }).catch((): Picked => ({ kind: 'unusable', name: '', wrong: unread }))
    if (mine.signal.aborted) return
    setLooking(undefined)
    setPicked(found)
    if (found) onPicked(found)
  }

  return {
    picked,
    looking,
    choose: (files: File[]) => void look((patience) => pickedFiles(files, patience)),
    drop: (items: DataTransferItemList) => void look((patience) => droppedFiles(items, patience)),
    giveUp: () => {
      current.current?.abort()
      setLooking(undefined)
    },
  }
}
