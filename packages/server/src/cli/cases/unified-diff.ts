/** Lines around a difference that are the same. */
const context = 3
/** Beyond this many pairs of lines the difference is not looked for line by line. */
const pairsMax = 4_000_000

type Edit = readonly [kind: ' ' | '-' | '+', line: string]

/**
 * What has to change for `before` to become `after`, as `diff -u` shows it: lines that go begin with `-`, lines that come with
 * `+`, and `@@` parts places that are far from each other. Empty when they are the same.
 */
export function unifiedDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  const edits = compare(before, after)
  const shown = new Set<number>()
  edits.forEach(([kind], index) => {
    if (kind === ' ') return
    for (let near = index - context; near <= index + context; near += 1) shown.add(near)
  })
  const lines: string[] = []
  let before1 = 1
  let last = -1
  edits.forEach(([kind, line], index) => {
    if (shown.has(index)) {
      if (index !== last + 1 || (lines.length === 0 && index > 0)) lines.push(`@@ line ${before1} @@`)
      lines.push(`${kind}${line}`)
      last = index
    }
    if (kind !== '+') before1 += 1
  })
  return lines
}

function compare(before: readonly string[], after: readonly string[]): readonly Edit[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const rest = Math.min(before.length, after.length) - start
  while (end < rest && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const same = (line: string): Edit => [' ', line]
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ]
}

/** By the longest common subsequence. */
function middle(before: readonly string[], after: readonly string[]): readonly Edit[] {
  if (before.length * after.length > pairsMax) {
    return [...before.map((line): Edit => ['-', line]), ...after.map((line): Edit => ['+', line])]
  }
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
    }
  }
  const edits: Edit[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      edits.push([' ', before[i] ?? ''])
      i += 1
      j += 1
    } else if (
      j >= after.length ||
      (i < before.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      edits.push(['-', before[i] ?? ''])
      i += 1
    } else {
      edits.push(['+', after[j] ?? ''])
      j += 1
    }
  }
  return edits
}
