import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replaceInvalid } from './characters.ts'
import { withoutDeclaration, withoutExternalDtd } from './prolog.ts'

const dtds: readonly [what: string, before: string, after: string][] = [
  ['a system identifier', '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "a.dtd">\n<a/>', '<?xml version="1.0"?>\n\n<a/>'],
  ['a public identifier', '<!DOCTYPE a PUBLIC "-//A//>" "a.dtd"><a/>', '<a/>'],
  ['an external entity', '<!DOCTYPE a [ <!-- ]> --> <!ENTITY t SYSTEM "x"> ]><a/>', '<a/>'],
  [
    'only internal entities',
    '<!DOCTYPE a [ <!ENTITY t "SYSTEM ]>"> ]><a/>',
    '<!DOCTYPE a [ <!ENTITY t "SYSTEM ]>"> ]><a/>',
  ],
  [
    'no declaration but one in a comment',
    '<!-- <!DOCTYPE a SYSTEM "x"> --><a/>',
    '<!-- <!DOCTYPE a SYSTEM "x"> --><a/>',
  ],
  ['no declaration', '<a>SYSTEM</a>', '<a>SYSTEM</a>'],
]

for (const [what, before, after] of dtds) {
  test(`of a document with ${what} ${before === after ? 'nothing' : 'the document type declaration'} goes`, () => {
    assert.equal(withoutExternalDtd(before), after)
  })
}

test('a document type declaration without an end is a failure', () => {
  assert.throws(() => withoutExternalDtd(`<!DOCTYPE a SYSTEM "${'x'.repeat(100_000)}`), { code: 'not-well-formed' })
  assert.throws(() => withoutExternalDtd('<!DOCTYPE a [ <a/>'), { code: 'not-well-formed' })
})

test('of a declaration its line end stays', () => {
  assert.equal(withoutDeclaration('<?xml version="1.0"?>\n<a/>'), '\n<a/>')
  assert.equal(withoutDeclaration('<?xml-stylesheet href="a"?><a/>'), '<?xml-stylesheet href="a"?><a/>')
})

test('what is invalid depends on the XML version', () => {
  assert.equal(replaceInvalid('<a>\u0001\uFFFE\uD800😀\t</a>', '#'), '<a>###😀\t</a>')
  assert.equal(replaceInvalid('<?xml version="1.1"?><a>\u0001\u0000</a>', ''), '<?xml version="1.1"?><a>&#1;</a>')
})
