import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compilePattern } from './linear-pattern.ts'

const meanings: readonly [pattern: string, fits: readonly string[], fitsNot: readonly string[]][] = [
  ['.*@sap.com$', ['ada@sap.com', '@sapxcom'], ['ada@sap.com.evil', 'ada@sap', '']],
  ['^(admin).*', ['admin', 'administrator'], ['Admin', 'the admin']],
  ['it', ['it'], ['it-staff', 'bit', 'IT']],
  ['(?i)it-(staff|lead)', ['IT-Staff', 'it-lead'], ['it-', 'it-stafflead']],
  ['[A-Za-z0-9._-]{2,4}', ['ab', 'a.-_'], ['a', 'abcde', 'a b']],
  ['[^\\d]+?', ['abc'], ['', 'a1']],
  ['(?:a|b)?c{2}', ['cc', 'acc'], ['abcc', 'c']],
  ['a{0,1}', ['', 'a'], ['aa']],
  ['a{2,}', ['aa', 'aaaaa'], ['a']],
  ['\\w+\\.\\w+', ['a.b'], ['a', 'a.']],
  ['x|', ['x', ''], ['xx']],
  ['.', ['é', '😀'], ['', 'ab', '\n']],
  ['a^b|c$d', [], ['ab', 'cd', 'a^b']],
  [']}-/', [']}-/'], ['']],
  ['\\x41\\u0042', ['AB'], ['ab']],
  ['(a*)*b', ['b', 'aab'], ['aa']],
]

for (const [pattern, fits, fitsNot] of meanings) {
  test(`${pattern} describes whole texts`, () => {
    const { matches } = compilePattern(pattern)
    for (const text of fits) assert.equal(matches(text), true, text)
    for (const text of fitsNot) assert.equal(matches(text), false, text)
  })
}

const refused = [
  ...['(', ')', '(a', 'a)', '[', '[]', '[a', '[z-a]', '[a[b]]', '[a&&b]', '*', 'a**', 'a*+', 'a{3,2}', '{2}', '\\'],
  ...['(?=a)', '(?<!a)', '(?<name>a)', '(a)\\1', '\\bword', '\\p{L}', '(?s).', 'a'.repeat(256), '(a{999}){2}'],
]

for (const pattern of refused) {
  test(`${pattern.slice(0, 20)} is refused with a sentence`, () => {
    assert.throws(() => compilePattern(pattern), SyntaxError)
  })
}

test('no text makes a pattern slow', () => {
  const startedAt = performance.now()
  const text = `${'a'.repeat(1000)}!`
  for (const pattern of ['(a+)+$', '(a|aa)+', '(a|a?)+$', '(.*a){20}', '([a-z]+)*b']) {
    assert.equal(compilePattern(pattern).matches(text), false)
  }
  assert.ok(performance.now() - startedAt < 5_000)
})

test('it means what V8 means', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\.', '^', '$')
  const { pattern } = fc.letrec<{ pattern: string }>(tie => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      atom,
      fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => one + other),
      fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(${one}|${other})`),
      fc.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?')).map(([one, times]) => {
        return `(?:${one})${times}`
      }),
    ),
  }))
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '.', '\n'), maxLength: 8 })
  fc.assert(
    fc.property(pattern, text, (source, sample) => {
      assert.equal(compilePattern(source).matches(sample), new RegExp(`^(?:${source})$`, 'u').test(sample))
    }),
    { seed: 7, numRuns: 2_000 },
  )
})
