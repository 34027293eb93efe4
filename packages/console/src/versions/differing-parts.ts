const near = 30

/** Two values from a little before the place where they begin to differ, and to a little after it where they are alike again. */
export function differingParts(before: string, after: string): readonly [before: string, after: string] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return [part(before, start, end), part(after, start, end)]
}

/** `start` and `end`: how many characters at both ends the values share. */
function part(value: string, start: number, end: number): string {
  const from = start > 2 * near ? start - near : 0
  const to = end > 2 * near ? value.length - end + near : value.length
  return `${from > 0 ? '…' : ''}${value.slice(from, to)}${to < value.length ? '…' : ''}`
}
