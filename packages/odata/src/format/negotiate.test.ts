import assert from 'node:assert/strict'
import { test } from 'node:test'
import { negotiate } from './negotiate.ts'

const cases: readonly (readonly [format: string | undefined, accept: string | undefined, chosen: string])[] = [
  [undefined, undefined, 'atom'],
  [undefined, '', 'atom'],
  [undefined, '*/*', 'atom'],
  [undefined, 'application/json', 'json'],
  [undefined, 'Application/JSON;odata=verbose', 'json'],
  [undefined, 'application/json, text/plain, */*', 'json'],
  [undefined, 'application/atom+xml', 'atom'],
  [undefined, 'application/xml, application/json', 'atom'],
  [undefined, 'application/xml;q=0.5, application/json;q=0.9', 'json'],
  [undefined, 'application/json;q=0, */*', 'atom'],
  [undefined, 'application/json;q=x', 'atom'],
  [undefined, 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'atom'],
  [undefined, 'application/zip', 'atom'],
  [undefined, 'json', 'atom'],
  ['json', undefined, 'json'],
  ['JSON', 'application/atom+xml', 'json'],
  ['application/json;odata=verbose', undefined, 'json'],
  ['atom', 'application/json', 'atom'],
  ['xml', 'application/json', 'atom'],
]

for (const [format, accept, chosen] of cases) {
  test(`$format ${format} and Accept ${accept} give ${chosen}`, () => assert.equal(negotiate(format, accept), chosen))
}

test('another $format is refused', () => {
  for (const format of ['yaml', 'constructor', '*']) {
    assert.throws(() => negotiate(format, undefined), { name: 'ODataError', code: 'not-acceptable', status: 406 })
  }
})
