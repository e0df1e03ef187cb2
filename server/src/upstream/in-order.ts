/** Works on several at once, and gives what became of them in their order. */
export async function* inOrder<In, Out>(
  items: AsyncIterable<In>,
  atOnce: number,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const underWay: Promise<Out>[] = []
  for await (const item of items) {
    const next = work(item)
    // It is waited for in its turn; whoever stops before does not hear of it.
    next.catch(() => {})
    underWay.push(next)
    if (underWay.length >= atOnce) yield await underWay.shift()!
  }
  for (const next of underWay) yield await next
}
