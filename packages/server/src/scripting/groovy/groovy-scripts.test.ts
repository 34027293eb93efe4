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

  test('headers and properties are the maps that scripts take them for, whatever is called on them', async () => {
    const script = processData(
      'HashMap headers = message.getHeaders()',
      'headers.putAll([added: 1, NAME: "Bo"])',
      'headers.putIfAbsent("name", "no")',
      'headers.computeIfAbsent("made", { key -> key.size() })',
      'headers.merge("added", 2, { a, b -> a + b })',
      'headers.remove("drop", 1)',
      'message.setProperty("Names", headers.keySet().sort().join(","))',
      'message.setProperty("Copy", new HashMap(headers).size() + (headers.clone() as Map).size())',
    )
    const headers = [
      ['Drop', 1],
      ['Name', 'Ada'],
    ] as const
    const { headers: left, properties } = await tenant.call(script, new Exchange({ headers }))
    assert.deepEqual(
      [...left],
      [
        ['Name', 'Bo'],
        ['added', 3],
        ['made', 4],
      ],
    )
    assert.deepEqual(
      [...properties],
      [
        ['Names', 'Name,added,made'],
        ['Copy', 6],
      ],
    )
  })

  test('scripts can ask for the log level', async () => {
    const script = processData(
      'def level = (String) message.getProperties().get("SAP_MessageProcessingLogConfiguration").logLevel',
      'message.setBody(level)',
    )
    assert.equal((await tenant.call(script)).body.raw, 'INFO')
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
