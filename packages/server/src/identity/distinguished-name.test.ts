import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSameDistinguishedName, parseDistinguishedName } from './distinguished-name.ts'

const same: readonly (readonly [string, string])[] = [
  ['CN=orders,O=Example', 'cn=orders, O = Example '],
  ['CN=a\\,b', 'CN=a\\2Cb'],
  ['CN=\\C3\\9C', 'CN=Ü'],
  ['E=a@b.example', 'emailAddress=a@b.example'],
  ['CN=a\\ ', 'CN=a\\20'],
  ['CN=a=b', 'CN=a\\=b'],
  ['CN=a\\\\ ', 'CN=a\\5C'],
]

const different: readonly (readonly [string, string])[] = [
  ['CN=orders', 'CN=Orders'],
  ['CN=orders,O=Example', 'O=Example,CN=orders'],
  ['CN=orders', 'CN=orders,O=Example'],
  ['CN=a,O=b', 'CN=a\\,O=b'],
  ['CN=a+O=b', 'CN=a,O=b'],
  ['CN=a\\ ', 'CN=a'],
  ['CN=a', 'O=a'],
]

const malformed = [
  '',
  'orders',
  'CN',
  '=a',
  'CN=a,',
  'CN=a,,O=b',
  'CN=#0402',
  'CN=a\\',
  'CN=a\\zb',
  '1.=a',
  'CN=a\\ b\\',
]

for (const [one, other] of same) {
  test(`RFC 4514: "${one}" is "${other}"`, () => assert.ok(isSameDistinguishedName(one, other)))
}

for (const [one, other] of different) {
  test(`RFC 4514: "${one}" is not "${other}"`, () => assert.ok(!isSameDistinguishedName(one, other)))
}

for (const text of malformed) {
  test(`RFC 4514: "${text}" is no distinguished name, not even its own`, () => {
    assert.equal(parseDistinguishedName(text), undefined)
    assert.ok(!isSameDistinguishedName(text, text))
  })
}
