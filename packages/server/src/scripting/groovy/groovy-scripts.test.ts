import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, suite, test } from 'node:test'
import { Body, Exchange, Failure } from '@sluice/iflow'
import { fakePorts } from '@sluice/iflow/testing'
import { ZipFile } from 'yazl'
import { groovyProgram, processData, scriptTenant, withoutGroovy } from '../testing/script-tenant.ts'

const ports = fakePorts({
  credentials: { Shop: { kind: 'user', user: 'ada', password: 'sécret' } },
  valueMappings: { 'A/Status/1/B/State': 'open' },
  numberRanges: { Orders: 7 },
})

suite('Groovy scripts', { skip: withoutGroovy() }, () => {
  const tenant = scriptTenant({ ports })
  after(() => tenant.close())

  test('a script changes body, headers and properties', async () => {
    const script = processData(
      'message.setBody("Hello, " + message.getBody(String))',
      'message.getHeaders().remove("DROP")',
      'message.setProperty("Seen", message.getHeaders().get("name"))',
      'message.properties.put("Map", message.headers instanceof HashMap)',
    )
    const headers = [
      ['Drop', 1],
      ['Name', 'Ada'],
    ] as const
    const { body, headers: left, properties } = await tenant.call(script, new Exchange({ body: 'Ada', headers }))
    assert.equal(body.raw, 'Hello, Ada')
    assert.deepEqual([...left], [['Name', 'Ada']])
    assert.deepEqual(
      [...properties],
      [
        ['Seen', 'Ada'],
        ['Map', true],
      ],
    )
  })

  test('what was parsed of a large message is let go with it', async () => {
    const script = processData(
      'if (message.getBody() == null) {',
      '    System.gc()',
      '    message.setBody(Runtime.runtime.totalMemory() - Runtime.runtime.freeMemory())',
      '    return message',
      '}',
      'def orders = new XmlSlurper().parse(message.getBody(java.io.Reader))',
      'message.setBody("" + orders.order.size())',
    )
    const usedBytes = async () => Number((await tenant.call(script, new Exchange())).body.raw)
    const before = await usedBytes()
    const order = '<order><name>An order</name><quantity>8</quantity></order>'
    const { body } = await tenant.call(script, new Exchange({ body: `<orders>${order.repeat(25_000)}</orders>` }))
    assert.equal(body.raw, '25000')
    const keptMb = ((await usedBytes()) - before) / 2 ** 20
    assert.ok(keptMb < 5, `${keptMb} MB`)
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
      'def others = ["Overall", "Internal", "External"].collect { message.getProperty("SAP_MPL_LogLevel_" + it) }',
      'message.setBody(([level] + others).join(" "))',
    )
    assert.equal((await tenant.call(script)).body.raw, 'TRACE TRACE TRACE NONE')
  })

  for (const [title, body, expression, expected] of [
    ['text', 'é€𝄞', 'message.getBody(String)', 'é€𝄞'],
    ['text without asking for a class', 'é', 'message.getBody()', 'é'],
    ['bytes as text', new TextEncoder().encode('é'), 'message.getBody(java.lang.String)', 'é'],
    [
      'bytes by a reader',
      new TextEncoder().encode('<a b="1"/>'),
      'new XmlSlurper().parse(message.getBody(Reader)).@b',
      '1',
    ],
    [
      'bytes as a stream',
      new TextEncoder().encode('[1]'),
      'new groovy.json.JsonSlurper().parse(message.getBody(InputStream))[0]',
      '1',
    ],
    ['bytes as they are', new Uint8Array([1, 2]), 'message.getBody(byte[]).length', '2'],
    ['a document', '<a><b>2</b></a>', 'message.getBody(org.w3c.dom.Document).documentElement.textContent', '2'],
    ['nothing', null, 'String.valueOf(message.getBody(String))', 'null'],
    ['its size', 'é', 'message.getBodySize()', '2'],
  ] as const) {
    test(`the body as ${title}`, async () => {
      const { body: after } = await tenant.call(
        processData(`message.setBody("" + (${expression}))`),
        new Exchange({ body }),
      )
      assert.equal(after.raw, expected)
    })
  }

  test('a large body crosses whole, there and back, and not at all when nobody looks', async () => {
    const body = Body.of(new Uint8Array(3_000_000).fill(65))
    const left = await tenant.call(processData('message.setHeader("A", 1)'), new Exchange({ body }))
    assert.equal(left.body, body)
    const script = processData('message.setBody(message.getBody(String).toLowerCase())')
    const { body: lower } = await tenant.call(script, new Exchange({ body }))
    assert.equal(lower.raw, 'a'.repeat(3_000_000))
    const summed = processData(
      'long n = 0; message.getBody(InputStream).eachByte { n += it }; message.setBody(n as String)',
    )
    assert.equal((await tenant.call(summed, new Exchange({ body }))).body.raw, String(3_000_000 * 65))
  })

  test('values keep their Java types from one script to the next', async () => {
    const values = {
      integer: '5',
      long: '5L',
      decimal: '1.50',
      double: '2.0d',
      boolean: 'true',
      date: 'new Date(0)',
      bytes: '[1, 2] as byte[]',
      list: '[1, "a", [b: 2.5]]',
      map: '[a: 1L]',
      text: '"${1}b"',
      time: 'java.time.LocalDate.of(2025, 1, 2)',
      stream: 'new StringReader("kept")',
      document: 'message.getBody(org.w3c.dom.Document)',
    }
    const first = processData(
      ...Object.entries(values).map(([name, value]) => `message.setProperty("${name}", ${value})`),
    )
    const exchange = await tenant.call(first, new Exchange({ body: '<a/>' }))
    const show =
      'message.setBody(message.getProperties().findAll { k, v -> !k.startsWith("SAP_") }.collect { k, v -> k + " " + v.getClass().getName() + " " + (v instanceof Reader ? v.text : v instanceof byte[] ? v.length : v instanceof org.w3c.dom.Document ? v.documentElement.tagName : v) }.join("\\n"))'
    const { body } = await tenant.call(processData(show), exchange)
    assert.deepEqual(body.text().split('\n'), [
      'integer java.lang.Integer 5',
      'long java.lang.Long 5',
      'decimal java.math.BigDecimal 1.50',
      'double java.lang.Double 2.0',
      'boolean java.lang.Boolean true',
      'date java.util.Date Thu Jan 01 00:00:00 UTC 1970',
      'bytes [B 2',
      'list java.util.ArrayList [1, a, [b:2.5]]',
      'map java.util.LinkedHashMap [a:1]',
      'text java.lang.String 1b',
      'time java.time.LocalDate 2025-01-02',
      'stream java.io.StringReader kept',
      'document com.sun.org.apache.xerces.internal.dom.DeferredDocumentImpl a',
    ])
    assert.equal(String(exchange.properties.get('decimal')), '1.50')
    assert.deepEqual(exchange.properties.get('bytes'), Buffer.from([1, 2]))
  })

  test('what is changed in place is changed, and an object as body is an object for the next script', async () => {
    const exchange = await tenant.call(processData('message.setProperty("List", [1]); message.setBody([a: 1])'))
    await tenant.call(processData('message.getProperty("List") << 2; message.getBody().b = 2'), exchange)
    assert.deepEqual(exchange.properties.get('List'), [1, 2])
    assert.equal(exchange.body.text(), '{a=1, b=2}')
  })

  test('undeclared variables are kept for the program, and for no other', async () => {
    const source = processData('seen = binding.hasVariable("seen") ? seen + 1 : 1', 'message.setBody(seen as String)')
    const program = groovyProgram(source)
    for (const expected of ['1', '2']) assert.equal((await tenant.call(program)).body.raw, expected)
    assert.equal((await tenant.call(groovyProgram(source))).body.raw, '1')
  })

  test('a script imports others of its artifact, and declares classes, one of its own name, too', async () => {
    const source = `import src.main.resources.script.Totals\n${processData('message.setBody(Totals.of([1, 2]) + new Main().x)')}\nclass Main { def x = "!" }`
    const program = groovyProgram(source, {
      'script/Totals.groovy':
        'package src.main.resources.script\nclass Totals { static of(list) { list.sum() + Names.x } }',
      'script/Names.gsh': 'package src.main.resources.script\nclass Names { static x = "x" }',
    })
    assert.deepEqual(await tenant.scripts.prepare(program), [])
    assert.equal((await tenant.call(program)).body.raw, '3x!')
  })

  test('archives of the artifact are on the class path, of this program alone', async () => {
    const zip = new ZipFile()
    zip.addBuffer(Buffer.from('from the archive'), 'greeting.txt')
    zip.end()
    const libraries = new Map([['lib/greeting.jar', new Uint8Array(await buffer(zip.outputStream))]])
    const source = processData('message.setBody(getClass().classLoader.getResource("greeting.txt")?.text)')
    assert.equal((await tenant.call(groovyProgram(source, {}, libraries))).body.raw, 'from the archive')
    assert.equal((await tenant.call(groovyProgram(source))).body.raw, null)
  })

  test('a script that does not compile is told by file and line, also one that it imports', async () => {
    assert.deepEqual(await tenant.scripts.prepare(groovyProgram(processData('new Away()'))), [
      'Expected a script that compiles, found: unable to resolve class Away (script/Main.groovy:3)',
    ])
    const broken = { 'script/Broken.groovy': 'package src.main.resources.script\nclass Broken {\n Away x\n}' }
    const program = groovyProgram('import src.main.resources.script.Broken\nnew Broken()', broken)
    assert.deepEqual(await tenant.scripts.prepare(program), [
      'Expected a script that compiles, found: unable to resolve class Away (script/Broken.groovy:3)',
    ])
  })

  test('a script asks the tenant for credentials, value mappings and numbers', async () => {
    const script = `import com.sap.it.api.ITApiFactory
import com.sap.it.api.mapping.ValueMappingApi
import com.sap.it.api.nrc.NumberRangeConfigurationService
import com.sap.it.api.securestore.SecureStoreService
${processData(
  'def user = ITApiFactory.getApi(SecureStoreService.class, null).getUserCredential("Shop")',
  'def state = ITApiFactory.getService(ValueMappingApi, null).getMappedValue("A", "Status", "1", "B", "State")',
  'def none = ITApiFactory.getApi(ValueMappingApi, null).getMappedValue("A", "Status", "2", "B", "State")',
  'def number = ITApiFactory.getApi(NumberRangeConfigurationService, null).getNextValuefromNumberRange("Orders", null)',
  'message.setBody([user.username, new String(user.password), state, none, number].join(" "))',
)}`
    assert.equal((await tenant.call(script)).body.raw, 'ada sécret open null 7')
    const away = script.replace('"Shop"', '"Away"')
    await assert.rejects(tenant.call(away), /SecureStoreException: Expected a credential "Away", found none/)
  })

  test('what a script writes to the log is there, also when it throws afterwards', async () => {
    const script = processData(
      'def log = messageLogFactory.getMessageLog(message)',
      'log.addAttachmentAsString("Payload", "text", "text/plain")',
      'log.setStringProperty("Step", "1")',
      'log.addCustomHeaderProperty("Order", "4711")',
      'message.setProperty("Before", true)',
      'throw new Exception("no")',
    )
    const exchange = new Exchange()
    await assert.rejects(tenant.call(script, exchange), { code: 'script' })
    assert.deepEqual(tenant.log, [
      ['Payload', 'text'],
      ['Step', '1'],
      ['Order', '4711'],
    ])
    assert.equal(exchange.properties.get('Before'), true)
  })

  test('attachments are read, added and removed', async () => {
    const attachments = [
      ['a.txt', { body: Body.of('a'), contentType: 'text/plain' }],
      ['b.txt', { body: Body.of('b'), contentType: 'text/plain' }],
    ] as const
    const script = processData(
      'def source = new javax.mail.util.ByteArrayDataSource("c".bytes, "text/csv")',
      'message.setBody(message.getAttachments().get("a.txt").getContent().toString())',
      'message.getAttachments().remove("b.txt")',
      'message.addAttachmentObject("c.csv", new com.sap.gateway.ip.core.customdev.util.AttachmentWrapper(source))',
    )
    const left = await tenant.call(script, new Exchange({ attachments }))
    assert.equal(left.body.raw, 'a')
    assert.deepEqual(
      [...left.attachments].map(([name, { body, contentType }]) => [name, contentType, body.text()]),
      [
        ['a.txt', 'text/plain', 'a'],
        ['c.csv', 'text/csv', 'c'],
      ],
    )
  })

  test('a caught failure is the exception that scripts know, and still the same failure when it is raised', async () => {
    const className = 'org.apache.camel.component.ahc.AhcOperationFailedException'
    const properties = {
      statusCode: 503,
      responseBody: 'busy',
      responseHeaders: new Map([['A', 'b']]),
      statusText: 'No',
    }
    const failure = new Failure('HTTP operation failed', {
      code: 'receiver-status',
      exception: { className, properties },
    })
    const other = new Failure('Away', {
      code: 'entry-missing',
      exception: { className: 'com.sap.esb.datastore.MessageNotFoundException', properties: { store: 'S' } },
    })
    const exchange = new Exchange({
      properties: [
        ['CamelExceptionCaught', failure],
        ['Other', other],
      ],
    })
    const script = processData(
      'def e = message.getProperty("CamelExceptionCaught"); def o = message.getProperties().get("Other")',
      'message.setBody([e.class.canonicalName, e.getStatusCode() + 1, e.responseBody, e.getResponseHeaders(), e.statusText, e.message, o.class.name, o.getStore()].join("|"))',
    )
    await tenant.call(script, exchange)
    const names = 'HTTP operation failed|com.sap.esb.datastore.MessageNotFoundException|S'
    assert.equal(exchange.body.raw, `${className}|504|busy|[A:b]|No|${names}`)
    assert.equal(exchange.properties.get('CamelExceptionCaught'), failure)
    const raised = tenant.call(processData('throw message.getProperty("CamelExceptionCaught")'), exchange)
    await assert.rejects(raised, ({ cause }: Failure) => cause === failure)
  })

  test('calls at the same time are answered apart', async () => {
    const program = groovyProgram(processData('message.setBody(message.getBody(String) * 2)'))
    const bodies = Array.from({ length: 50 }, (_, index) => `${index} `)
    const doubled = await Promise.all(bodies.map(body => tenant.call(program, new Exchange({ body }))))
    assert.deepEqual(
      doubled.map(({ body }) => body.raw),
      bodies.map(body => body + body),
    )
  })
})
