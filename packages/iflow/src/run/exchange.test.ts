import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Exchange } from './exchange.ts'
import { HeaderMap } from './header-map.ts'

test('headers are found without regard to case and keep their first spelling and their order', () => {
  const headers = new HeaderMap([
    ['B', 1],
    ['a', 2],
  ])
  headers.set('b', 3)
  assert.equal(headers.get('B'), 3)
  assert.ok(headers.has('A'))
  assert.deepEqual(
    [...headers],
    [
      ['B', 3],
      ['a', 2],
    ],
  )
  assert.ok(headers.delete('b'))
  assert.equal(headers.size, 1)
})

test('a copy is independent of its original', () => {
  const exchange = new Exchange({ body: 'x', headers: [['h', '1']], properties: [['p', '1']] })
  const copy = exchange.copy()
  copy.headers.set('H', '2')
  copy.properties.set('p', '2')
  copy.body = new Exchange({ body: 'y' }).body
  assert.deepEqual([exchange.headers.get('h'), exchange.properties.get('p'), exchange.text()], ['1', '1', 'x'])
})

test('properties are found with regard to case', () => {
  const { properties } = new Exchange({ properties: [['Name', 1]] })
  assert.equal(properties.get('name'), undefined)
})

test('the charset comes from a header, else from a property, else it is UTF-8', () => {
  const latin = new Uint8Array([0x46, 0xfc])
  const properties = [['CamelCharsetName', 'ISO-8859-1']] as const
  assert.equal(new Exchange({ body: latin, properties }).text(), 'Fü')
  assert.equal(new Exchange({ body: latin, properties, headers: [['camelcharsetname', 'utf-8']] }).text(), 'F\ufffd')
  assert.equal(new Exchange().charset, 'UTF-8')
})
