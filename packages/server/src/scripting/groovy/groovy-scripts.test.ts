import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { Exchange } from '@sluice/iflow'
import { groovyProgram, processData, scriptTenant, withoutGroovy } from '../testing/script-tenant.ts'

suite('Groovy scripts', { skip: withoutGroovy() }, () => {
  const tenant = scriptTenant()
  after(() => tenant.close())

  test('a script changes body, headers and properties', async () => {
    const script = processData(
      'message.setBody("Hello, " + message.getBody(String))',
      'message.getHeaders().remove("DROP")',
      'message.setProperty("Seen", message.getHeaders().get("name"))',
    )
    const headers = [
      ['Drop', 1],
      ['Name', 'Ada'],
    ] as const
    const { body, headers: left, properties } = await tenant.call(script, new Exchange({ body: 'Ada', headers }))
    assert.equal(body.raw, 'Hello, Ada')
    assert.deepEqual([...left], [['Name', 'Ada']])
    assert.deepEqual([...properties], [['Seen', 'Ada']])
  })

  test('a script that does not compile is told by file and line', async () => {
    const program = groovyProgram(processData('new Away()'))
    assert.deepEqual(await tenant.scripts.prepare(program), [
      'Expected a script that compiles, found: unable to resolve class Away (script/Main.groovy:3)',
    ])
  })

  test('an exception fails the step with its class, text and line', async () => {
    await assert.rejects(tenant.call(processData('throw new IllegalStateException("no")')), {
      name: 'Failure',
      code: 'script',
      message: 'java.lang.IllegalStateException: no (script/Main.groovy:3)',
    })
  })
})
