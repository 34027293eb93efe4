import type { ValueEntry, ValueGroup } from './read-value-mapping.ts'

/** Looks values up in groups, as `ValueMappings.lookup` says. */
export type LookUpValue = (
  sourceAgency: string,
  sourceIdentifier: string,
  sourceValue: string,
  targetAgency: string,
  targetIdentifier: string,
) => string | undefined

/**
 * The table of these groups, made once for many lookups. When several groups translate a value to the same agency and
 * identifier, the target that is marked as the default wins, else the first (chosen: the editor always marks one).
 */
export function valueTable(groups: Iterable<ValueGroup>): LookUpValue {
  const targets = new Map<string, ValueEntry>()
  for (const group of groups) {
    for (const source of group) {
      for (const target of group) {
        if (source === target) continue
        const key = keyOf(source.agency, source.identifier, source.value, target.agency, target.identifier)
        const known = targets.get(key)
        if (known === undefined || (target.isDefault && !known.isDefault)) targets.set(key, target)
      }
    }
  }
  return (...names) => targets.get(keyOf(...names))?.value
}

function keyOf(...names: readonly [string, string, string, string, string]): string {
  return JSON.stringify(names)
}
