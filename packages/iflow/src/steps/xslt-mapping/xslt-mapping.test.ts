import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StylesheetInput, startRun } from '@sluice/iflow'
import { compileSource, exampleFlow, fakePorts, message, runFlow } from '@sluice/iflow/testing'

const xsl = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
const sheet = (content: string) => `<xsl:stylesheet version="2.0" ${xsl}>${content}</xsl:stylesheet>`
const uri = 'dir://mapping/xslt/src/main/resources/mapping/Main.xsl'
const flowWith = (properties: Readonly<Record<string, string>>) => exampleFlow('XSLTMapping', { title: '', properties })

/** Runs the flow with a host that remembers what it is given. */
async function run(
  properties: Readonly<Record<string, string>>,
  resources: Readonly<Record<string, string>>,
  given: Parameters<typeof message>[0],
  world: Parameters<typeof fakePorts>[0] = {},
) {
  const inputs: StylesheetInput[] = []
  const files: (readonly string[])[] = []
  const ports = fakePorts(world)
  const stylesheets = {
    ...ports.stylesheets,
    transform: async (program: { readonly files: ReadonlyMap<string, string> }, input: StylesheetInput) => {
      inputs.push(input)
      files.push([...program.files.keys()])
      return { text: '<é/>', changes: [{ kind: 'header', name: 'Made', value: '1' }] as const }
    },
  }
  const options = { resources, message: message(given), ports: { ...ports, stylesheets } }
  const { result } = await runFlow(flowWith(properties), options)
  return { result, input: inputs[0], files: files[0] }
}

test('parameters of the stylesheet and of what it loads are headers, else properties', async () => {
  const resources = {
    'mapping/Main.xsl': sheet(
      '<xsl:import href="../lib/a%20b.xsl"/><xsl:param name="A"/><xsl:param name="B"/><xsl:param name="exchange"/><xsl:param name="S" static="yes"/><xsl:param name="Away"/><xsl:template name="t"><xsl:param name="Inner"/></xsl:template>',
    ),
    'lib/a b.xsl': sheet('<xsl:param name="C"/>'),
    'lib/Other.xsl': sheet(''),
  }
  const headers = { a: 1, Inner: 'i', S: 's' }
  const properties = { A: 'property', B: '2', C: 3 }
  const { result, input, files } = await run({ mappinguri: uri }, resources, { body: '<x/>', headers, properties })
  assert.deepEqual([...(input?.parameters ?? [])].sort(), [
    ['A', '1'],
    ['B', '2'],
    ['C', '3'],
    ['exchange', 'exchange'],
  ])
  assert.deepEqual(files, ['mapping/Main.xsl', 'lib/a b.xsl'])
  assert.equal(result.exchange.headers.get('Made'), '1')
})

test('bytes are in the encoding that the stylesheet names, text stays text', async () => {
  const resources = { 'mapping/Main.xsl': sheet('<xsl:output encoding="ISO-8859-1"/>') }
  const bytes = await run({ mappinguri: uri }, resources, { body: '<x/>' })
  assert.deepEqual(bytes.result.exchange.body.raw, Uint8Array.of(0x3c, 0xe9, 0x2f, 0x3e))
  const text = await run({ mappinguri: uri, mappingoutputformat: 'String' }, resources, { body: '<x/>' })
  assert.equal(text.result.exchange.body.raw, '<é/>')
})

const dynamic = { mappingSource: 'mappingSrcHeader', mappingHeaderNameKey: 'Sheet' }
const value = new TextEncoder().encode(sheet('<xsl:param name="P"/>'))
const partnerDirectory = { binaryParameters: { 'Shop/Order': { contentType: 'xsl', value } } }

for (const [name, file] of [
  ['mapping/Main.xsl', 'mapping/Main.xsl'],
  ['/src/main/resources/mapping/Main.xsl', 'mapping/Main.xsl'],
  ['Main', 'mapping/Main.xsl'],
  ['pd:Shop:Order:Binary', 'pd:Shop:Order:Binary'],
] as const) {
  test(`a header finds ${name}`, async () => {
    const headers = { Sheet: name, P: 'p' }
    const given = { body: '<x/>', headers }
    const { files, input } = await run(dynamic, { 'mapping/Main.xsl': sheet('<xsl:param name="P"/>') }, given, {
      partnerDirectory,
    })
    assert.deepEqual(files, [file])
    assert.equal(input?.parameters.get('P'), 'p')
  })
}

for (const [name, found] of [
  ['', /found nothing/],
  ['mapping/Away.xsl', /mapping\/Away\.xsl/],
  ['pd:Shop:Away:Binary', /"Away" of partner "Shop"/],
  ['pd:Shop', /PARTNER:ID:Binary/],
] as const) {
  test(`a header that says "${name}" fails the step`, async () => {
    const { result } = await run(dynamic, {}, { body: '<x/>', headers: { Sheet: name } }, { partnerDirectory })
    assert.equal(result.failure?.code, 'stylesheet')
    assert.match(result.failure?.message ?? '', found)
  })
}

test('a stylesheet of a partner is loaded again when it has changed', async () => {
  let current = sheet('<xsl:param name="A"/>')
  const programs: unknown[] = []
  const ports = fakePorts()
  const world = {
    ...ports,
    partnerDirectory: {
      ...ports.partnerDirectory,
      binaryParameter: async () => ({ contentType: 'xsl', value: new TextEncoder().encode(current) }),
    },
    stylesheets: {
      ...ports.stylesheets,
      transform: async (program: unknown) => {
        programs.push(program)

        return { text: '', changes: [] }
      },
    },
  }
  const { plan } = await compileSource(flowWith(dynamic))
  assert.ok(plan)
  for (const text of [current, current, sheet('<xsl:param name="B"/>')]) {
    current = text
    const exchange = message({ body: '<x/>', headers: { Sheet: 'pd:Shop:Order:Binary' } })
    await startRun(plan, 'Main', exchange, { ports: world, messageGuid: '1', correlationId: '1' })
  }
  assert.equal(programs[0], programs[1])
  assert.equal(new Set(programs).size, 2)
})

const refused: readonly (readonly [
  title: string,
  properties: Readonly<Record<string, string>>,
  main: string,
  code: string,
  found: RegExp,
])[] = [
  ['no file', {}, sheet(''), 'missing-property', /mappinguri/],
  ['no header', { mappingSource: 'mappingSrcHeader' }, sheet(''), 'missing-property', /mappingHeaderNameKey/],
  [
    'a file that is missing',
    { mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/Away.xsl' },
    '',
    'missing-resource',
    /Away\.xsl/,
  ],
  [
    'an import that is missing',
    { mappinguri: uri },
    sheet('<xsl:include href="Away.xsl"/>'),
    'missing-resource',
    /"mapping\/Away\.xsl", which "mapping\/Main\.xsl" loads/,
  ],
  [
    'an import of a URL',
    { mappinguri: uri },
    sheet('<xsl:import href="http://example.com/a.xsl"/>'),
    'missing-resource',
    /example\.com/,
  ],
  [
    'an import from above the artifact',
    { mappinguri: uri },
    sheet('<xsl:import href="../../../../../etc/a.xsl"/>'),
    'missing-resource',
    /"etc\/a\.xsl"/,
  ],
  ['no XML', { mappinguri: uri }, '<xsl:stylesheet>', 'broken-resource', /mapping\/Main\.xsl/],
  ['another document', { mappinguri: uri }, '<a/>', 'broken-resource', /Expected a stylesheet, found the element "a"/],
]
for (const [title, properties, main, code, found] of refused) {
  test(`refused: ${title}`, async () => {
    const { diagnostics } = await compileSource(flowWith(properties), { resources: { 'mapping/Main.xsl': main } })
    const [problem] = diagnostics.filter(({ severity }) => severity === 'error')
    assert.deepEqual([problem?.code, problem?.at.elementId], [code, 'Step'])
    assert.match(problem?.message ?? '', found)
  })
}
