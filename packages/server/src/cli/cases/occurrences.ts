import type { Difference } from './call-differences.ts'

/** What should have happened how often: so often; like this, one after the other; or like this in any order. */
export type Occurrences<W> = number | readonly W[] | { readonly anyOrder?: readonly W[] }

/** Compares what happened, such as calls of a receiver, with what is expected of each. */
export async function occurrenceDifferences<W, F>(
  what: string,
  wanted: Occurrences<W>,
  found: readonly F[],
  compare: (wanted: W, found: F) => Promise<readonly Difference[]>,
): Promise<Difference[]> {
  if (typeof wanted === 'number') return countDifferences(what, wanted, found.length)
  if (!isList(wanted)) return unorderedDifferences(what, wanted.anyOrder ?? [], found, compare)
  const all = countDifferences(what, wanted.length, found.length)
  for (const [index, each] of found.entries()) {
    const expected = wanted[index]
    if (expected === undefined) continue
    const differences = await compare(expected, each)
    all.push(...differences.map(({ what: part, lines }) => ({ what: `${what}[${index}].${part}`, lines })))
  }
  return all
}

function isList<W>(wanted: Exclude<Occurrences<W>, number>): wanted is readonly W[] {
  return Array.isArray(wanted)
}

/** Each that is expected takes the first that fits and is left. */
async function unorderedDifferences<W, F>(
  what: string,
  wanted: readonly W[],
  found: readonly F[],
  compare: (wanted: W, found: F) => Promise<readonly Difference[]>,
): Promise<Difference[]> {
  const left = [...found]
  const all = countDifferences(what, wanted.length, found.length)
  for (const [index, expected] of wanted.entries()) {
    let closest: readonly Difference[] | undefined
    let isFound = false
    for (const [place, each] of left.entries()) {
      const differences = await compare(expected, each)
      isFound = differences.length === 0
      if (isFound) {
        left.splice(place, 1)
        break
      }
      if (closest === undefined || differences.length < closest.length) closest = differences
    }
    if (isFound) continue
    const lines = closest?.flatMap(difference => [`${difference.what}:`, ...difference.lines]) ?? [
      'expected one, found none left',
    ]
    all.push({ what: `${what}.anyOrder[${index}]`, lines })
  }
  return all
}

function countDifferences(what: string, wanted: number, found: number): Difference[] {
  return wanted === found ? [] : [{ what, lines: [`-${wanted} ${plural(wanted)}`, `+${found} ${plural(found)}`] }]
}

function plural(count: number): string {
  return count === 1 ? 'time' : 'times'
}
