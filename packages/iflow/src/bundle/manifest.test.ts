import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseManifest, withManifestHeaders } from './manifest.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (manifest: Uint8Array) => new TextDecoder().decode(manifest)

const manifests: [string, string, [string, string][]][] = [
  ['nothing', '', []],
  [
    'headers with any line end',
    'A: 1\r\nB-c: 2\nD: 3\rE:4',
    [
      ['A', '1'],
      ['B-c', '2'],
      ['D', '3'],
      ['E', '4'],
    ],
  ],
  [
    'empty values',
    'A: \r\nB:\r\n',
    [
      ['A', ''],
      ['B', ''],
    ],
  ],
  ['colons in values', 'A: b:=c\r\n', [['A', 'b:=c']]],
  [
    'continuation lines',
    'A: one\r\n two\r\n  three\r\nB: x\n y\n',
    [
      ['A', 'onetwo three'],
      ['B', 'xy'],
    ],
  ],
  ['the main section only', 'A: 1\r\n\r\nName: x\r\nA: 2\r\n', [['A', '1']]],
  [
    'lines that are no header',
    'A: 1\r\nnonsense\r\n: x\r\nB: 2\r\n',
    [
      ['A', '1'],
      ['B', '2'],
    ],
  ],
]

for (const [name, manifest, headers] of manifests)
  test(`reads a manifest with ${name}`, () => {
    assert.deepEqual([...parseManifest(bytes(manifest))], headers)
  })

test('joins a continuation that begins inside a character', () => {
  const umlaut = bytes('ü')
  const folded = Uint8Array.from([...bytes('A: '), umlaut[0] ?? 0, ...bytes('\r\n '), umlaut[1] ?? 0, ...bytes('\r\n')])
  assert.equal(parseManifest(folded).get('A'), 'ü')
})

const edits: [string, string, [string, string][], string][] = [
  ['the same value', 'A: 1\n 2\n\n', [['A', '12']], 'A: 1\n 2\n\n'],
  ['another value', 'A: 1\r\nB: 2\r\n 3\r\nC: 4\r\n\r\n', [['B', '5']], 'A: 1\r\nB: 5\r\nC: 4\r\n\r\n'],
  ['a new header', 'A: 1\r\n\r\nName: x\r\n', [['B', '2']], 'A: 1\r\nB: 2\r\n\r\nName: x\r\n'],
  ['a new header after a last line without an end', 'A: 1', [['B', '2']], 'A: 1\r\nB: 2\r\n'],
  ['no manifest yet', '', [['Bundle-Name', 'x']], 'Manifest-Version: 1.0\r\nBundle-Name: x\r\n\r\n'],
  ['a value with line breaks', 'A: 1\r\n', [['A', 'x\r\nB: y']], 'A: x B: y\r\n'],
]

for (const [name, before, headers, after] of edits)
  test(`writes a manifest: ${name}`, () => {
    assert.equal(text(withManifestHeaders(bytes(before), new Map(headers))), after)
  })

test('folds at 72 bytes and never inside a character', () => {
  const value = `${'a'.repeat(61)}${'ü€😀'.repeat(40)}`
  const manifest = withManifestHeaders(new Uint8Array(), new Map([['Name-1', value]]))
  const lines = text(manifest).split('\r\n')
  for (const line of lines) {
    assert.ok(bytes(line).length + 2 <= 72, line)
    assert.ok(!line.includes('\ufffd'), line)
  }
  assert.equal(bytes(lines[1] ?? '').length, 69)
  assert.equal(parseManifest(manifest).get('Name-1'), value)
})
