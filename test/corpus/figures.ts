/** What was counted, by name. */
export type Figures = ReadonlyMap<string, number>

/** Reads lines of a name, blanks and a number; lines that begin with `#` are comments. */
export function readFigures(text: string): Figures {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line): [string, number] => {
      const [, name = '', count = ''] = /^(.*\S)\s+(\d+)$/.exec(line) ?? []
      if (name === '') throw new Error(`Expected a name and a number, found "${line}"`)
      return [name, Number(count)]
    }),
  )
}

/** The lines that `readFigures` reads, below the comments of `before`. */
export function writeFigures(figures: Figures, before: string): string {
  const comments = before.split('\n').filter(line => line.startsWith('#'))
  const width = Math.max(...Array.from(figures.keys(), name => name.length)) + 2
  const lines = Array.from(figures, ([name, count]) => `${name.padEnd(width)}${count}`)
  return `${[...comments, ...lines].join('\n')}\n`
}

/** A sentence for each figure that is lower than it was. One that is not counted any more is 0. */
export function fallen(before: Figures, now: Figures): string[] {
  return [...before].flatMap(([name, count]) => {
    const found = now.get(name) ?? 0
    return found < count ? [`Expected at least ${count} for "${name}", found ${found}.`] : []
  })
}

/** A sentence for each figure that is higher than it was, or new. */
export function risen(before: Figures, now: Figures): string[] {
  return [...now].flatMap(([name, count]) => {
    const known = before.get(name)
    return known === undefined || count > known ? [`"${name}" has risen from ${known ?? 'nothing'} to ${count}.`] : []
  })
}
