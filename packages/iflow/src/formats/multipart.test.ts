import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HeaderMap } from '../run/header-map.ts'
import { parseMediaType } from './media-type.ts'
import { multipartPartsMax, readHeaders, readMultipart, writeHeaders, writeMultipart } from './multipart.ts'

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
const textsOf = (text: string, boundary = 'b') =>
  readMultipart(bytesOf(text), boundary).map(({ content }) => Buffer.from(content).toString())

const bodies: readonly [what: string, body: string, parts: string[]][] = [
  ['preamble and epilogue are left out', 'x\r\n--b\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b--\r\n--b\r\n\r\n3', ['1', '2']],
  ['line feeds alone will do', '--b\n\n1\n\n--b \n\n2\n--b--', ['1\n', '2']],
  ['a missing end is tolerated', '--b\r\n\r\n1\r\n', ['1\r\n']],
  ['a longer boundary is another one', '--b\r\n\r\n1\r\n--bb\r\nx\r\n--b--', ['1\r\n--bb\r\nx']],
  ['a boundary inside a line is content', '--b\r\n\r\n1 --b\r\n--b--', ['1 --b']],
  ['parts may be empty', '--b\r\n\r\n\r\n--b\r\n--b--', ['', '']],
  [
    'quoted-printable is undone',
    '--b\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\nGr=C3=BC=\r\n=c3=9fe =\r\n!\r\n--b--',
    ['Grüße!'],
  ],
  ['base64 is undone', '--b\r\ncontent-transfer-encoding:base64\r\n\r\nSGVs\r\nbG8=\r\n--b--', ['Hello']],
]

for (const [what, body, parts] of bodies) {
  test(what, () => assert.deepEqual(textsOf(body), parts))
}

for (const [what, body, code] of [
  ['no part', 'Hello', 'decoding'],
  ['only an end', '--b--', 'decoding'],
  ['broken base64', '--b\r\nContent-Transfer-Encoding: base64\r\n\r\n?\r\n--b--', 'decoding'],
  ['an unknown transfer encoding', '--b\r\nContent-Transfer-Encoding: x-zip\r\n\r\n?\r\n--b--', 'decoding'],
  ['too many parts', '--b\r\n\r\n\r\n'.repeat(multipartPartsMax + 2), 'size-limit'],
  ['endless headers', `--b\r\n${'a: b\r\n'.repeat(20_000)}`, 'size-limit'],
] as const) {
  test(`${what} is a failure`, () => {
    assert.throws(() => textsOf(body), { name: 'Failure', code })
  })
}

test('folded headers are one line, and a value cannot bring headers of its own', () => {
  const { headers, bodyStart } = readHeaders(bytesOf('A: 1;\r\n\tx=2\r\nB:3\r\n\r\nbody'))
  assert.deepEqual(
    [...headers],
    [
      ['A', '1; x=2'],
      ['B', '3'],
    ],
  )
  assert.equal(bodyStart, 20)
  assert.equal(writeHeaders(new HeaderMap([['A', '1\r\nB: 2']])), 'A: 1 B: 2\r\n')
})

test('parts survive the way there and back', () => {
  const part = fc.record({ content: fc.uint8Array({ maxLength: 300 }), encoding: fc.constantFrom('base64', 'binary') })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), given => {
      const parts = given.map(({ content, encoding }) => ({
        headers: new HeaderMap([['Content-Transfer-Encoding', encoding]]),
        content,
      }))
      const read = readMultipart(writeMultipart(parts, 'the boundary'), 'the boundary')
      assert.deepEqual(
        read.map(({ content }) => Buffer.from(content)),
        parts.map(({ content }) => Buffer.from(content)),
      )
    }),
  )
})

const types: readonly [value: string, type: string, parameters: Record<string, string>][] = [
  ['', '', {}],
  ['Text/Plain;charset=UTF-8', 'text/plain', { charset: 'UTF-8' }],
  ['a/b; x="1;\\"2" ; Y = z;', 'a/b', { x: '1;"2', y: 'z' }],
  ["attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt", 'attachment', { filename: 'Grüße.txt' }],
  ["attachment; filename*=UTF-8''%ff", 'attachment', { filename: '%ff' }],
]

for (const [value, type, parameters] of types) {
  test(`the media type ${value || 'of nothing'}`, () => {
    const media = parseMediaType(value)
    assert.equal(media.type, type)
    assert.deepEqual(Object.fromEntries(media.parameters), parameters)
  })
}
