import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { Body, Exchange, type ExchangeParts, Failure, type LogWriter, type ScriptProgram } from '@sluice/iflow'
import { fakePorts, TestClock, testScope } from '@sluice/iflow/testing'
import { openJavaScript } from './javascript-scripts.ts'

const javascript = openJavaScript({ timeoutMs: 60_000, memoryMb: 64 })
/** Whose scripts have little time. */
const hasty = openJavaScript({ timeoutMs: 300, memoryMb: 64 })
after(() => Promise.all([javascript.close(), hasty.close()]))

function program(source: string): ScriptProgram {
  return { language: 'javascript', file: 'script/A.js', source, scripts: new Map(), libraries: new Map() }
}

/** Calls `processData(message)`, whose lines are given, and resolves with the message as it is left. */
async function run(
  lines: string,
  parts: ExchangeParts = {},
  { host = javascript, log }: { readonly host?: typeof javascript; readonly log?: LogWriter } = {},
): Promise<Exchange> {
  const exchange = new Exchange(parts)
  const scope = testScope({ ports: fakePorts({ clock: new TestClock(Date.UTC(2026, 0, 2, 3, 4, 5)) }) })
  const source = program(`function processData(message) {\n${lines}\n}`)
  await host.run(source, 'processData', exchange, log ? { ...scope, log } : scope)
  return exchange
}

describe('what scripts see and do', () => {
  const cases: readonly {
    readonly title: string
    readonly lines: string
    readonly parts?: ExchangeParts
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, unknown>>
    readonly properties?: Readonly<Record<string, unknown>>
  }[] = [
    {
      title: 'the body as text, in its charset, and JSON',
      lines: `var body = JSON.parse(String(message.getBody(new java.lang.String().getClass())))
        message.getProperties().put('id', body.id)`,
      parts: {
        body: Uint8Array.of(0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x22, 0xe9, 0x22, 0x7d),
        headers: [['CamelCharsetName', 'ISO-8859-1']],
      },
      headers: { CamelCharsetName: 'ISO-8859-1' },
      properties: { id: 'é' },
      body: Uint8Array.of(0x7b, 0x22, 0x69, 0x64, 0x22, 0x3a, 0x22, 0xe9, 0x22, 0x7d),
    },
    {
      title: 'bytes, both ways',
      lines: `var bytes = message.getBody(java.lang.reflect.Array.newInstance(java.lang.Byte.TYPE, 0).getClass())
        message.setBody(bytes.reverse()); message.setProperty('first', bytes[2])`,
      parts: { body: Uint8Array.of(255, 0, 7) },
      body: Uint8Array.of(7, 0, 255),
      properties: { first: -1 },
    },
    {
      title: 'texts with characters that end a text elsewhere',
      lines: `message.setBody(message.getBody(java.lang.String) + '\\u0000b\\ud834' + '𝄞')`,
      parts: { body: 'a\0' },
      body: 'a\0\0b\ud834𝄞',
    },
    {
      title: 'a body that is set as it came stays what it was, byte by byte',
      lines: 'message.setBody(message.getBody())',
      parts: { body: Uint8Array.of(255, 254) },
      body: Uint8Array.of(255, 254),
    },
    {
      title: 'no body',
      lines: 'message.setProperty("none", message.getBody() === null)',
      body: null,
      properties: { none: true },
    },
    {
      title: 'headers without regard to case, as map and by name',
      lines: `var headers = message.getHeaders()
        message.setProperty('all', [headers.get('A'), headers.a, headers['A'], message.getHeader('a', java.lang.String), headers.containsKey('b')].join())
        headers.put('A', 'x'); headers.B = 'y'; headers.remove('gone')`,
      parts: {
        headers: [
          ['a', '1'],
          ['Gone', '2'],
        ],
      },
      headers: { a: 'x', B: 'y' },
      properties: { all: '1,1,1,1,false' },
    },
    {
      title: 'texts have the methods of Java and of JavaScript',
      lines: `var text = message.getProperty('text'), other = new java.lang.String('a.b.')
        message.setProperty('text', [text.length(), text.length + 1, text.equals('abc'), text == 'abc', text.toUpperCase().contains('B'),
          text.match(/b/)[0], text.replace('b', '.'), other.split('\\\\.').length, 'abc'.equals(text), text.isEmpty(), text.getBytes().length].join())`,
      parts: { properties: [['text', 'abc']] },
      properties: { text: '3,4,true,true,true,b,a.c,2,true,false,3' },
    },
    {
      title: 'collections and values of Java',
      lines: `importPackage(java.util)
        var map = new HashMap(), list = new ArrayList()
        list.add('a'); list.add(1); map.put('list', list); map.put('none', null)
        message.setProperty('map', map); message.setProperty('set', new HashSet(list)); message.setProperty('text', String(map))
        message.setProperty('object', { a: [true, 1.5] }); message.setProperty('number', java.lang.Integer.parseInt('42'))
        message.setHeader('builder', new java.lang.StringBuilder('a').append(1))
        message.setHeader('base64', Base64.getEncoder().encodeToString(new java.lang.String('é').getBytes('UTF-8')))
        message.setHeader('bytes', new java.lang.String(Base64.getDecoder().decode('6Q=='), 'ISO-8859-1'))`,
      properties: {
        map: new Map<string, unknown>([
          ['list', ['a', 1]],
          ['none', null],
        ]),
        set: new Set(['a', 1]),
        text: '{list=[a, 1], none=null}',
        object: new Map([['a', [true, 1.5]]]),
        number: 42,
      },
      headers: { builder: 'a1', base64: 'w6k=', bytes: 'é' },
    },
    {
      title: "the message's time, as Java and JavaScript write it",
      lines: `message.setProperty('java', new java.util.Date()); message.setProperty('iso', new Date().toISOString().slice(0, 19))`,
      properties: { java: 'Fri Jan 02 03:04:05 UTC 2026', iso: '2026-01-02T03:04:05' },
    },
    {
      title: 'imports of classes, packages and importers',
      lines: `importClass(com.sap.gateway.ip.core.customdev.util.Message); importClass(Packages.java.util.LinkedHashMap)
        var names = new JavaImporter(java.util); message.setProperty('size', new LinkedHashMap().size() + new names.ArrayList().size())`,
      properties: { size: 0 },
    },
    {
      title: 'a promise is waited for',
      lines: 'return Promise.resolve("later").then(function (text) { message.setBody(text) })',
      body: 'later',
    },
  ]
  for (const { title, lines, parts, ...expected } of cases) {
    test(title, async () => {
      const { body, headers, properties } = await run(lines, parts)
      const found = {
        ...('body' in expected && { body: body.raw }),
        ...(expected.headers && { headers: Object.fromEntries(headers) }),
        ...(expected.properties && { properties: Object.fromEntries(properties) }),
      }
      assert.deepEqual(found, expected)
    })
  }

  test('values that a script leaves alone stay the very same', async () => {
    const failure = new Failure('No answer.', {
      code: 'receiver',
      exception: { className: 'org.apache.camel.component.ahc.AhcOperationFailedException', properties: {} },
    })
    const list = [1]
    const { properties } = await run(
      `var caught = message.getProperty('CamelExceptionCaught')
       message.setProperty('class', caught.getClass().getCanonicalName()); message.setProperty('text', caught.getMessage())
       message.setProperty('again', caught)`,
      {
        properties: [
          ['CamelExceptionCaught', failure],
          ['list', list],
        ],
      },
    )
    assert.equal(properties.get('CamelExceptionCaught'), failure)
    assert.equal(properties.get('again'), failure)
    assert.equal(properties.get('list'), list)
    assert.deepEqual(
      [properties.get('class'), properties.get('text')],
      ['org.apache.camel.component.ahc.AhcOperationFailedException', 'No answer.'],
    )
  })

  test('attachments are read, kept, added and removed', async () => {
    const kept = { body: Body.of('kept'), contentType: 'text/plain' }
    const { attachments, properties } = await run(
      `var attachments = message.getAttachments()
       message.setProperty('read', attachments.get('a').getContent() + ' ' + attachments.get('a').getContentType())
       attachments.remove('b')
       var source = new javax.mail.util.ByteArrayDataSource(new java.lang.String('new').getBytes(), 'text/csv')
       message.addAttachmentObject('c', new org.apache.camel.impl.DefaultAttachment(source))`,
      {
        attachments: [
          ['a', kept],
          ['b', kept],
        ],
      },
    )
    assert.equal(properties.get('read'), 'kept text/plain')
    assert.deepEqual([...attachments.keys()], ['a', 'c'])
    assert.equal(attachments.get('a'), kept)
    assert.deepEqual(attachments.get('c')?.contentType, 'text/csv')
    assert.equal(attachments.get('c')?.body.text(), 'new')
  })

  test('what a script writes to the log is there, also when it fails afterwards', async () => {
    const written: unknown[] = []
    const log: LogWriter = {
      attach: ({ name, contentType, body }) => written.push([name, contentType, body.text()]),
      addCustomHeader: (...entry) => written.push(entry),
      setStringProperty: (...entry) => written.push(entry),
      addAdapterAttribute: () => {},
    }
    const lines = `var log = messageLogFactory.getMessageLog(message)
      log.addAttachmentAsString('Body', 'text', 'text/xml'); log.addCustomHeaderProperty('Order', 7)
      log.setStringProperty('Step', 'one'); throw new Error('no')`
    await assert.rejects(run(lines, {}, { log }), { code: 'script' })
    assert.deepEqual(written, [
      ['Body', 'text/xml', 'text'],
      ['Order', '7'],
      ['Step', 'one'],
    ])
  })
})

describe('scripts that fail', () => {
  const cases: readonly [lines: string, message: string][] = [
    ['var none = null\nnone.size()', "TypeError: cannot read property 'size' of null (script/A.js:3)"],
    ['throw new java.lang.Exception("no good")', 'java.lang.Exception: no good (script/A.js:2)'],
    ['throw "a text"', 'a text (script/A.js)'],
    [
      'new com.example.Order()',
      'TypeError: Expected a Java class that scripts may use, found com.example.Order (script/A.js:2)',
    ],
    [
      'importClass(java.io.File)',
      'TypeError: Expected a Java class that scripts may use, found java.io.File (script/A.js:2)',
    ],
    ['new java.util.ArrayList().get(0)', 'java.lang.Throwable: Expected an index below 0, found 0 (script/A.js:2)'],
    ['return Promise.reject(new Error("later"))', 'Error: later (script/A.js:2)'],
  ]
  for (const [lines, expected] of cases) {
    test(expected, async () => {
      const exchange = new Exchange({ body: 'b' })
      await assert.rejects(run(lines), (error: Failure) => {
        assert.deepEqual([error.name, error.code, error.message], ['Failure', 'script', expected])
        return true
      })
      assert.equal(exchange.body.raw, 'b')
    })
  }

  test('a function that is not there, and names that are none', async () => {
    for (const name of ['convert', 'a b', '(function () {})']) {
      const running = javascript.run(program('var convert = 1'), name, new Exchange(), testScope())
      await assert.rejects(running, {
        code: 'script',
        message: `Expected a function "${name}" in script/A.js, found none.`,
      })
    }
  })

  test('a program that cannot be compiled is told of before it runs', async () => {
    assert.deepEqual(await javascript.prepare(program('function processData(message) { return message }')), [])
    const [problem, ...others] = await javascript.prepare(program('var a = 1\nvar b = = 2'))
    assert.match(problem ?? '', /^SyntaxError: .* \(script\/A\.js:2\)$/)
    assert.deepEqual(others, [])
  })
})

describe('the sandbox', () => {
  const limits: readonly [title: string, lines: string][] = [
    ['loops for ever', 'for (;;);'],
    ['makes arrays without end', 'for (var all = []; ; ) all.push([1, 2, 3])'],
    ['makes array buffers without end', 'for (var all = []; ; ) all.push(new ArrayBuffer(1000000))'],
    ['makes texts without end', 'for (var all = []; ; ) all.push("x".repeat(1000000) + all.length)'],
    ['catches what it is told and goes on', 'for (;;) try { for (var all = []; ; ) all.push({}) } catch (e) {}'],
    ['matches a pattern that takes for ever', 'return /^(a+)+$/.test("a".repeat(60) + "b")'],
  ]
  for (const [title, lines] of limits) {
    test(`ends a script that ${title}, and the next one finds it as it was`, async () => {
      await assert.rejects(run(lines, {}, { host: hasty }), { name: 'Failure', code: 'script-limit' })
      assert.equal((await run('message.setBody("fine")', {}, { host: hasty })).body.raw, 'fine')
    })
  }

  test('ends a script that calls itself without end', async () => {
    await assert.rejects(run('return processData(message)'), {
      code: 'script',
      message: /stack overflow \(script\/A\.js:2\)$/,
    })
  })

  test('others go on while scripts loop for ever', async () => {
    const host = openJavaScript({ timeoutMs: 600_000, memoryMb: 64 })
    const looping = Promise.allSettled([1, 2].map(() => run('for (;;);', {}, { host })))
    assert.equal((await run('message.setBody("fine")', {}, { host })).body.raw, 'fine')
    await host.close()
    assert.deepEqual(
      (await looping).map(({ status }) => status),
      ['rejected', 'rejected'],
    )
  })

  test('there is nothing of the host, however a script looks for it', async () => {
    const lines = `var names = ['process', 'require', 'module', 'fetch', 'WebAssembly', 'std', 'os', 'setTimeout', 'sluice', 'host', 'Deno']
      var global = Function('return this')(), viaFunction = message.getBody.constructor('return typeof process')()
      message.setBody(names.filter(function (name) { return name in global || name in globalThis }).join() + viaFunction)`
    assert.equal((await run(lines)).body.raw, 'undefined')
  })

  test('a call finds nothing of those before, whatever they changed', async () => {
    await run(
      'globalThis.left = 1; Array.prototype.left = 1; JSON.parse = null; java.util = null; String.prototype.trim = null',
    )
    const lines =
      'message.setBody([typeof left, [].left, typeof JSON.parse, " x ".trim(), new java.util.HashMap().size()].join())'
    assert.equal((await run(lines)).body.raw, 'undefined,,function,x,0')
  })

  test('random numbers differ from call to call', async () => {
    const numbers = await Promise.all([1, 2, 3].map(async () => (await run('message.setBody(Math.random())')).body.raw))
    assert.equal(new Set(numbers).size, 3)
  })

  test('a script that tampers with how it is read fails, or is read', async () => {
    const lines = `JSON.stringify = function () { return 'x' }; Map.prototype.entries = null; Array.prototype.map = null
      Object.prototype.toJSON = function () { return 1 }; message.setBody('b')`
    const outcome = await run(lines).then(
      ({ body }) => body.raw,
      error => error.name,
    )
    assert.ok(outcome === 'b' || outcome === 'Failure', `${outcome}`)
  })
})
