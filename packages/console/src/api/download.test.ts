import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileNameOf } from './download.ts'

const cases: readonly (readonly [header: string | null, name: string | undefined])[] = [
  [null, undefined],
  ['attachment', undefined],
  ['attachment; filename="Order 1"', 'Order 1'],
  ['attachment; filename=orders.zip', 'orders.zip'],
  [`attachment; filename="Gr__e"; filename*=UTF-8''Gr%C3%BC%C3%9Fe`, 'Grüße'],
]

for (const [header, name] of cases) {
  test(`${header} names ${name}`, () => assert.equal(fileNameOf(header), name))
}
