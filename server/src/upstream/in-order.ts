/** Works on several at once, and gives what became of them in their order. */

export async function* inOrder<In, Out>(
  items: AsyncIterable<In>,
  atOnce: number,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const underWay: Promise<Out>[] = []
  let failed: { error: unknown } | undefined
  const source = items[Symbol.asyncIterator]()
  try {
    while (!failed) {
      const next = await source.next().catch((error) => {
        failed = { error }
      })
      if (!next || next.done) break
      const begun = work(next.value)
      // It is waited for in its turn; whoever stops before does not hear of it.
      begun.catch(() => {})
      underWay.push(begun)
      if (underWay.length >= atOnce) yield await underWay.shift()!
    }
    // Also when there will be no more of them because something failed.
    for (const begun of underWay) yield await begun
  } finally {
    await source.return?.()
  }
  if (failed) throw failed.error
}
