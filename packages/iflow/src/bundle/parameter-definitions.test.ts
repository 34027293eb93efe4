import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  parseParameterDefinitions,
  withoutParameterDefinitions,
  withParameterDefinition,
  withParameterReference,
} from './parameter-definitions.ts'

const head = '<?xml version="1.0" encoding="UTF-8"?>'
const one = `<parameter>
    <key/>
    <name>Port &amp; Host</name>
    <type>xsd:integer</type>
    <isRequired>true</isRequired>
    <description/>
  </parameter>`
const other = '<parameter><name>Other</name></parameter>'
const file = `${head}<parameters>${one}${other}<param_references><reference attribute_category="A" attribute_id="b" attribute_uilabel="" param_key="Other"/></param_references></parameters>`
const fresh = { name: 'User', type: 'xsd:string', description: '' }
const freshText =
  '<parameter><key/><name>User</name><type>xsd:string</type><isRequired>false</isRequired><constraint/><description/><additionalMetadata/></parameter>'

test('describes a parameter anew, touching nothing else', () => {
  const changed = withParameterDefinition(file, { name: 'Port & Host', type: 'xsd:long', description: 'a < b' }) ?? ''
  assert.equal(
    changed,
    file.replace('xsd:integer', 'xsd:long').replace('<description/>', '<description>a &lt; b</description>'),
  )
  assert.equal(withParameterDefinition(file, { name: 'Port & Host', type: 'xsd:integer', description: '' }), file)
})

test('adds a parameter behind the last one, also to an empty file', () => {
  assert.equal(withParameterDefinition(file, fresh), file.replace(other, other + freshText))
  const begun = withParameterDefinition('', fresh) ?? ''
  assert.match(begun, /^<\?xml .*<parameters><parameter>.*<\/parameter><param_references\/><\/parameters>$/)
  const { definitions, diagnostics } = parseParameterDefinitions(begun, 'f')
  assert.deepEqual([definitions.map(({ name }) => name), diagnostics], [['User'], []])
})

test('adds a reference once', () => {
  const reference = { category: 'A', attributeId: 'c', label: '"Ä"', name: 'User' }
  const added = withParameterReference(file, reference) ?? ''
  const text = '<reference attribute_category="A" attribute_id="c" attribute_uilabel="&quot;Ä&quot;" param_key="User"/>'
  assert.equal(added, file.replace('</param_references>', `${text}</param_references>`))
  assert.equal(withParameterReference(added, reference), added)
  assert.ok(withParameterReference('', reference)?.includes(text))
})

test('removes a parameter with its references', () => {
  assert.equal(
    withoutParameterDefinitions(file, new Set(['Other', 'None'])),
    `${head}<parameters>${one}<param_references></param_references></parameters>`,
  )
})

test('leaves alone what is no XML', () => {
  for (const text of ['<parameters>', 'x']) {
    assert.equal(withParameterDefinition(text, fresh), undefined)
    assert.equal(withParameterReference(text, { category: '', attributeId: '', label: '', name: '' }), undefined)
    assert.equal(withoutParameterDefinitions(text, new Set()), undefined)
  }
})
