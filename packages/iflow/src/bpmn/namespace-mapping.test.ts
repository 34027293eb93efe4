import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseNamespaceMapping } from './namespace-mapping.ts'

const cases: [string, Record<string, string>, string[]][] = [
  ['', {}, []],
  ['xmlns:p=urn:a:b', { p: 'urn:a:b' }, []],
  ['xmlns:p=http://a/?x=1;y;xmlns:q=urn:q;', { p: 'http://a/?x=1;y', q: 'urn:q' }, []],
  [' xmlns:p="http://a/" ;\n xmlns:q=\'urn:q\' ', { p: 'http://a/', q: 'urn:q' }, []],
  ['xmlns:p="http://a/";xmlns:p=http://b/', { p: 'http://b/' }, []],
  ['p=urn:a;xmlns:q=urn:q;xmlns:r=;xmlns:s="urn', { q: 'urn:q' }, ['p=urn:a', 'xmlns:r=', 'xmlns:s="urn']],
]

for (const [value, namespaces, malformed] of cases)
  test(`reads the namespace mapping ${JSON.stringify(value)}`, () => {
    const result = parseNamespaceMapping(value)
    assert.deepEqual(Object.fromEntries(result.namespaces), namespaces)
    assert.deepEqual(result.malformed, malformed)
  })
