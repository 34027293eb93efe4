/** Rows as left-aligned columns, a heading first. Control characters in cells are dropped: they come from elsewhere. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = [heading, ...rows].map(row => row.map(printable))
  const widths = heading.map((_, column) => Math.max(...clean.map(row => row[column]?.length ?? 0)))
  return clean
    .map(
      row =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

/** Text that cannot move the cursor or change colours. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}

/** The same of a text of several lines. */
export function printableLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map(line => printable(line.replaceAll('\t', '  ')))
    .join('\n')
}
