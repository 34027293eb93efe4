import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressProblem } from './address.ts'

const good = ['/a', '/a/b', '/a/*', '/*', '/$a', '/$a/b.c', '/Orders_2/v1.0/x-y', '/a/~b', '/_a', '/a.b-c/d~e']

for (const address of good) test(`${address} is an address`, () => assert.equal(addressProblem(address), undefined))

const bad = [
  '',
  'a',
  '/',
  '/a/',
  '//a',
  '/a//b',
  '/a*',
  '/*/a',
  '/a/*/',
  '/a/**',
  '/a$',
  '/a/$b',
  '/.a',
  '/-a',
  '/~a',
  '/a~b',
  '/$.a',
  '/a.',
  '/a/..',
  '/a b',
  '/a?x=1',
  '/a%20b',
  '/ä',
  '<Address>',
]

for (const address of bad) {
  test(`"${address}" is no address`, () => assert.match(addressProblem(address) ?? '', /found ".*"/))
}
