import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filledHeaders, headerProblem, pathOf } from './test-request.ts'

test('the path is the address and what follows it', () => {
  const cases = [
    ['/http/hello', '', '/http/hello'],
    ['hello', '', '/http/hello'],
    ['/hello', '?a=1', '/http/hello?a=1'],
    ['http/hello', 'x', '/http/hello/x'],
    ['/HTTP/hello/', '/x?y=/z', '/HTTP/hello/x?y=/z'],
    ['/http/orders/*', '4711', '/http/orders/4711'],
    [' /http/orders ', ' ', '/http/orders'],
  ] as const
  for (const [address, tail, path] of cases) assert.equal(pathOf(address, tail), path)
})

test('rows that are still empty do not count', () => {
  const rows = [
    { name: ' X-A ', value: '1' },
    { name: ' ', value: '' },
    { name: '', value: 'v' },
  ]
  assert.deepEqual(filledHeaders(rows), [
    { name: 'X-A', value: '1' },
    { name: '', value: 'v' },
  ])
})

test('headers that cannot be sent are told apart', () => {
  const cases = [
    ['X-Order_1', 'ä', undefined],
    ['', 'v', 'name'],
    ['X A', 'v', 'name'],
    ['X-A', 'a\nb', 'value'],
    ['X-A', '✓', 'value'],
    ['authorization', 'Basic x', 'authorization'],
    ['Cookie', 'a=b', 'browser'],
    ['Sec-Fetch-Mode', 'cors', 'browser'],
  ] as const
  for (const [name, value, problem] of cases) assert.equal(headerProblem({ name, value }), problem, name)
})
