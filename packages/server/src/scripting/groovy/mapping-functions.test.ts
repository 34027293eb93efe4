import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { Exchange } from '@sluice/iflow'
import { groovyProgram, scriptTenant, withoutGroovy } from '../testing/script-tenant.ts'

const source = `import com.sap.it.api.mapping.*
class NoNumber extends Exception { NoNumber(String text) { super(text) } }
def String twice(String value) { value * 2 }
def sum(int a, double b, boolean c) { c ? a + b : 0 }
def String named(String name, MappingContext context) {
    context.setProperty("Asked", name); context.setHeader("H", "1"); context.getProperty(name)
}
def void each(String[] values, String[] keys, Output output, Output second, MappingContext context) {
    values.eachWithIndex { value, i ->
        if (output.isSuppress(value)) output.addSuppress() else output.addValue(value + keys[0])
        if (i == 0) output.addContextChange()
    }
    second.addValue(values.length)
}
def fails(String value) { throw new NoNumber("no number: " + value) }`

suite('functions of message mappings', { skip: withoutGroovy() }, () => {
  const tenant = scriptTenant()
  after(() => tenant.close())
  const program = groovyProgram(source)
  const map = (name: string, calls: (string | (string | null)[])[][], exchange = new Exchange()) =>
    tenant.scripts.map(program, name, calls, exchange, tenant.scope)

  for (const [name, calls, expected] of [
    ['twice', [['a'], ['b']], [[[['aa']]], [[['bb']]]]],
    ['sum', [['1', '2.5', 'true']], [[[['3.5']]]]],
    ['each', [[['a', null, 'c'], ['!']]], [[[['a!'], [null, 'c!']], [['3']]]]],
  ] as const) {
    test(`${name} of ${JSON.stringify(calls)}`, async () => {
      assert.deepEqual(await map(name, calls as never), expected)
    })
  }

  test('functions read and write headers and properties', async () => {
    const exchange = new Exchange({ properties: [['P', 'value']] })
    assert.deepEqual(await map('named', [['P']], exchange), [[[['value']]]])
    assert.deepEqual([exchange.properties.get('Asked'), exchange.headers.get('H')], ['P', '1'])
  })

  test('exceptions and missing functions fail the mapping', async () => {
    await assert.rejects(map('fails', [['x']]), {
      code: 'script',
      message: /^NoNumber: no number: x \(script\/Main\.groovy:\d+\)$/,
    })
    await assert.rejects(map('away', [['x']]), /Expected a function "away"/)
    await assert.rejects(map('twice', [['x', 'y']]), /Expected a function "twice" that takes these arguments/)
  })
})
