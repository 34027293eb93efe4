import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { Exchange } from '@sluice/iflow'
import { groovyProgram, processData, scriptCache, scriptTenant, withoutGroovy } from '../testing/script-tenant.ts'
import { GroovyScripts } from './groovy-scripts.ts'

suite('Groovy scripts that must not', { skip: withoutGroovy() }, () => {
  process.env.SLUICE_TEST_SECRET = 'secret'
  const tenant = scriptTenant()
  // In the same JVMs, which have been at work for a while: a script is compiled in time.
  const hasty = new GroovyScripts({ pool: tenant.jvms, cache: scriptCache, timeoutMs: 1_500 })
  after(() => tenant.close())
  const fine = groovyProgram(processData('message.setBody("fine")'))

  for (const [title, statement, code, message] of [
    [
      'loop for ever',
      'while (true) { }',
      'script-limit',
      /^Expected an answer within 1500 ms, found none \(script\/Main\.groovy:3\)$/,
    ],
    ['sleep for ever', 'sleep(1_000_000)', 'script-limit', /within 1500 ms, found none \(script\/Main\.groovy:3\)$/],
    [
      'take all memory',
      'def all = []; while (true) all << new byte[1_000_000]',
      'script-limit',
      /OutOfMemoryError.*\(script\/Main\.groovy:3\)$/,
    ],
    [
      'call itself without end',
      'def f; f = { f() }; f()',
      'script-limit',
      /StackOverflowError.*\(script\/Main\.groovy:3\)$/,
    ],
    [
      'end the process',
      'System.exit(3)',
      'script',
      /^Expected an answer, found that the process ended .*\(script\/Main\.groovy:3\)$/,
    ],
    [
      'kill the process',
      'Runtime.runtime.halt(3)',
      'script',
      /^Expected an answer, found that the process ended with code 3 \(script\/Main\.groovy\)$/,
    ],
    ['throw an error', 'throw new Error("no")', 'script', /^java\.lang\.Error: no \(script\/Main\.groovy:3\)$/],
    ['fail an assertion', 'assert 1 == 2', 'script', /PowerAssertionError.*\(script\/Main\.groovy:3\)$/s],
    ['throw in a closure', '[1].each { it.away() }', 'script', /MissingMethodException.*\(script\/Main\.groovy:3\)$/s],
  ] as const) {
    test(`${title}: the message fails with the line, and the next one finds a process`, async () => {
      const scripts = title.endsWith('for ever') ? hasty : tenant.scripts
      assert.equal((await tenant.call(fine)).body.raw, 'fine')
      const call = scripts.run(groovyProgram(processData(statement)), 'processData', new Exchange(), tenant.scope)
      await assert.rejects(call, { name: 'Failure', code, message })
      assert.equal((await tenant.call(fine)).body.raw, 'fine')
    })
  }

  test('a function that is not there fails the message', async () => {
    const call = tenant.scripts.run(fine, 'away', new Exchange(), tenant.scope)
    await assert.rejects(call, {
      code: 'script',
      message: /^Expected a function "away" .* in script\/Main\.groovy, found none$/,
    })
  })

  test('scripts see nothing of the environment', async () => {
    const { body } = await tenant.call(processData('message.setBody(System.getenv().keySet().sort().join(","))'))
    assert.equal(body.raw, 'LC_ALL')
    const { body: directory } = await tenant.call(processData('message.setBody(new File(".").list().join(","))'))
    assert.equal(directory.raw, '')
  })

  test('what scripts print is no answer, and is told by lines, not without bound', async () => {
    const script = processData('println "one"', 'System.out.print("two\\n")', '5000.times { println it }')
    assert.equal((await tenant.call(script, new Exchange({ body: 'b' }))).body.raw, 'b')
    assert.deepEqual(tenant.printed.slice(0, 2), ['one', 'two'])
    assert.ok(tenant.printed.length < 1_000, `${tenant.printed.length} lines`)
  })

  test('without Java, a flow is told what to install', async t => {
    const bare = scriptTenant({ env: { PATH: '' } })
    t.after(() => bare.close())
    const [problem] = await bare.scripts.prepare(fine)
    assert.match(problem ?? '', /^Expected Java for Groovy scripts, found none: install .* \(apt-get install groovy\)/)
  })

  test('a process that keeps an object of a message and ends fails that message', async () => {
    const exchange = await tenant.call(processData('message.setProperty("Kept", new StringReader("x"))'))
    await assert.rejects(tenant.call(processData('System.exit(1)')), { code: 'script' })
    await assert.rejects(tenant.call(fine, exchange), /Java process that keeps objects of this message/)
  })
})
