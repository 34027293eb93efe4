import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBundle, withParameterValues } from './bundle.ts'

const RESOURCES = 'src/main/resources'
const IFLW = `${RESOURCES}/scenarioflows/integrationflow/My flow.iflw`
const MANIFEST = 'META-INF/MANIFEST.MF'
const HEADERS = [
  'Manifest-Version: 1.0',
  'Bundle-SymbolicName: Hello; singleton:=true',
  'Bundle-Name: Hello flow with a ',
  ' long name',
  'Bundle-Version: 1.0.3',
  'SAP-BundleType: IntegrationFlow',
]
const PROPDEF = `<?xml version="1.0" encoding="UTF-8"?><parameters><parameter>
  <key/><name>Körper Größe</name><type>xsd:integer</type><isRequired>true</isRequired><constraint/><description>KB</description><additionalMetadata/>
</parameter><parameter><name>b</name></parameter><parameter><name/></parameter><param_references><reference param_key="b"/></param_references></parameters>`

const COMPLETE: Readonly<Record<string, string>> = {
  [MANIFEST]: `${HEADERS.join('\r\n')}\r\n\r\n`,
  '.project': '<x/>',
  'metainfo.prop': '#Store metainfo properties\ndescription=\\ Says\\: hello\n',
  [IFLW]: '\ufeff<a/>\r\n',
  [`${RESOURCES}/parameters.prop`]: '#\n#date\nK\\u00F6rper\\ Gr\\u00F6\\u00DFe=40\nb=\n',
  [`${RESOURCES}/parameters.propdef`]: PROPDEF,
  [`${RESOURCES}/script/a.groovy`]: 'a',
  [`${RESOURCES}/lib/x.jar`]: 'x',
}

function filesOf(changes: Record<string, string | undefined> = {}): Map<string, Uint8Array> {
  const entries = Object.entries({ ...COMPLETE, ...changes }).filter(entry => entry[1] !== undefined)
  return new Map(entries.map(([path, text]) => [path, new TextEncoder().encode(text)]))
}

test('reads an artifact', () => {
  const files = filesOf()
  const { bundle, diagnostics } = openBundle(files)
  assert.deepEqual(diagnostics, [])
  assert.ok(bundle)
  const { id, name, version, type, description, flow, parameters, parameterDefinitions, resources } = bundle
  assert.deepEqual(
    { id, name, version, type, description },
    {
      id: 'Hello',
      name: 'Hello flow with a long name',
      version: '1.0.3',
      type: 'IntegrationFlow',
      description: ' Says: hello',
    },
  )
  assert.deepEqual(flow, { file: IFLW, text: '\ufeff<a/>\r\n' })
  assert.deepEqual(
    [...parameters],
    [
      ['Körper Größe', '40'],
      ['b', ''],
    ],
  )
  const nothing = { key: '', constraint: '', additionalMetadata: '' }
  assert.deepEqual(parameterDefinitions, [
    { ...nothing, name: 'Körper Größe', type: 'xsd:integer', isRequired: true, description: 'KB' },
    { ...nothing, name: 'b', type: 'xsd:string', isRequired: false, description: '' },
  ])
  assert.deepEqual([...resources.keys()], ['script/a.groovy', 'lib/x.jar'])
  assert.equal(bundle.manifest.get('Manifest-Version'), '1.0')
  assert.equal(bundle.files, files)
})

for (const type of ['ScriptCollection', 'MessageMapping', 'ValueMapping'])
  test(`reads a ${type} without a flow`, () => {
    const manifest = COMPLETE[MANIFEST]?.replace('IntegrationFlow', type)
    const files = filesOf({ [MANIFEST]: manifest, [IFLW]: undefined, 'value_mapping.xml': '<vm/>' })
    const { bundle, diagnostics } = openBundle(files)
    assert.deepEqual([bundle?.type, bundle?.flow, diagnostics], [type, undefined, []])
    assert.ok(bundle?.files.has('value_mapping.xml'))
  })

test('reads an artifact without optional files', () => {
  const optional = ['metainfo.prop', `${RESOURCES}/parameters.prop`, `${RESOURCES}/parameters.propdef`]
  const files = filesOf(Object.fromEntries(optional.map(path => [path, undefined])))
  const { bundle, diagnostics } = openBundle(files)
  assert.deepEqual([bundle?.description, bundle?.parameters.size, bundle?.parameterDefinitions], ['', 0, []])
  assert.deepEqual(diagnostics, [])
})

const without = (header: string) => HEADERS.filter(line => !line.startsWith(header)).join('\r\n')

const problems: [string, Record<string, string | undefined>, string, boolean, RegExp][] = [
  ['no manifest', { [MANIFEST]: undefined }, 'no-manifest error', false, /found none among 7 files/],
  [
    'a manifest in a folder',
    { [MANIFEST]: undefined, 'Hello/META-INF/MANIFEST.MF': 'x' },
    'no-manifest error',
    false,
    /found Hello\/META-INF\/MANIFEST.MF: pack the content of the folder/,
  ],
  ['no id', { [MANIFEST]: without('Bundle-Symbolic') }, 'no-symbolic-name error', false, /Bundle-SymbolicName/],
  ['no name', { [MANIFEST]: without('Bundle-Name') }, 'manifest-header warning', true, /Bundle-Name.+"Hello" is used/],
  ['no version', { [MANIFEST]: without('Bundle-V') }, 'manifest-header warning', true, /"1.0.0" is used/],
  ['no type', { [MANIFEST]: without('SAP-') }, 'manifest-header warning', true, /"IntegrationFlow" is used/],
  ['no flow', { [IFLW]: undefined }, 'no-iflw error', true, /Expected one \.iflw file below src.+, found none/],
  ['two flows', { 'src/b.IFLW': '' }, 'several-iflows error', true, /found 2: src.+My flow\.iflw, src\/b\.IFLW/],
  [
    'broken definitions',
    { [`${RESOURCES}/parameters.propdef`]: '<parameters>\n<x></parameters>' },
    'broken-xml warning',
    true,
    /well-formed/,
  ],
  [
    'a document type in definitions',
    { [`${RESOURCES}/parameters.propdef`]: '<!DOCTYPE x><parameters/>' },
    'xml-dtd warning',
    true,
    /document type/,
  ],
]

for (const [name, changes, expected, hasBundle, message] of problems)
  test(`reports an artifact with ${name}`, () => {
    const { bundle, diagnostics } = openBundle(filesOf(changes))
    assert.deepEqual(
      diagnostics.map(({ code, severity }) => `${code} ${severity}`),
      [expected],
    )
    assert.equal(bundle !== undefined, hasBundle)
    assert.match(diagnostics[0]?.message ?? '', message)
  })

test('reports a flow that is not UTF-8', () => {
  const { bundle, diagnostics } = openBundle(filesOf().set(IFLW, Uint8Array.of(0x3c, 0xff, 0xfe)))
  assert.equal(bundle?.flow, undefined)
  assert.deepEqual(
    diagnostics.map(({ code, at }) => [code, at.file]),
    [['not-utf8', IFLW]],
  )
})

test('overlays configured values without touching other lines or files', () => {
  const files = filesOf()
  const result = withParameterValues(
    files,
    new Map([
      ['b', 'https://x'],
      ['Körper Größe', '40'],
    ]),
  )
  assert.equal(
    new TextDecoder().decode(result.get(`${RESOURCES}/parameters.prop`)),
    '#\n#date\nK\\u00F6rper\\ Gr\\u00F6\\u00DFe=40\nb=https\\://x\n',
  )
  assert.deepEqual([...result.keys()], [...files.keys()])
  for (const [path, bytes] of files) if (!path.endsWith('.prop')) assert.equal(result.get(path), bytes)
  assert.equal(openBundle(files).bundle?.parameters.get('b'), '')
})

test('gives the same files back when no value differs', () => {
  const files = filesOf({ [`${RESOURCES}/parameters.prop`]: undefined })
  assert.equal(withParameterValues(files, new Map()), files)
  const added = withParameterValues(files, new Map([['a', '']]))
  assert.equal(new TextDecoder().decode(added.get(`${RESOURCES}/parameters.prop`)), 'a=\n')
  assert.equal(withParameterValues(added, new Map([['a', '']])), added)
})
