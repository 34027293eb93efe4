import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localPath } from './external-sign-in-paths.ts'

const cases: readonly [what: string, text: unknown, path: string][] = [
  ['a path with query and fragment', '/oauth2?a=b%26c#d', '/oauth2?a=b%26c#d'],
  ['letters that are written in other ways in addresses', '/ä', '/%C3%A4'],
  ['as much as a cookie holds', `/${'a'.repeat(2_499)}`, `/${'a'.repeat(2_499)}`],
  ['more than that', `/${'a'.repeat(2_500)}`, '/'],
  ['what is longer as an address', `/${'ä'.repeat(500)}`, '/'],
  ['another host', '//b/', '/'],
  ['another scheme', 'https://b/', '/'],
  ['no path', 'oauth2', '/'],
  ['several', ['/a', '/b'], '/'],
]

for (const [what, text, path] of cases) {
  test(`where somebody is sent who asks for ${what}`, () => assert.equal(localPath(text, 'https://a'), path))
}
