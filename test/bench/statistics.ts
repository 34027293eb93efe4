/** The smallest value that a share of the values does not exceed (nearest rank); NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** Of an even number of values the lower middle one, so that it is a value that was measured. */
export const median = (values: readonly number[]) => quantile(values, 0.5)
