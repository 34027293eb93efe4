import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type Failure, type StylesheetInput, type StylesheetProgram, type Stylesheets, steps } from '@sluice/iflow'
import { exampleFlow, fakePorts, message, runFlow } from '@sluice/iflow/testing'
import { findJava, saxonOf } from '../jvm/find-java.ts'
import type { JvmPool } from '../jvm/jvm-pool.ts'
import { openJvms } from '../jvm/open-jvms.ts'
import { scriptCache, withoutGroovy } from '../testing/script-tenant.ts'
import { SaxonHe } from './saxon-he/stylesheets.ts'
import { openSaxonJs } from './saxon-js/stylesheets.ts'

const said: string[] = []
const onMessage = (_: string, text: string) => void said.push(text)

/** Why tests with Saxon-HE cannot run on this machine; false when they can: for `skip`. */
function withoutSaxon(): string | false {
  const reason = withoutGroovy()
  if (reason !== false || saxonOf(findJava(process.env)) !== undefined) return reason
  return 'Expected Saxon-HE, found none: install it (apt-get install libsaxonhe-java)'
}

/** Hosts of both kinds; Saxon-HE where it is installed. */
function openHosts(timeoutMs: number, memoryMb: number) {
  const jvms = openJvms({
    cache: scriptCache,
    workers: 1,
    workersMax: 1,
    memoryMb,
    env: process.env,
    // What a process prints comes when it likes; messages come with the answer.
    print: () => {},
  })
  const { hosts, close } = hostsOn(jvms, timeoutMs, memoryMb)
  return { jvms, hosts, close: () => Promise.all([close(), jvms.close()]) }
}

function hostsOn(jvms: JvmPool, timeoutMs: number, memoryMb: number) {
  const saxonJs = openSaxonJs({ timeoutMs, memoryMb, onMessage })
  const hosts: Readonly<Record<string, Stylesheets>> = {
    SaxonJS: saxonJs,
    'Saxon-HE': new SaxonHe(jvms, { timeoutMs, onMessage }),
  }
  return { hosts, close: () => saxonJs.close() }
}

const { jvms, hosts, close } = openHosts(60_000, 128)
after(close)

/** A stylesheet with these declarations. */
function sheet(content: string, version = '3.0'): string {
  return `<xsl:stylesheet version="${version}" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:cpi="http://sap.com/it/" xmlns:f="urn:f" xmlns:saxon="http://saxon.sf.net/" exclude-result-prefixes="#all">${content}</xsl:stylesheet>`
}

function program(text: string, others: Readonly<Record<string, string>> = {}): StylesheetProgram {
  const file = 'mapping/Main sheet.xsl'
  return { file, files: new Map([[file, text], ...Object.entries(others)]) }
}

function input(document: string, parameters: Readonly<Record<string, string>> = {}): StylesheetInput {
  return { document, parameters: new Map(Object.entries(parameters)) }
}

interface Transformation {
  readonly title: string
  readonly sheet: string
  readonly others?: Readonly<Record<string, string>>
  readonly document?: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly text: string
  /** A host that refuses it, and says this. */
  readonly refusedBy?: readonly [host: string, found: RegExp]
  readonly changes?: readonly (readonly [kind: string, name: string, value: string])[]
}

const declared = '<?xml version="1.0" encoding="UTF-8"?>'
const order = '<order><item no="1">pen</item><item no="2">cup</item></order>'

const transformations: readonly Transformation[] = [
  {
    title: 'XML has a declaration and is not indented',
    sheet: sheet('<xsl:template match="/"><o n="{count(//item)}"><xsl:copy-of select="//item[1]"/></o></xsl:template>'),
    text: `${declared}<o n="2"><item no="1">pen</item></o>`,
  },
  {
    title: 'indented by three blanks, without a declaration',
    sheet: sheet(
      '<xsl:output indent="yes" omit-xml-declaration="yes"/><xsl:template match="/"><o><i/></o></xsl:template>',
    ),
    text: '<o>\n   <i/>\n</o>\n',
  },
  {
    title: 'text',
    sheet: sheet(
      '<xsl:output method="text"/><xsl:template match="/"><xsl:value-of select="//item" separator=";"/></xsl:template>',
    ),
    text: 'pen;cup',
  },
  {
    title: 'version 1.0 takes the first of many',
    sheet: sheet(
      '<xsl:output method="text"/><xsl:template match="/"><xsl:value-of select="//item"/></xsl:template>',
      '1.0',
    ),
    text: 'pen',
  },
  {
    title: 'JSON to XML',
    sheet: sheet(
      '<xsl:output method="text"/><xsl:template match="/"><xsl:value-of select="json-to-xml(.)//*[@key = \'a\']"/></xsl:template>',
    ),
    document: '<json>{"a": 1.50}</json>',
    text: '1.50',
  },
  {
    title: 'groups, maps and functions',
    sheet: sheet(
      `<xsl:output method="text"/><xsl:function name="f:up" as="xs:string"><xsl:param name="s" as="xs:string"/><xsl:sequence select="upper-case($s)"/></xsl:function>
       <xsl:template match="/"><xsl:for-each-group select="//item" group-by="@no"><xsl:value-of select="f:up(.) || map{'1': '!', '2': '?'}(current-grouping-key())"/></xsl:for-each-group></xsl:template>`,
    ),
    text: 'PEN!CUP?',
  },
  {
    title: 'a type with another prefix for XML Schema',
    sheet: sheet(
      `<xsl:output method="text"/><xsl:function name="f:one" as="xsd:string" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsl:param name="s" as="xsd:string?"/><xsl:sequence select="concat($s, '1')"/></xsl:function>
       <xsl:template match="/"><xsl:value-of select="f:one('a')"/></xsl:template>`,
    ),
    text: 'a1',
  },
  {
    title: 'parameters become numbers where the stylesheet says so, and have their own values',
    sheet: sheet(
      `<xsl:output method="text"/><xsl:param name="n" as="xs:integer"/><xsl:param name="u"/><xsl:param name="own" select="'x'"/>
       <xsl:template match="/"><xsl:value-of select="$n + 1, $u = 5, $own"/></xsl:template>`,
    ),
    parameters: { n: '41', u: '5.0' },
    text: '42 true x',
  },
  {
    title: 'headers and properties are set',
    sheet: sheet(
      `<xsl:output method="text"/><xsl:param name="exchange"/>
       <xsl:template match="/"><xsl:value-of select="cpi:setHeader($exchange, 'H', //item[1])"/><xsl:for-each select="//item"><xsl:value-of select="cpi:setProperty($exchange, 'P', string(@no))"/></xsl:for-each></xsl:template>`,
    ),
    parameters: { exchange: 'exchange' },
    text: '',
    changes: [
      ['header', 'H', 'pen'],
      ['property', 'P', '1'],
      ['property', 'P', '2'],
    ],
  },
  {
    title: 'imports and includes of the artifact, and the stylesheet itself as a document',
    sheet: sheet(
      `<xsl:import href="lib/a%20b.xsl"/><xsl:output method="text"/>
       <xsl:template match="/"><xsl:value-of select="f:two(3), count(document('')/*/xsl:template)"/></xsl:template>`,
    ),
    others: {
      'mapping/lib/a b.xsl': sheet('<xsl:include href="../c.xsl"/>'),
      'mapping/c.xsl': sheet(
        '<xsl:function name="f:two"><xsl:param name="x"/><xsl:sequence select="$x * 2"/></xsl:function>',
      ),
    },
    text: '6 1',
  },
  {
    title: 'XML in a parameter',
    sheet: sheet(
      '<xsl:output method="text"/><xsl:param name="x"/><xsl:variable name="d" select="saxon:parse($x)"/><xsl:template match="/"><xsl:value-of select="$d/a/b"/></xsl:template>',
      '1.0',
    ),
    parameters: { x: '<a><b>c</b></a>' },
    text: 'c',
  },
  {
    title: 'an expression that is made at run time',
    sheet: sheet(
      `<xsl:output method="text"/><xsl:template match="/"><xsl:evaluate xpath="concat('//item[', 2, ']')" context-item="."/></xsl:template>`,
    ),
    refusedBy: ['Saxon-HE', /xsl:evaluate/],
    text: 'cup',
  },
  {
    title: 'functions as values',
    sheet: sheet(
      '<xsl:output method="text"/><xsl:template match="/"><xsl:value-of select="fold-left(1 to 3, 0, function($a, $b) {$a + $b})"/></xsl:template>',
    ),
    refusedBy: ['Saxon-HE', /[Hh]igher-order/],
    text: '6',
  },
]

const failures: readonly (readonly [title: string, sheet: string, found: RegExp])[] = [
  [
    'a file',
    `<xsl:template match="/"><xsl:value-of select="unparsed-text('file:///etc/hostname')"/></xsl:template>`,
    /etc\/hostname/,
  ],
  [
    'a file beside it',
    `<xsl:template match="/"><xsl:copy-of select="document('Other.xml')"/></xsl:template>`,
    /Other\.xml/,
  ],
  [
    'a URL',
    `<xsl:template match="/"><xsl:copy-of select="doc('http://127.0.0.1:9/a')"/></xsl:template>`,
    /127\.0\.0\.1/,
  ],
  [
    'a collection',
    `<xsl:template match="/"><xsl:copy-of select="collection('file:///etc')"/></xsl:template>`,
    /ollection/,
  ],
  [
    'a further result',
    '<xsl:template match="/"><xsl:result-document href="a.xml"><a/></xsl:result-document></xsl:template>',
    /result/,
  ],
  [
    'a message that terminates',
    '<xsl:template match="/"><xsl:message terminate="yes">no plant</xsl:message></xsl:template>',
    /no plant/,
  ],
  [
    'an error',
    '<xsl:template match="/"><xsl:value-of select="1 idiv (count(/*) - 1)"/></xsl:template>',
    /zero.*Main sheet\.xsl:\d+\]/,
  ],
  [
    'an external entity in text that it parses',
    `<xsl:template match="/"><xsl:copy-of select="parse-xml('&lt;!DOCTYPE a [&lt;!ENTITY b SYSTEM &quot;file:///etc/hostname&quot;>]>&lt;a>&amp;b;&lt;/a>')"/></xsl:template>`,
    /./,
  ],
  [
    'a bomb in text that it parses',
    `<xsl:template match="/"><xsl:copy-of select="parse-xml('&lt;!DOCTYPE a [&lt;!ENTITY b &quot;${'x'.repeat(1000)}&quot;>&lt;!ENTITY c &quot;${'&amp;b;'.repeat(1000)}&quot;>&lt;!ENTITY d &quot;${'&amp;c;'.repeat(1000)}&quot;>]>&lt;a>&amp;d;&lt;/a>')"/></xsl:template>`,
    /./,
  ],
  [
    'recursion without an end',
    '<xsl:template match="/" name="t"><a><xsl:call-template name="t"/></a></xsl:template>',
    /./,
  ],
]

const refused: readonly (readonly [title: string, sheet: string, found: RegExp])[] = [
  ['a function that there is not', '<xsl:template match="/"><xsl:value-of select="f:none()"/></xsl:template>', /none/],
  [
    'Java',
    '<xsl:template match="/"><xsl:value-of select="d:new()" xmlns:d="java:java.util.Date"/></xsl:template>',
    /java/,
  ],
  [
    'a file, while it is compiled',
    `<xsl:param name="p" static="yes" select="unparsed-text('file:///etc/hostname')"/>`,
    /etc\/hostname/,
  ],
  ['an import of a file', '<xsl:import href="file:///etc/hostname"/>', /etc\/hostname/],
]

const documents: readonly (readonly [title: string, document: string])[] = [
  ['nothing', ''],
  ['two roots', '<a/><b/>'],
  ['an open element', '<a><b></a>'],
  ['an entity of a document type', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'],
  [
    'a bomb',
    `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}"><!ENTITY c "${'&b;'.repeat(1000)}"><!ENTITY d "${'&c;'.repeat(1000)}">]><a>&d;</a>`,
  ],
  ['more depth than there may be', `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`],
]

/** What has no end, or takes all memory. */
const wanton: readonly (readonly [title: string, limits: Limits, content: string, reason: RegExp])[] = [
  [
    'without an end',
    { isLate: true },
    '<xsl:template match="/"><xsl:iterate select="1 to 100000000"><xsl:param name="s" select="0"/><xsl:next-iteration><xsl:with-param name="s" select="sum(for $i in 1 to 1000 return $i * ($s mod 7))"/></xsl:next-iteration></xsl:iterate></xsl:template>',
    /within 60000 ms/,
  ],
  [
    'without a bound of memory',
    { memoryMb: 64 },
    '<xsl:template match="/"><xsl:variable name="n" as="element()*"><xsl:for-each select="1 to 100000000"><a><xsl:value-of select="1 to 1000"/></a></xsl:for-each></xsl:variable><xsl:copy-of select="$n"/></xsl:template>',
    /./,
  ],
]

interface Limits {
  /** Its time is up as soon as it is under way. */
  readonly isLate?: true
  /** Undefined: in the JVM of the other tests. */
  readonly memoryMb?: number
}

const plain = program(sheet('<xsl:template match="/"><a/></xsl:template>'))
const talkative = program(sheet('<xsl:template match="/"><xsl:message>first <b/></xsl:message><a/></xsl:template>'))
const working = transformations.map(each => ({ ...each, ready: program(each.sheet, each.others) }))
const failing = failures.map(([title, content, found]) => ({ title, found, ready: program(sheet(content)) }))
const broken = refused.map(([title, content, found]) => ({ title, found, ready: program(sheet(content)) }))

for (const [name, host] of Object.entries(hosts)) {
  suite(name, { skip: name === 'Saxon-HE' && withoutSaxon() }, () => {
    // All at once: the process that compiles is there as long as there is something to compile.
    before(async () => {
      const programs = [...working, ...failing, ...broken].map(({ ready }) => ready)
      await Promise.all([...programs, plain, talkative].map(each => host.prepare(each)))
    })

    for (const { title, ready, document = order, parameters, text: expected, changes, refusedBy } of working) {
      test(title, async () => {
        const problems = await host.prepare(ready)
        if (refusedBy?.[0] === name) {
          assert.match(problems.join(), refusedBy[1])
          return
        }
        assert.deepEqual(problems, [])
        const output = await host.transform(ready, input(document, parameters))
        // SaxonJS leaves out the line end behind what it has indented.
        assert.equal(output.text, name === 'SaxonJS' ? expected.trimEnd() : expected)
        assert.deepEqual(
          output.changes,
          (changes ?? []).map(([kind, change, value]) => ({ kind, name: change, value })),
        )
      })
    }

    for (const { title, ready, found } of failing) {
      test(`fails: ${title}`, async () => {
        assert.deepEqual(await host.prepare(ready), [])
        await assert.rejects(host.transform(ready, input(order)), (error: Failure) => {
          assert.equal(error.code, 'stylesheet', error.stack)
          assert.match(error.message, found)
          return true
        })
      })
    }

    for (const { title, ready, found } of broken) {
      test(`is not ready: ${title}`, async () => {
        const problems = await host.prepare(ready)
        assert.equal(problems.length, 1)
        assert.match(problems[0] ?? '', found)
      })
    }

    for (const [title, document] of documents) {
      test(`no document: ${title}`, async () => {
        await assert.rejects(host.transform(plain, input(document)), { name: 'Failure', code: 'not-well-formed' })
      })
    }

    test('messages are told', async () => {
      said.splice(0)
      await host.transform(talkative, input(order))
      assert.deepEqual(said, ['first <b/>'])
    })

    for (const example of steps.find(({ type }) => type === 'XSLTMapping')?.examples ?? []) {
      test(`the step's example "${example.title}"`, async () => {
        const { properties = {}, resources = {}, input: given, output = {} } = example
        const ports = { ...fakePorts(), stylesheets: host }
        const flow = exampleFlow('XSLTMapping', { title: '', properties })
        const { result } = await runFlow(flow, { message: message(given), resources, ports })
        assert.equal(result.failure?.code, example.failure)
        if (output.body !== undefined) assert.equal(result.exchange.body.text(), output.body)
        for (const [key, value] of Object.entries(output.properties ?? {})) {
          assert.equal(result.exchange.properties.get(key), value)
        }
      })
    }
    for (const [title, { isLate, memoryMb }, content, reason] of wanton) {
      test(`a stylesheet ${title} is ended, and the next is run`, async t => {
        const limited = memoryMb === undefined ? hostsOn(jvms, 60_000, 128) : openHosts(60_000, memoryMb)
        t.after(limited.close)
        const host = limited.hosts[name] as Stylesheets
        const endless = program(sheet(content))
        await host.prepare(endless)
        if (isLate) t.mock.timers.enable({ apis: ['setTimeout'] })
        const ended = assert.rejects(host.transform(endless, input(order)), (error: Failure) => {
          assert.equal(error.code, 'stylesheet-limit', error.stack)
          assert.match(error.message, reason)
          return true
        })
        const isOver = ended.then(
          () => true,
          () => true,
        )
        while (isLate && !(await Promise.race([isOver, turn(false)]))) t.mock.timers.tick(60_000)
        await ended
        t.mock.timers.reset()
        const ready = program(sheet('<xsl:output method="text"/><xsl:template match="/">done</xsl:template>'))
        assert.equal((await host.transform(ready, input(order))).text, 'done')
      })
    }
  })
}
