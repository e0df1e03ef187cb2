/** A value once it has not changed for a moment: not every letter, nor every row that is passed, is a question. */
import { useEffect, useState } from 'react'

export function useSettled<Value>(value: Value, settledMs: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(value), settledMs)
    return () => clearTimeout(waiting)
  }, [value, settledMs])
  return settled
}
