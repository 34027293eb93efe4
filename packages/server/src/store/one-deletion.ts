/**
 * Bytes of contents that one transaction deletes, about: the database reads what it lets go of, page by page, and nobody else
 * can use it meanwhile.
 */
const bytesMax = 4 * 1024 * 1024

/** As many of the first rows as can be deleted at once; at least one. */
export function withinOneDeletion<Row extends { readonly size: number | string | bigint | null }>(
  rows: readonly Row[],
): Row[] {
  let bytes = 0
  return rows.filter(({ size }, index) => {
    bytes += Number(size ?? 0)
    return index === 0 || bytes <= bytesMax
  })
}
