import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differingParts } from './differing-parts.ts'

const long = 'abcdefghij'.repeat(10)
const near = long.slice(-30)

const cases: [before: string, after: string, expected: [string, string]][] = [
  ['', 'x', ['', 'x']],
  ['one', 'two', ['one', 'two']],
  [`${long}1`, `${long}2`, [`…${near}1`, `…${near}2`]],
  [`1${long}`, `${long}`, [`1${long.slice(0, 30)}…`, `${long.slice(0, 30)}…`]],
  [`${long}1${long}`, `${long}22${long}`, [`…${near}1${long.slice(0, 30)}…`, `…${near}22${long.slice(0, 30)}…`]],
  ['aa', 'aaa', ['aa', 'aaa']],
]

for (const [before, after, expected] of cases)
  test(`shows where "${before.slice(0, 8)}" and "${after.slice(0, 8)}" differ`, () =>
    assert.deepEqual(differingParts(before, after), expected))
