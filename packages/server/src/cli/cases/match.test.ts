import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RawMatcher } from './case-schema.ts'
import { differences, type Found } from './match.ts'

const same: readonly [what: string, expected: RawMatcher, found: Found][] = [
  ['other prefixes', '<a:x xmlns:a="u" p="1" q="2"><a:y/></a:x>', '<x xmlns="u" q="2" p="1"><y></y></x>'],
  [
    'blanks between elements, comments and a declaration',
    '<a><b/></a>',
    '<?xml version="1.0"?>\n<a>\n  <!-- c --> <b> </b>\n</a>\n',
  ],
  ['character data', '<a>x &amp; y</a>', '<a><![CDATA[x & y]]></a>'],
  ['several elements', '<a/><b>1</b>', '<a></a>\n<b>1</b>'],
  ['a default namespace beside no namespace', '<a xmlns="u"><b xmlns=""/></a>', '<p:a xmlns:p="u"><b/></p:a>'],
  ['JSON in another order', '{"a": 1.0, "b": [true]}', '{"b":[true],"a":1}'],
  ['JSON from YAML', { json: { a: [1, null] } }, '{"a":[1,null]}'],
  ['text with other line ends and a last line break', 'a\nb\n', 'a\r\nb'],
  ['a number', 42, '42'],
  ['text that only looks like XML', '<a', '<a'],
  ['nothing', null, null],
  ['an empty text where nothing is expected', null, ''],
  ['bytes', { base64: 'AAEC' }, new Uint8Array([0, 1, 2])],
  ['some part', { contains: ['b', 'd'], matches: '^a.c' }, 'abcd'],
  ['bytes as text', 'ä', new Uint8Array([0xc3, 0xa4])],
]

const different: readonly [what: string, expected: RawMatcher, found: Found, lines: readonly string[]][] = [
  ['XML', '<a><b>1</b><c/></a>', '<a><b>2</b><c/></a>', [' <a>', '-  <b>1</b>', '+  <b>2</b>', '   <c/>', ' </a>']],
  ['a namespace', '<a xmlns="u"/>', '<a/>', ['-<ns1:a xmlns:ns1="u"/>', '+<a/>']],
  [
    'a namespace of a part',
    '<a xmlns="u"><b xmlns=""/></a>',
    '<a xmlns="u"><b/></a>',
    [' <ns1:a xmlns:ns1="u">', '-  <b/>', '+  <ns1:b/>', ' </ns1:a>'],
  ],
  ['blanks in a text', '<a>1 </a>', '<a>1</a>', ['-<a>1 </a>', '+<a>1</a>']],
  ['JSON', '{"a":1,"b":2}', '{"b":3,"a":1}', [' {', '   "a": 1,', '-  "b": 2', '+  "b": 3', ' }']],
  [
    'numbers beyond precision',
    '{"a":12345678901234567890}',
    '{"a":12345678901234567891}',
    [' {', '-  "a": "number 12345678901234567890"', '+  "a": "number 12345678901234567891"', ' }'],
  ],
  ['text', 'a\nb', 'a\nc', [' a', '-b', '+c']],
  ['nothing', 'a', null, ['-a', '+nothing']],
  ['something', null, 'a', ['-nothing', '+a']],
  ['a line break at the end, exactly', { exact: 'a' }, 'a\n', ['-a', '+a\\n']],
  ['what is no JSON', { json: 1 }, 'x', ['expected JSON, found', 'x']],
  ['what is no XML', { xml: '<a/>' }, 'x', ['expected XML, found', 'x']],
  ['bytes', { base64: 'AAEC' }, 'x', ['-AAEC', '+eA==']],
  ['no match', { matches: '^b' }, 'ab', ['expected a match of /^b/, found', 'ab']],
  ['no part', { contains: 'z' }, 'ab', ['expected some part "z", found', 'ab']],
]

for (const [what, expected, found] of same) {
  test(`${what}: the same`, async () => assert.deepEqual(await differences(expected, found, '.'), []))
}

for (const [what, expected, found, lines] of different) {
  test(`${what}: different`, async () => assert.deepEqual(await differences(expected, found, '.'), lines))
}

describe('files', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-match-'))
    await writeFile(join(folder, 'a.xml'), '<a>\n  <b/>\n</a>\n')
    await writeFile(join(folder, 'a.json'), '{"a": 1}')
    await writeFile(join(folder, 'a.txt'), 'text\n')
    await writeFile(join(folder, 'a.bin'), new Uint8Array([0xff, 0xfe]))
  })
  after(() => rm(folder, { recursive: true }))

  for (const [file, found] of [
    ['a.xml', '<a><b/></a>'],
    ['a.json', '{"a":1}'],
    ['a.txt', 'text'],
    ['a.bin', new Uint8Array([0xff, 0xfe])],
  ] as const) {
    test(`${file} is compared as its ending says`, async () => {
      assert.deepEqual(await differences({ file }, found, folder), [])
      assert.notDeepEqual(await differences({ file }, 'other', folder), [])
    })
  }
})

test('only the surroundings of a difference are shown', async () => {
  const numbers = Array.from({ length: 30 }, (_, index) => `${index + 1}`)
  const found = numbers.map(number => (number === '10' ? 'ten' : number === '28' ? 'x' : number)).join('\n')
  assert.deepEqual(await differences(numbers.join('\n'), found, '.'), [
    '@@ line 7 @@',
    ' 7',
    ' 8',
    ' 9',
    '-10',
    '+ten',
    ' 11',
    ' 12',
    ' 13',
    '@@ line 25 @@',
    ' 25',
    ' 26',
    ' 27',
    '-28',
    '+x',
    ' 29',
    ' 30',
  ])
})
