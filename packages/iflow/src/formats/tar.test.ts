import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../run/failure.ts'
import { concatenate } from './concatenate.ts'
import { makeTar, readTar, tarEntriesMax } from './tar.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (archive: Uint8Array) =>
  Array.from(readTar(archive), file => [file.name, new TextDecoder().decode(file.bytes)])

test('files come back with their names, however long', () => {
  const files = [
    ['a.txt', 'a'],
    ['empty', ''],
    [`${'folder/'.repeat(30)}ü.txt`, 'x'.repeat(512)],
    ['b', 'y'.repeat(513)],
  ] as const
  const archive = makeTar(
    files.map(([name, text]) => ({ name, bytes: bytes(text) })),
    0,
  )
  assert.equal(archive.length % 512, 0)
  assert.deepEqual(read(archive), files)
})

test('folders, links and what follows the end are left out; names of pax are read', () => {
  const file = (name: string, text: string) => makeTar([{ name, bytes: bytes(text) }], 0).subarray(0, -1024)
  const typed = (archive: Uint8Array, type: string) => {
    const copy = archive.slice()
    const sum = (copy[156] ?? 0) - type.charCodeAt(0)
    copy[156] = type.charCodeAt(0)
    const checksum = Number.parseInt(new TextDecoder().decode(copy.subarray(148, 155)), 8) - sum
    copy.set(bytes(`${checksum.toString(8).padStart(7, '0')}\0`), 148)
    return copy
  }
  const archive = concatenate([
    typed(file('folder/', ''), '5'),
    typed(file('link', ''), '2'),
    typed(file('pax', '20 path=long/name.t\n'), 'x'),
    file('short', 'content'),
    new Uint8Array(1024),
    file('behind', 'the end'),
  ])
  assert.deepEqual(read(archive), [['long/name.t', 'content']])
})

const whole = makeTar([{ name: 'a.txt', bytes: bytes('a'.repeat(600)) }], 0)
const refused: readonly (readonly [title: string, archive: Uint8Array, code: string])[] = [
  ['no bytes', bytes(''), 'decoding'],
  ['text', bytes('a'.repeat(1024)), 'decoding'],
  ['an archive that is cut off', whole.subarray(0, 1024), 'decoding'],
  ['a header that was changed', Uint8Array.from(whole, (byte, at) => (at === 3 ? 1 : byte)), 'decoding'],
  [
    'more entries than anybody needs',
    makeTar(
      Array.from({ length: tarEntriesMax + 1 }, (_, index) => ({ name: String(index), bytes: bytes('') })),
      0,
    ),
    'size-limit',
  ],
]
for (const [title, archive, code] of refused) {
  test(`refused: ${title}`, () => {
    assert.throws(
      () => read(archive),
      error => error instanceof Failure && error.code === code,
    )
  })
}
