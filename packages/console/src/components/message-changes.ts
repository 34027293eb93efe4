/** A header or property of a message, as the OData API has them. */
export interface NamedValue {
  readonly Name: string
  readonly Value: string | null
}

/** What a step did to one header or property. */
export type Change = 'added' | 'changed' | 'removed' | 'kept'

export interface ValueChange {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
  readonly change: Change
}

/** Headers or properties before and after a step, sorted by name; what changed comes first. */
export function valueChanges(before: readonly NamedValue[], after: readonly NamedValue[]): ValueChange[] {
  const old = new Map(before.map(({ Name, Value }) => [Name, Value ?? '']))
  const young = new Map(after.map(({ Name, Value }) => [Name, Value ?? '']))
  const changes = [...new Set([...old.keys(), ...young.keys()])].map(name => {
    const [was, is] = [old.get(name), young.get(name)]
    return { name, before: was, after: is, change: changeOf(was, is) }
  })
  const place = ({ change, name }: ValueChange) => `${change === 'kept' ? 1 : 0}${name.toLowerCase()}`
  return changes.sort((a, b) => (place(a) < place(b) ? -1 : 1))
}

function changeOf(before: string | undefined, after: string | undefined): Change {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  return before === after ? 'kept' : 'changed'
}

/** A line of a body, and whether the other body has it. */
export interface Line {
  readonly text: string
  readonly isChanged: boolean
}

/** Comparisons of lines up to which the longest common subsequence is looked for: about 10 ms. */
const comparisonsMax = 2_000_000

/** Marks the lines in which two bodies differ; of those that differ very much, all between what is the same at both ends. */
export function lineChanges(before: string, after: string): readonly [before: Line[], after: Line[]] {
  const [old, young] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < old.length && start < young.length && old[start] === young[start]) start++
  let end = 0
  while (end < old.length - start && end < young.length - start && old.at(-1 - end) === young.at(-1 - end)) end++
  const [common, commonYoung] = commonLines(old.slice(start, old.length - end), young.slice(start, young.length - end))
  const marked = (lines: readonly string[], kept: ReadonlySet<number>) =>
    lines.map((text, index) => ({
      text,
      isChanged: index >= start && index < lines.length - end && !kept.has(index - start),
    }))
  return [marked(old, common), marked(young, commonYoung)]
}

/** Places of a longest common subsequence in either list. */
function commonLines(a: readonly string[], b: readonly string[]): readonly [Set<number>, Set<number>] {
  const [inA, inB] = [new Set<number>(), new Set<number>()]
  if (a.length * b.length > comparisonsMax) return [inA, inB]
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = a.length - 1; row >= 0; row--) {
    for (let column = b.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        a[row] === b[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  for (let row = 0, column = 0; row < a.length && column < b.length; ) {
    if (a[row] === b[column]) {
      inA.add(row++)
      inB.add(column++)
    } else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  }
  return [inA, inB]
}
