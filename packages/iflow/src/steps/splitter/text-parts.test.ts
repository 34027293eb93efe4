import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../run/failure.ts'
import { byLine, byLineWithHeader, byToken, type TextSplit } from './text-parts.ts'

const cases: readonly (readonly [title: string, split: TextSplit, text: string, group: number, parts: string[]])[] = [
  ['lines', byLine, 'a\nb\nc', 1, ['a', 'b', 'c']],
  ['line ends of every kind', byLine, 'a\r\nb\rc\nd', 1, ['a', 'b', 'c', 'd']],
  ['an end of the last line', byLine, 'a\nb\r\n', 1, ['a', 'b']],
  ['a carriage return at the very end', byLine, 'a\r', 1, ['a']],
  ['empty lines between others', byLine, 'a\n\nb\n', 1, ['a', '', 'b']],
  ['no text', byLine, '', 1, []],
  ['groups of lines', byLine, 'a\nb\nc', 2, ['a\nb', 'c']],
  ['a heading for every line', byLineWithHeader, 'h\na\nb', 1, ['h\na', 'h\nb']],
  ['a heading for every group', byLineWithHeader, 'h\na\nb\nc\n', 2, ['h\na\nb', 'h\nc']],
  ['a heading alone', byLineWithHeader, 'h\n', 1, []],
  ['no text and no heading', byLineWithHeader, '', 1, []],
  [
    'elements by name',
    byToken('c'),
    '<l><c>1</c> <c a="2"/><cc>3</cc><c>4</c ></l>',
    1,
    ['<c>1</c>', '<c a="2"/>', '<c>4</c >'],
  ],
  ['elements by start tag', byToken('<c>'), '<l><c>1</c><c>2</c></l>', 1, ['<c>1</c>', '<c>2</c>']],
  ['elements with a prefix', byToken('p:c'), '<l><p:c>1</p:c></l>', 1, ['<p:c>1</p:c>']],
  ['an element that does not end', byToken('c'), '<l><c>1</c><c>2', 1, ['<c>1</c>']],
  [
    'groups of elements',
    byToken('c'),
    '<c>1</c><c>2</c><c>3</c>',
    2,
    ['<group><c>1</c><c>2</c></group>', '<group><c>3</c></group>'],
  ],
  ['other tokens stand between parts', byToken('--'), '1--2----3--', 1, ['1', '2', '', '3']],
  ['groups keep their tokens', byToken(';'), '1;2;3', 2, ['1;2', '3']],
]

for (const [title, split, text, group, parts] of cases) {
  test(`text is split: ${title}`, () => {
    for (const size of [1, 2, 3, 1_000]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.slice(index * size, (index + 1) * size),
      )
      assert.deepEqual(
        [...split(pieces, group)].filter(part => part !== undefined),
        parts,
      )
    }
  })
}

test('a part that is not found to its end within the limit fails, however it is split', () => {
  const piece = 'x'.repeat(1024 * 1024)
  function* endless() {
    yield '<c>'
    for (;;) yield piece
  }
  for (const token of ['c', ';']) {
    assert.throws(
      () => [...byToken(token)(endless(), 1)],
      error => error instanceof Failure && error.code === 'size-limit',
    )
  }
})
