/** The longest run of items, in their order, whose positions rise: what can stay in place when a list is put in another order. */
export function longestRun<T>(items: readonly T[], positionOf: (item: T) => number): T[] {
  interface Link {
    readonly item: T
    readonly position: number
    readonly previous: Link | undefined
  }
  /** At index n the run of n + 1 items that ends lowest. */
  const ends: Link[] = []
  for (const item of items) {
    const position = positionOf(item)
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle]?.position ?? position) < position) low = middle + 1
      else high = middle
    }
    ends[low] = { item, position, previous: ends[low - 1] }
  }
  const run: T[] = []
  for (let link = ends.at(-1); link; link = link.previous) run.push(link.item)
  return run.reverse()
}
