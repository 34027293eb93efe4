import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseIflow } from '../bpmn/document.ts'
import { parseRows } from '../bpmn/rows.ts'
import { resolveParameters, substituteParameters } from './parameters.ts'

const values = new Map([
  ['Host', 'h'],
  ['<SAPHDA_API (x/y)>', 'long'],
  ['empty', ''],
  ['{PW', 'odd'],
  ['other', '{{Host}}'],
  ['money', '$& $1'],
])

const texts: [string, string, string, string[]][] = [
  ['nothing to replace', 'a {b} {{ c', 'a {b} {{ c', []],
  ['a whole value', '{{Host}}', 'h', []],
  ['values inside text', 'https://{{Host}}:{{empty}}/{{Host}}', 'https://h:/h', []],
  ['names with blanks and brackets', '{{<SAPHDA_API (x/y)>}}', 'long', []],
  ['a name that begins with a brace', '{{{PW}}', 'odd', []],
  ['a brace before a name', '{"a":{{{Host}}}', '{"a":{h}', []],
  ['names without a value, each once', '{{A}}{{Host}}{{B}}{{A}}', '{{A}}h{{B}}{{A}}', ['A', 'B']],
  ['no name', '{{}} {{Host}}', '{{}} h', []],
  ['no name over several lines', '{{a\nb}} {{\n{{Host}}', '{{a\nb}} {{\nh', []],
  ['not what a value brings in', '{{other}}', '{{Host}}', []],
  ['values that look like a replacement pattern', '{{money}}', '$& $1', []],
]

for (const [name, before, after, missing] of texts)
  test(`substitutes parameters: ${name}`, () => {
    const { names, ...substituted } = substituteParameters(before, values)
    assert.deepEqual(substituted, { text: after, missing })
    assert.ok(missing.every(missingName => names.includes(missingName)))
  })

test('substitutes parameters in hostile text in linear time', () => {
  substituteParameters('{{'.repeat(500_000), values)
  substituteParameters(`${'{{\n'.repeat(300_000)}}}`, values)
})

const FLOW = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd">
<collaboration id="C">PROPERTY
<participant id="R">PROPERTY</participant>
<messageFlow id="M" sourceRef="T" targetRef="R">PROPERTY</messageFlow>
</collaboration>
<process id="P">PROPERTY
<serviceTask id="T" name="Call">PROPERTY<standardLoopCharacteristics loopMaximum="3"><loopCondition>CONDITION</loopCondition></standardLoopCharacteristics></serviceTask>
<sequenceFlow id="F" sourceRef="T" targetRef="T">PROPERTY<conditionExpression>CONDITION</conditionExpression></sequenceFlow>
<subProcess id="X">PROPERTY<startEvent id="S"><errorEventDefinition>PROPERTY</errorEventDefinition></startEvent></subProcess>
</process>
</definitions>`

function resolve(property: string, condition: string, parameters: ReadonlyMap<string, string>) {
  const xml = `<extensionElements><ifl:property><key>k</key><value>${property}</value></ifl:property></extensionElements>`
  const text = FLOW.replaceAll('PROPERTY', xml).replaceAll('CONDITION', condition)
  const { document } = parseIflow(text, 'a.iflw')
  assert.ok(document)
  const { model, diagnostics } = resolveParameters(document.model, parameters)
  const process = model.processes[0]
  const subprocess = process?.exceptionSubprocesses[0]
  const elements = [
    model,
    model.participants.get('R'),
    model.channels[0],
    process,
    process?.nodes.get('T'),
    process?.flows.get('F'),
    subprocess,
    subprocess?.nodes.get('S'),
  ]
  return {
    properties: elements.map(element => element?.properties.get('k')),
    conditions: [process?.nodes.get('T')?.loop?.condition, process?.flows.get('F')?.condition],
    diagnostics,
  }
}

test('resolves parameters everywhere: properties as they are, conditions unescaped', () => {
  const parameters = new Map([['a', '&lt;x&gt; &amp;&apos;']])
  const { properties, conditions, diagnostics } = resolve('[{{a}}]', '{{a}} = &lt;', parameters)
  assert.deepEqual(
    properties,
    Array.from({ length: 8 }, () => '[&lt;x&gt; &amp;&apos;]'),
  )
  assert.deepEqual(conditions, ["<x> &' = <", "<x> &' = <"])
  assert.deepEqual(diagnostics, [])
})

const cells: [string, string, string][] = [
  ['escaped', '&lt;x&gt; &apos;&amp;&apos;', "<x> '&'"],
  ['raw', "<x> '&'", "<x> '&'"],
]

for (const [name, stored, meant] of cells)
  test(`puts a value that is stored ${name} into a cell of a row table`, () => {
    const table = "&lt;row&gt;&lt;cell id='Value'&gt;{{a}}&lt;/cell&gt;&lt;/row&gt;"
    const { properties } = resolve(table, '', new Map([['a', stored]]))
    assert.equal(parseRows(properties[0] ?? '').rows[0]?.byId.get('Value'), meant)
  })

test('puts a whole row table into a property', () => {
  const { properties } = resolve('{{schedule}}', '', new Map([['schedule', '<row><cell>a</cell></row>']]))
  assert.deepEqual(parseRows(properties[0] ?? '').rows[0]?.cells, ['a'])
})

test('reports every parameter without a value at the element that uses it', () => {
  const { diagnostics, properties } = resolve('{{a b}}', '{{c}}', new Map())
  assert.equal(properties[0], '{{a b}}')
  assert.ok(diagnostics.every(({ code, severity }) => code === 'parameter-missing' && severity === 'error'))
  assert.deepEqual(diagnostics.map(({ at }) => at.elementId).sort(), ['C', 'F', 'F', 'M', 'P', 'R', 'S', 'T', 'T', 'X'])
  assert.deepEqual(
    diagnostics.find(({ at, message }) => at.elementId === 'T' && message.includes('"a b"')),
    {
      code: 'parameter-missing',
      severity: 'error',
      message: 'Expected parameter "a b", used in k, to have a value, found none: add it to parameters.prop.',
      at: { file: 'a.iflw', elementId: 'T', elementName: 'Call', line: 7 },
      parameters: ['a b'],
    },
  )
})
