/** What a process may print: lines of this length, so many a second. */
const limits = { charactersMax: 2_000, linesPerSecondMax: 200 } as const

/**
 * Takes what a process prints, piece by piece, and hands it on a line at a time. Longer lines are cut; what is too much is
 * counted and left out.
 */
export function printedLines(print: (line: string) => void): (piece: Uint8Array) => void {
  const decoder = new TextDecoder()
  let open = ''
  let second = 0
  let printed = 0
  let leftOut = 0
  const put = (line: string) => {
    const now = Math.floor(performance.now() / 1_000)
    if (now !== second) {
      if (leftOut > 0) print(`… ${leftOut} more lines`)
      second = now
      printed = 0
      leftOut = 0
    }
    printed += 1
    if (printed > limits.linesPerSecondMax) leftOut += 1
    else print(line.length > limits.charactersMax ? `${line.slice(0, limits.charactersMax)}…` : line)
  }
  return piece => {
    const lines = (open + decoder.decode(piece, { stream: true })).split('\n')
    open = (lines.pop() ?? '').slice(0, limits.charactersMax + 1)
    for (const line of lines) if (line !== '') put(line)
  }
}
