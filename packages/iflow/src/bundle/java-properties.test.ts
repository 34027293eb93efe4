import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseProperties, withoutProperties, withProperties } from './java-properties.ts'

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const read = (text: string) => Object.fromEntries(parseProperties(latin1(text)))

const files: [string, string, Record<string, string>][] = [
  ['nothing', '', {}],
  ['comments and blank lines', '#a=1\n!b=2\n \t# c=3\n\n  \n', {}],
  ['a comment that ends in a backslash', '# x\\\na=1', { a: '1' }],
  [
    'every separator',
    'a=1\nb:2\nc 3\nd\t4\ne = 5\nf  :  6\ng==7\nh',
    { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', g: '=7', h: '' },
  ],
  ['empty values', 'a=\nb\nc:', { a: '', b: '', c: '' }],
  ['an empty key', '=1', { '': '1' }],
  ['escaped blanks and separators in keys', 'SOAP\\ Address\\:\\=\\#x=/a', { 'SOAP Address:=#x': '/a' }],
  ['keys with brackets', '<HOST>=1\n{PW=2\na/(b)=3', { '<HOST>': '1', '{PW': '2', 'a/(b)': '3' }],
  ['escapes in values', 'a=https\\://h\\:443\\t\\n\\r\\f\\\\ \\u00e4\\u20AC\\q', { a: 'https://h:443\t\n\r\f\\ ä€q' }],
  ['a malformed unicode escape', 'a=\\u12', { a: 'u12' }],
  ['leading blanks dropped and others kept', '  a =  \\ 1 \n', { a: ' 1 ' }],
  ['continuation lines', 'a=1\\\n   2\\\r\n3\nb=\\\\\nc=4', { a: '123', b: '\\', c: '4' }],
  ['continuations around key and separator', 'k\\\n  ey \\\n = v\nx\\\n=y', { key: 'v', x: 'y' }],
  ['a continuation that leads to a blank line', 'a=1\\\n\nb=2', { a: '1', b: '2' }],
  ['a backslash at the end', 'a=1\\', { a: '1' }],
  ['every kind of line end', 'a=1\rb=2\r\nc=3\n', { a: '1', b: '2', c: '3' }],
  ['the last of repeated keys', 'a=1\na=2', { a: '2' }],
  ['ISO-8859-1', 'gr\u00fc\u00dfe=\u00e4', { grüße: 'ä' }],
  ['UTF-8', Buffer.from('grüße=ä€😀').toString('latin1'), { grüße: 'ä€😀' }],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffa=ä').toString('latin1'), { a: 'ä' }],
  ['names of Object.prototype', '__proto__=1\nconstructor=2', JSON.parse('{"__proto__":"1","constructor":"2"}')],
]

for (const [name, text, expected] of files)
  test(`reads properties: ${name}`, () => {
    assert.deepEqual(read(text), expected)
  })

const edits: [string, string, Record<string, string>, string][] = [
  ['nothing to change', '#\r\na = 1\\\r\n 2\r\n', { a: '12' }, '#\r\na = 1\\\r\n 2\r\n'],
  ['one value', '#c\n a :1\nb=2\n', { b: '3' }, '#c\n a :1\nb=3\n'],
  ['several values and CRLF', 'a=1\r\nb : 2\r\nc=3', { c: '9', a: '' }, 'a=\r\nb : 2\r\nc=9'],
  ['a value over several lines', 'a=1\\\n  2\nb=2\n', { a: 'x' }, 'a=x\nb=2\n'],
  ['a key without a separator', 'a\nb=1', { a: 'x' }, 'a=x\nb=1'],
  ['the last of repeated keys', 'a=1\na=2\n', { a: '3' }, 'a=1\na=3\n'],
  ['new keys', 'a=1', { 'b c': 'd e' }, 'a=1\nb\\ c=d e\n'],
  ['new keys in a CRLF file', 'a=1\r\n', { b: '2' }, 'a=1\r\nb=2\r\n'],
  ['new keys after a trailing backslash', 'a=1\\', { b: '2' }, 'a=1\\\n\nb=2\n'],
  ['an empty file', '', { a: '', b: ' x' }, 'a=\nb=\\ x\n'],
  [
    'what has to be escaped',
    'a=1',
    { a: ' a=b:c#d!e\\\t\n\r\f ä€\u007f😀 ' },
    'a=\\ a\\=b\\:c\\#d\\!e\\\\\\t\\n\\r\\f \\u00E4\\u20AC\\u007F\\uD83D\\uDE00 ',
  ],
  ['beside bytes of either encoding', 'gr\u00fc=\u00e4\nb=1', { b: '2' }, 'gr\u00fc=\u00e4\nb=2'],
]

for (const [name, before, values, after] of edits)
  test(`writes properties: ${name}`, () => {
    const bytes = withProperties(latin1(before), new Map(Object.entries(values)))
    assert.equal(Buffer.from(bytes).toString('latin1'), after)
    const result = parseProperties(bytes)
    for (const [key, value] of Object.entries(values)) assert.equal(result.get(key), value)
  })

test('reads hostile files in linear time', () => {
  for (const text of ['#\\\n', 'a\\\n', ' \\\n', '\\', 'a=\\u', '  ']) read(text.repeat(100_000))
})

const removals: [string, string, string[], string][] = [
  ['no key of the file', '#c\na=1\n', ['b'], '#c\na=1\n'],
  ['one of several', '#c\n a :1\\\n  2\nb=2\n', ['a'], '#c\nb=2\n'],
  ['one in a CRLF file', 'a=1\r\nb\r\nc=3\r\n', ['b'], 'a=1\r\nc=3\r\n'],
  ['the last, without a line end', 'a=1\nb c=2', ['b'], 'a=1\n'],
  ['a key that is repeated', 'a=1\nb=2\na=3\n', ['a'], 'b=2\n'],
]

for (const [name, text, keys, expected] of removals)
  test(`removes properties: ${name}`, () => {
    assert.equal(Buffer.from(withoutProperties(latin1(text), new Set(keys))).toString('latin1'), expected)
  })
