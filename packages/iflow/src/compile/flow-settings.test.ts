import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAllowedHeaders } from './flow-settings.ts'

const lists: readonly [list: string, allowed: readonly string[], dropped: readonly string[]][] = [
  ['', [], ['Accept']],
  ['*', ['Accept', 'x-a'], ['Authorization', 'Cookie']],
  ['.*', ['Accept'], ['authorization']],
  ['accept|X-Trace', ['Accept', 'x-trace'], ['accept-language', 'x']],
  ['*|Authorization', ['authorization', 'Accept'], ['cookie']],
  ['AB_[0-9]|CD.', ['ab_7', 'CDx'], ['AB_', 'AB_77', 'CD']],
]

for (const [list, allowed, dropped] of lists) {
  test(`"${list}" lets in ${allowed.join(', ') || 'nothing'} and not ${dropped.join(', ')}`, () => {
    const allows = compileAllowedHeaders(list, assert.fail)
    assert.deepEqual([...allowed, ...dropped].filter(allows), allowed)
  })
}

test('a list that is no regular expression is reported and lets nothing in by pattern', () => {
  const codes: string[] = []
  const allows = compileAllowedHeaders('a|(b', code => codes.push(code))
  assert.deepEqual([codes, allows('a'), allows('b')], [['invalid-value'], true, false])
})
