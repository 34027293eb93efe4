import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GroupRule } from '../store/store.ts'
import { groupRuleProblem, mapGroups } from './group-mapping.ts'

const equals = (assertionAttribute: string, value: string): GroupRule => ({
  assertionAttribute,
  operation: 'equals',
  value,
})
const regexp = (assertionAttribute: string, value: string): GroupRule => ({
  ...equals(assertionAttribute, value),
  operation: 'regexp',
})

/** The example of the original's documentation. */
const mapping = {
  defaultGroups: ['Citizens'],
  assertionBasedGroups: [
    { group: 'Admins', rules: [equals('department', 'ITSupport'), equals('organization', 'Municipality')] },
    { group: 'Admins', rules: [equals('mail', 'admin@town.example')] },
    { group: 'Government', rules: [regexp('mail', '.*@town\\.example')] },
  ],
}

const cases: readonly [what: string, attributes: Record<string, string[]>, groups: string[]][] = [
  ['nothing', {}, []],
  ['all rules of an entry', { department: ['ITSupport'], organization: ['Municipality'] }, ['Admins']],
  ['one of two rules of an entry', { department: ['ITSupport'] }, []],
  ['another entry of the group', { mail: ['admin@town.example'] }, ['Admins', 'Government']],
  ['one of several values', { mail: ['a@b', 'bob@town.example'] }, ['Government']],
  ['a value in another case', { department: ['itsupport'], organization: ['Municipality'] }, []],
  ['an attribute in another case', { Mail: ['admin@town.example'] }, []],
  ['a value that is only partly described', { mail: ['bob@town.example.evil'] }, []],
  ['a value longer than those that are looked at', { mail: [`${'a'.repeat(1024)}@town.example`] }, []],
  ['a value behind too many', { mail: [...Array<string>(500).fill('x'), 'admin@town.example'] }, []],
]

for (const [what, attributes, groups] of cases) {
  test(`${what}: the default group and ${groups.join(' and ') || 'no other'}`, () => {
    assert.deepEqual(mapGroups(mapping, new Map(Object.entries(attributes))), ['Citizens', ...groups])
  })
}

test('a group that is there twice is given once; an entry without rules gives none', () => {
  const twice = {
    defaultGroups: ['Staff', 'STAFF'],
    assertionBasedGroups: [
      { group: 'staff', rules: [equals('a', 'b')] },
      { group: 'Everybody', rules: [] },
    ],
  }
  assert.deepEqual(mapGroups(twice, new Map([['a', ['b']]])).length, 1)
})

const patterns: readonly [pattern: string, fits: readonly string[], fitsNot: readonly string[]][] = [
  ['.*@sap.com$', ['ada@sap.com'], ['ada@sap.com.evil', 'ada@sap', '']],
  ['^(admin).*', ['admin', 'administrator'], ['Admin', 'the admin']],
  ['it', ['it'], ['it-staff', 'bit', 'IT']],
  ['(?i)it-(staff|lead)', ['IT-Staff', 'it-lead'], ['it-', 'it-stafflead']],
]

for (const [pattern, fits, fitsNot] of patterns) {
  test(`${pattern} describes whole values`, () => {
    const groups = (value: string) =>
      mapGroups(
        { defaultGroups: [], assertionBasedGroups: [{ group: 'IT', rules: [regexp('a', pattern)] }] },
        new Map([['a', [value]]]),
      )
    for (const value of fits) assert.deepEqual(groups(value), ['IT'], value)
    for (const value of fitsNot) assert.deepEqual(groups(value), [], value)
  })
}

for (const pattern of ['(', '[z-a]', 'a**', '(?=a)', '(?<!a)', '(a)\\1', '(a{1000}){1000}']) {
  test(`${pattern} is refused with a sentence`, () => {
    assert.match(groupRuleProblem(regexp('a', pattern)) ?? '', /^Expected a regular expression .*, found .+\.$/)
  })
}

test('no value makes a pattern slow', () => {
  const started = process.cpuUsage()
  for (const pattern of ['(a+)+$', '(a|aa)+', '(a|a?)+$', '(.*a){20}', '([a-z]+)*b']) {
    const rules = [regexp('a', pattern)]
    const mapped = mapGroups(
      { defaultGroups: [], assertionBasedGroups: [{ group: 'IT', rules }] },
      new Map([['a', [`${'a'.repeat(1000)}!`]]]),
    )
    assert.deepEqual(mapped, [])
  }
  assert.ok(process.cpuUsage(started).user < 5_000_000)
})
