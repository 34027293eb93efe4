/** Items of a statement: both databases bound its parameters to 32,766, of which an item has up to four. */
const itemsMax = 1_000

/** Calls `write` with all items, as many at a time as a statement takes. */
export async function inParts<Item>(
  items: readonly Item[],
  write: (part: readonly Item[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += itemsMax) await write(items.slice(start, start + itemsMax))
}
