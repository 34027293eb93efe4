import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fallen, readFigures, risen, writeFigures } from './figures.ts'

const text = '# What this is.\nflows                 344\nreceiver SOAP 1.x     0\n'
const figures = readFigures(text)

test('figures are read and written, and comments stay', () => {
  assert.deepEqual(
    [...figures],
    [
      ['flows', 344],
      ['receiver SOAP 1.x', 0],
    ],
  )
  assert.equal(writeFigures(figures, text), '# What this is.\nflows              344\nreceiver SOAP 1.x  0\n')
  assert.throws(() => readFigures('flows many'), /found "flows many"/)
})

test('a figure falls when it is lower or no longer there, and rises when it is higher or new', () => {
  const now = new Map([
    ['flows', 345],
    ['parse', 1],
  ])
  assert.deepEqual(fallen(figures, now), [])
  assert.deepEqual(fallen(now, figures), [
    'Expected at least 345 for "flows", found 344.',
    'Expected at least 1 for "parse", found 0.',
  ])
  assert.deepEqual(risen(figures, now), ['"flows" has risen from 344 to 345.', '"parse" has risen from nothing to 1.'])
})
