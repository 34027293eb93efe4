import { below, type Difference, difference, type Path } from './difference.ts'

/** What should have happened how often: so often; like this, one after the other; or like this in any order. */
export type Occurrences<W> = number | readonly W[] | { readonly anyOrder?: readonly W[] }

/** How expectations of one kind, such as calls, are compared, and written for what nobody expected. */
export interface Kind<W, F> {
  compare(wanted: W, found: F): Promise<readonly Difference[]>
  record(found: F): W
}

/** Compares what happened, such as calls of a receiver, with what is expected of each. */
export async function occurrenceDifferences<W, F>(
  path: Path,
  wanted: Occurrences<W>,
  found: readonly F[],
  kind: Kind<W, F>,
): Promise<Difference[]> {
  if (typeof wanted === 'number') return countDifferences(path, wanted, found.length, () => found.length)
  if (!isList(wanted)) return unorderedDifferences(path, wanted.anyOrder ?? [], found, kind)
  const whole = () => found.map((each, index) => wanted[index] ?? kind.record(each))
  const all = countDifferences(path, wanted.length, found.length, whole)
  for (const [index, each] of found.entries()) {
    const expected = wanted[index]
    if (expected === undefined) continue
    const differences = await kind.compare(expected, each)
    all.push(...differences.map(difference => below([...path, index], difference)))
  }
  return all
}

function isList<W>(wanted: Exclude<Occurrences<W>, number>): wanted is readonly W[] {
  return Array.isArray(wanted)
}

/** Each that is expected takes the first that fits and is left. */
async function unorderedDifferences<W, F>(
  path: Path,
  wanted: readonly W[],
  found: readonly F[],
  { compare, record }: Kind<W, F>,
): Promise<Difference[]> {
  const left = [...found]
  const fitting: W[] = []
  const missing: (readonly [index: number, lines: readonly string[]])[] = []
  for (const [index, expected] of wanted.entries()) {
    let closest: readonly Difference[] | undefined
    const before = fitting.length
    for (const [place, each] of left.entries()) {
      const differences = await compare(expected, each)
      if (differences.length === 0) {
        left.splice(place, 1)
        fitting.push(expected)
        break
      }
      if (closest === undefined || differences.length < closest.length) closest = differences
    }
    if (fitting.length > before) continue
    const lines = closest?.flatMap(({ what, lines }) => [`${what}:`, ...lines]) ?? ['expected one, found none left']
    missing.push([index, lines])
  }
  const whole = () => ({ anyOrder: [...fitting, ...left.map(record)] })
  return [
    ...countDifferences(path, wanted.length, found.length, whole),
    ...missing.map(([index, lines]) => ({
      ...below(path, difference(['anyOrder', index], lines, undefined)),
      updates: [{ path, value: whole() }],
    })),
  ]
}

function countDifferences(path: Path, wanted: number, found: number, value: () => unknown): Difference[] {
  return wanted === found
    ? []
    : [difference(path, [`-${wanted} ${plural(wanted)}`, `+${found} ${plural(found)}`], value())]
}

function plural(count: number): string {
  return count === 1 ? 'time' : 'times'
}
