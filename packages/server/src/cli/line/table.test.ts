import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printable, printableLines, table } from './table.ts'

test('tables align their columns and keep control characters off the terminal', () => {
  assert.equal(
    table(
      ['ID', 'NAME'],
      [
        ['long id', 'x'],
        ['a', 'y\u001b[2J'],
      ],
    ),
    'ID       NAME\nlong id  x\na        y [2J\n',
  )
  assert.equal(printable('a\u0007b'), 'a b')
  assert.equal(printableLines('a\u001b]0;b\u0007\r\n\tc\rd'), 'a ]0;b \n  c d')
})
