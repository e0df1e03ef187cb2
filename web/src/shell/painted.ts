/** Whether something of the page was seen: what is large or only adds to it is asked for then. */
import { useEffect, useState } from 'react'

export function usePainted(): boolean {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => afterPaint(() => setPainted(true)), [])
  return isPainted
}

/** @returns what takes it back */
function afterPaint(then: () => void): () => void {
  // Frames are begun before others are seen, and letters that are still loading are not painted: the browser knows.
  if (PerformanceObserver.supportedEntryTypes?.includes('paint')) {
    const observer = new PerformanceObserver((seen) => {
      if (seen.getEntriesByName('first-contentful-paint').length > 0) then()
    })
    observer.observe({ type: 'paint', buffered: true })
    return () => observer.disconnect()
  }
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(then)
  })
  return () => cancelAnimationFrame(frame)
}
