import { createRequire } from 'node:module'
import type { GroupMapping, GroupRule } from '../store/store.ts'

const require = createRequire(import.meta.url)

/** What an identity provider says of a user: SAML attributes or claims, by name (case-sensitive), with their values. */
export type UserAttributes = ReadonlyMap<string, readonly string[]>

/** Values that rules look at; in characters, and how many of an attribute. Longer ones, and those after them, fit no rule. */
export const attributeLimits = Object.freeze({ length: 1024, values: 500 })

/**
 * The groups of a user at an identity provider (documented behaviour): the default ones, and those with an entry all of whose
 * rules one value each of the user's attributes fulfils. An entry without rules gives no group.
 */
export function mapGroups({ defaultGroups, assertionBasedGroups }: GroupMapping, attributes: UserAttributes): string[] {
  const groups = new Map(defaultGroups.map(group => [group.toLowerCase(), group]))
  for (const { group, rules } of assertionBasedGroups) {
    if (rules.length > 0 && rules.every(rule => isFulfilled(rule, attributes))) groups.set(group.toLowerCase(), group)
  }
  return [...groups.values()]
}

/** Why a rule cannot be followed, as a sentence; undefined when it can. */
export function groupRuleProblem({ operation, value }: GroupRule): string | undefined {
  if (operation === 'equals') return undefined
  const { RE2JS, RE2JSSyntaxException } = re2()
  try {
    RE2JS.compile(value)
    return undefined
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    return `Expected a regular expression without looking around or back, found ${error.getDescription()} at "${error.getPattern()}".`
  }
}

function isFulfilled({ assertionAttribute, operation, value }: GroupRule, attributes: UserAttributes): boolean {
  const values = (attributes.get(assertionAttribute) ?? [])
    .slice(0, attributeLimits.values)
    .filter(candidate => candidate.length <= attributeLimits.length)
  if (operation === 'equals') return values.includes(value)
  const pattern = re2().RE2JS.compile(value)
  return values.some(candidate => pattern.matches(candidate))
}

/** Regular expressions of Java without what takes more than linear time. Loaded by the first rule that has one. */
function re2(): typeof import('re2js') {
  return require('re2js')
}
