import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message, testScope } from '../../testing/index.ts'
import { compilePredicate } from './predicate.ts'

const scope = testScope()
const headers = {
  n: 3,
  ten: '10',
  text: 'abc',
  empty: '',
  no: 'false',
  yes: true,
  list: ['a', 'b'],
  type: 'Application/XML',
}
const properties = { keys: new Map([['k', 1]]), ten: 10 }

const conditions: readonly [condition: string, holds: boolean][] = [
  ["${header.n} = '3'", true],
  ['${header.n} == 3', true],
  ["${header.n} = '3.0'", true],
  ["${header.ten} = '10.0'", false],
  ["${header.text}='abc'", true],
  ["${header.text} != 'abc'", false],
  ["${header.ten} > '9'", true],
  ['${header.ten} >= ${property.ten}', true],
  ["${header.text} > '9'", true],
  ["${header.n} <= '2'", false],
  ['${header.missing} = null', true],
  ["${header.missing} = ''", false],
  ["${header.empty} = ''", true],
  ['${header.empty} = null', false],
  ['${header.missing} != null', false],
  ["${header.missing} != 'x'", true],
  ["${header.missing} < '1'", false],
  ["${header.missing} >= '1'", false],
  ["${header.text} contains 'b'", true],
  ["${header.text} not contains 'b'", false],
  ["${header.list} contains 'b'", true],
  ["${header.text} in 'abc, def'", true],
  ["${header.n} in '1,3'", true],
  ["${header.text} not in 'x,y'", true],
  ["'k' in ${property.keys.keySet()}", true],
  ["${header.text} regex 'a.'", false],
  ["${header.text} regex 'a.*'", true],
  ["${header.text} not regex 'a.*'", false],
  ["${header.type} regex '(?i)application/.*xml'", true],
  ["${header.type.toLowerCase()} regex '^application/.*xml.*'", true],
  ["'/${header.text}' = '/abc'", true],
  ["${header.yes} = 'true'", true],
  ['${header.yes}', true],
  ['${header.no}', false],
  ['${header.missing}', false],
  ['${header.text}', true],
  // From left to right: (true or false) and false.
  ['${header.n} = 3 or ${header.n} = 4 and ${header.n} = 5', false],
  ['${header.n} = 4 and ${header.n} = 5 or ${header.n} = 3', true],
  ["${header.n} = 4 || ${header.n} = 3 && ${header.text} = 'abc'", true],
]

for (const [condition, holds] of conditions) {
  test(`${condition} is ${holds}`, () => {
    const compiled = compilePredicate(condition)
    assert.ok('evaluate' in compiled, 'problem' in compiled ? compiled.problem : '')
    assert.equal(compiled.evaluate(message({ headers, properties }), scope), holds)
  })
}

const mistakes = [
  '',
  '${header.a} = ',
  "= 'x'",
  "${header.a} like 'x'",
  "${header.a} = 'x",
  "${header.a = 'x'",
  '${header.a} = ‘x’',
  "${header.a} = 'x' and",
  "${header.a} = 'x' 'y'",
  "(${header.a} = 'x')",
  "${header.a} regex '('",
  "${unknown} = 'x'",
]

for (const mistake of mistakes) {
  test(`${mistake || 'nothing'} is no condition`, () => {
    const compiled = compilePredicate(mistake)
    assert.match('problem' in compiled ? compiled.problem : '', /^Expected .*found/s)
  })
}
