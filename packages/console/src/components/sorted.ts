/** By which column a list is sorted, named by its header, and in which direction. */
export interface Sorting {
  readonly header: string
  readonly isDescending: boolean
}

/** What the next press on a header does: ascending, descending, then as the list came. */
export function nextSorting(current: Sorting | undefined, header: string): Sorting | undefined {
  if (current?.header !== header) return { header, isDescending: false }
  return current.isDescending ? undefined : { header, isDescending: true }
}

/** The rows in the order of what `by` gives: numbers by size, texts as people of a language order them, numbers in them by size. */
export function sorted<Row>(
  rows: readonly Row[],
  by: (row: Row) => string | number,
  isDescending: boolean,
  language: string,
): readonly Row[] {
  const { compare } = new Intl.Collator(language, { numeric: true })
  const order = (one: string | number, other: string | number) =>
    typeof one === 'number' && typeof other === 'number' ? one - other : compare(String(one), String(other))
  const ascending = rows.toSorted((one, other) => order(by(one), by(other)))
  return isDescending ? ascending.toReversed() : ascending
}
