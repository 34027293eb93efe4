import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { after, suite, test } from 'node:test'
import { Exchange } from '@sluice/iflow'
import { groovyProgram, processData, scriptCache, scriptTenant, withoutGroovy } from '../testing/script-tenant.ts'
import { GroovyScripts } from './groovy-scripts.ts'

suite('Groovy scripts that must not', { skip: withoutGroovy() }, () => {
  process.env.SLUICE_TEST_SECRET = 'secret'
  const prints = new EventEmitter<{ line: [string] }>()
  const tenant = scriptTenant({ print: line => prints.emit('line', line) })
  after(() => tenant.close())
  const fine = groovyProgram(processData('message.setBody("fine")'))

  for (const [title, statement] of [
    ['loop', 'while (true) { }'],
    ['sleep', 'sleep(1_000_000)'],
  ] as const) {
    test(`${title} for ever: when the time is up, the message fails with the line, and the next one finds a process`, async t => {
      const script = groovyProgram(processData(`println "begun"; ${statement}`))
      assert.equal((await tenant.call(fine)).body.raw, 'fine')
      t.mock.timers.enable({ apis: ['setTimeout'] })
      const begun = once(prints, 'line')
      const call = tenant.scripts.run(script, 'processData', new Exchange(), tenant.scope)
      const failed = assert.rejects(call, {
        name: 'Failure',
        code: 'script-limit',
        message: 'Expected an answer within 30000 ms, found none (script/Main.groovy:3)',
      })
      await Promise.race([begun, failed])
      t.mock.timers.tick(30_000)
      await failed
      t.mock.timers.reset()
      assert.equal((await tenant.call(fine)).body.raw, 'fine')
    })
  }

  test('the time is that of a call: a program may take longer to be compiled', async () => {
    const hasty = new GroovyScripts({ pool: tenant.jvms, cache: scriptCache, timeoutMs: 1 })
    const statements = Array.from({ length: 1_000 }, (_, index) => `message.setProperty("p${index}", ${index})`)
    assert.deepEqual(await hasty.prepare(groovyProgram(processData(...statements))), [])
  })

  for (const [title, statement, code, message] of [
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
      assert.equal((await tenant.call(fine)).body.raw, 'fine')
      const call = tenant.scripts.run(
        groovyProgram(processData(statement)),
        'processData',
        new Exchange(),
        tenant.scope,
      )
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
    const printed: string[] = []
    prints.on('line', line => printed.push(line))
    assert.equal((await tenant.call(script, new Exchange({ body: 'b' }))).body.raw, 'b')
    assert.deepEqual(printed.slice(0, 2), ['one', 'two'])
    assert.ok(printed.length < 1_000, `${printed.length} lines`)
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
