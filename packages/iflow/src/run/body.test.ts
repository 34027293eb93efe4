import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Body, type StoredBytes } from './body.ts'
import { piecesOf } from './charset.ts'
import { Failure } from './failure.ts'

const charsets: readonly [name: string, bytes: readonly number[]][] = [
  ['UTF-8', [0xc3, 0xbc]],
  ['utf8', [0xc3, 0xbc]],
  ['ISO-8859-1', [0xfc]],
  ['windows-1250', [0xfc]],
  ['IBM866', [0x3f]],
  ['UTF-16BE', [0x00, 0xfc]],
  ['UTF-16LE', [0xfc, 0x00]],
]

for (const [charset, bytes] of charsets) {
  test(`text goes to ${charset} and comes back`, () => {
    assert.deepEqual([...Body.of('ü').bytes(charset)], bytes)
    assert.equal(Body.of(new Uint8Array(bytes)).text(charset), charset === 'IBM866' ? '?' : 'ü')
  })
}

test('UTF-16 is written with a byte order mark', () => {
  assert.deepEqual([...Body.of('a').bytes('UTF-16')], [0xfe, 0xff, 0x00, 0x61])
})

test('characters that a charset lacks become question marks', () => {
  assert.deepEqual([...Body.of('a€').bytes('ISO-8859-1')], [0x61, 0x3f])
  assert.deepEqual([...Body.of('ü😀').bytes('US-ASCII')], [0x3f, 0x3f])
})

test('an unknown charset is a failure', () => {
  assert.throws(() => Body.of(new Uint8Array([1])).text('klingon'), { code: 'charset' })
  assert.throws(() => Body.of('x').bytes('klingon'), { code: 'charset' })
  assert.throws(() => Body.of('x').bytes('Shift_JIS'), { code: 'charset' })
})

test('a conversion is done once', () => {
  const body = Body.of('x')
  assert.equal(body.bytes(), body.bytes())
  const xml = Body.of('<a/>')
  assert.equal(xml.xml(), xml.xml())
})

test('a cleared body is null, an empty text is not', () => {
  assert.deepEqual([Body.empty.isNull, Body.empty.isEmpty], [true, true])
  assert.deepEqual([Body.of('').isNull, Body.of('').isEmpty], [false, true])
  assert.equal(Body.empty.text(), '')
  assert.equal(Body.empty.bytes().length, 0)
})

test('XML bytes are decoded as they declare', () => {
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'
  assert.equal(Body.of(Body.of(text).bytes('ISO-8859-1')).xml().documentElement?.textContent, 'ü')
  assert.equal(Body.of(Body.of('<a>ü</a>').bytes('UTF-16')).xml().documentElement?.textContent, 'ü')
  assert.equal(Body.of(Body.of('\uFEFF<a>ü</a>').bytes()).xml().documentElement?.textContent, 'ü')
})

const refused: readonly [what: string, xml: string][] = [
  ['an empty body', ''],
  ['text', 'hello'],
  ['an element that is not closed', '<a><b></a>'],
  ['a document type', '<?xml version="1.0"?><!-- c --> <!DOCTYPE a SYSTEM "http://x/"><a/>'],
  ['an unknown entity', '<a>&nbsp;</a>'],
  ['more than 1,000 elements within each other', `${'<a>'.repeat(1_001)}${'</a>'.repeat(1_001)}`],
]

for (const [what, xml] of refused) {
  test(`XML refuses ${what}`, () => {
    assert.throws(
      () => Body.of(xml).xml(),
      (error: unknown) => error instanceof Failure && error.code === 'not-well-formed',
    )
  })
}

test('1,000 elements within each other, and many beside each other, are fine', () => {
  assert.ok(Body.of(`${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}`).xml())
  assert.ok(Body.of(`<a>${'<b><c/></b>'.repeat(5_000)}</a>`).xml())
})

test('what is wrong with XML is told without quoting the message', () => {
  assert.throws(
    () => Body.of('<a>\n<secret-4711></a>').xml(),
    (error: Failure) => !error.message.includes('4711>\n'),
  )
})

test('text in a charset is bytes, and decoded no more in an exchange of that charset', () => {
  const body = Body.in('iso-8859-1', 'Füße', 'ISO-8859-1')
  assert.deepEqual(body.raw, Uint8Array.of(0x46, 0xfc, 0xdf, 0x65))
  assert.equal(body.text('ISO-8859-1'), 'Füße')
  assert.equal(Body.in('UTF-8', 'ß', 'ISO-8859-1').text('UTF-8'), 'ß')
})

test('stored bytes are read piece by piece, or whole by whoever needs them whole', () => {
  const bytes = new TextEncoder().encode('üö'.repeat(50_000))
  const reads: number[] = []
  const buffer = new Uint8Array(bytes.length)
  const stored: StoredBytes = {
    length: bytes.length,
    read(start, end) {
      reads.push(end - start)
      buffer.set(bytes.subarray(start, end))
      return buffer.subarray(0, end - start)
    },
  }
  const body = Body.of(stored)
  assert.deepEqual([body.size, body.isEmpty, body.isNull, reads.length], [200_000, false, false, 0])
  assert.equal([...piecesOf(body.content ?? '', 'UTF-8')].join(''), 'üö'.repeat(50_000))
  assert.equal(Math.max(...reads), 64 * 1024)
  assert.deepEqual(body.bytes(), bytes)
  assert.equal(body.text(), 'üö'.repeat(50_000))
  assert.equal(reads.filter(count => count === 200_000).length, 1)
})
