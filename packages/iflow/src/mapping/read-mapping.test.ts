import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64 } from '../formats/base64.ts'
import { makeZip } from '../formats/zip.ts'
import { call, constant, mappingText, shared, source } from '../testing/mapping-text.ts'
import { readMapping } from './read-mapping.ts'

const encoder = new TextEncoder()

const text = mappingText({
  sources: [{ kind: 'xsd', file: 'In.xsd', root: 'In', namespace: 'urn:in', occurs: '0..unbounded' }],
  targets: [{ kind: 'wsdl', file: 'Out', root: 'Out' }],
  prefixes: { ns0: 'urn:in' },
  libraries: { lib: 'functions.gsh' },
  fields: {
    '/Out/A': `${shared('r1', call('f', [source('/ns0:In/A', '/ns0:In'), constant('x')], { p: ' y ' }, 'lib'))}#1`,
    '/Out/B': shared('r1'),
    '/Out/C': undefined,
    '/Out/D': constant('never'),
  },
  switchedOff: ['/Out/D'],
})

test('a mapping file says what goes where', async () => {
  const mapping = await readMapping(encoder.encode(text), 'Test.mmap')
  assert.ok(!('problem' in mapping))
  const [first, second, third] = mapping.fields
  assert.deepEqual(mapping.sources, [
    { kind: 'xsd', file: 'schema/In.xsd', root: 'In', namespace: 'urn:in', minOccurs: 0, maxOccurs: Infinity },
  ])
  assert.deepEqual(mapping.targets, [
    { kind: 'wsdl', file: 'schema/Out', root: 'Out', namespace: '', minOccurs: 1, maxOccurs: 1 },
  ])
  assert.deepEqual([...mapping.prefixes], [['ns0', 'urn:in']])
  assert.deepEqual([...mapping.libraries], [['lib', 'script/functions.gsh']])
  assert.deepEqual(
    mapping.fields.map(({ path }) => path),
    ['/Out/A', '/Out/B', '/Out/C'],
  )
  assert.equal(third?.expression, undefined)
  assert.equal(first?.expression?.brick, second?.expression?.brick)
  assert.equal(first?.expression?.output, 1)
  assert.deepEqual(first?.expression?.brick, {
    kind: 'function',
    name: 'f',
    library: 'lib',
    parameters: { p: ' y ' },
    inputs: [
      { output: 0, brick: { kind: 'source', path: '/ns0:In/A', context: '/ns0:In', asXml: false } },
      {
        output: 0,
        brick: { kind: 'function', name: 'const', library: 'dflt', parameters: { value: 'x' }, inputs: [] },
      },
    ],
  })
})

test('a mapping of an Enterprise Services Repository is in an archive within an archive', async () => {
  const [tool = ''] = /<mappingtool>.*<\/mappingtool>/s.exec(text) ?? []
  const inner = await makeZip([{ name: 'metadata', bytes: encoder.encode(tool) }], 0)
  const outer = await makeZip([{ name: 'value', bytes: inner }], 0)
  const blob = `<tr:blob type="zip">!zip!${encodeBase64(outer)}</tr:blob>`
  const packed = text.replace(tool, () => blob)
  assert.deepEqual(
    await readMapping(encoder.encode(packed), 'T.mmap'),
    await readMapping(encoder.encode(text), 'T.mmap'),
  )
})

const broken: readonly [string, string, RegExp][] = [
  ['text that is not XML', '<xiObj', /^Expected well-formed XML/],
  ['XML of something else', '<project/>', /^Expected a message mapping, found <project> without one/],
  [
    'an archive that is none',
    text.replace(/<mappingtool>.*<\/mappingtool>/s, '<tr:blob>!zip!QUJD</tr:blob>'),
    /in an archive/,
  ],
  ['an input that is missing', text.replace('<arg pin="1">', '<arg pin="2">'), /^Expected input 2 of f on line 1/],
]

for (const [title, content, problem] of broken) {
  test(`${title} is a problem`, async () => {
    const mapping = await readMapping(encoder.encode(content), 'Test.mmap')
    assert.match('problem' in mapping ? mapping.problem : '', problem)
  })
}
