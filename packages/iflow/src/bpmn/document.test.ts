import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type IflowDocument, parseIflow } from './document.ts'

const FLOW = `<?xml version="1.0" encoding="UTF-8"?><bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd" id="Definitions_1">
    <!-- kept & as it is -->
    <bpmn2:collaboration id="Collaboration_1" name='Default "Collaboration"'>
        <bpmn2:documentation id="Documentation_1">text --&gt; text</bpmn2:documentation>
        <bpmn2:extensionElements>
            <ifl:property>
                <key>allowedHeaderList</key>
                <value/>
            </ifl:property>
            <ifl:property>
                <key>log</key>
                <value>All&#13;
events &apos;</value>
        \t</ifl:property>
        </bpmn2:extensionElements>
        <bpmn2:participant id="Participant_1" ifl:type="EndpointSender" name="Sender"><bpmn2:extensionElements/></bpmn2:participant>
        <bpmn2:participant id="Participant_2" ifl:type="IntegrationProcess" name="Pool" processRef="Process_1"/>
        <bpmn2:messageFlow id="MessageFlow_1" name="HTTPS" sourceRef="Participant_1" targetRef="StartEvent_1"><bpmn2:extensionElements><ifl:property><key>urlPath</key><value>/hello</value></ifl:property></bpmn2:extensionElements></bpmn2:messageFlow>
    </bpmn2:collaboration>
    <bpmn2:process id="Process_1">
        <bpmn2:documentation>A process</bpmn2:documentation>
        <bpmn2:startEvent id="StartEvent_1"><bpmn2:outgoing>SequenceFlow_1</bpmn2:outgoing><bpmn2:messageEventDefinition/></bpmn2:startEvent>
        <bpmn2:endEvent id="EndEvent_1" name="End">
            <bpmn2:incoming>SequenceFlow_1</bpmn2:incoming>
            <bpmn2:errorEventDefinition/>
        </bpmn2:endEvent>
        <bpmn2:sequenceFlow id="SequenceFlow_1" sourceRef="StartEvent_1" targetRef="EndEvent_1"/>
    </bpmn2:process>
    <bpmndi:BPMNDiagram id="BPMNDiagram_1"/>
</bpmn2:definitions>
`

function open(text: string): IflowDocument {
  const { document, diagnostics } = parseIflow(text, 'a.iflw')
  assert.deepEqual(diagnostics, [])
  assert.ok(document)
  return document
}

/** The flow with one place written differently. */
function changed(was: string, is: string, text = FLOW): string {
  assert.equal(text.split(was).length, 2, `${was} must be there once`)
  return text.replace(was, () => is)
}

test('keeps the text as it was given, with CRLF and a byte order mark', () => {
  for (const text of [FLOW, FLOW.replaceAll('\n', '\r\n'), `\ufeff${FLOW}`]) assert.equal(open(text).text, text)
})

const EMPTY_HEADERS = `
            <ifl:property>
                <key>allowedHeaderList</key>
                <value/>
            </ifl:property>`
const ADDED =
  '<bpmn2:extensionElements><ifl:property><key>k</key><value>v</value></ifl:property></bpmn2:extensionElements>'

const properties: [string, string, string, string | undefined, string, string][] = [
  ['sets a value', 'MessageFlow_1', 'urlPath', '/hi', '/hello', '/hi'],
  ['sets an empty value', 'MessageFlow_1', 'urlPath', '', '<value>/hello<', '<value><'],
  ['fills an empty value', 'Collaboration_1', 'allowedHeaderList', '*', '<value/>', '<value>*</value>'],
  [
    'escapes a value and writes a CR as a reference',
    'MessageFlow_1',
    'urlPath',
    'a<b>&"\r\n',
    '/hello',
    'a&lt;b&gt;&amp;"&#13;\n',
  ],
  ['removes a property with its line', 'Collaboration_1', 'allowedHeaderList', undefined, EMPTY_HEADERS, ''],
  [
    'adds a property after the last one, indented as it is',
    'Collaboration_1',
    'ServerTrace',
    'true',
    '\n        \t</ifl:property>',
    `
        \t</ifl:property>
            <ifl:property>
                <key>ServerTrace</key>
                <value>true</value>
            </ifl:property>`,
  ],
  [
    'adds a property on the same line where the last one is',
    'MessageFlow_1',
    'k',
    'v',
    '/hello</value></ifl:property>',
    '/hello</value></ifl:property><ifl:property><key>k</key><value>v</value></ifl:property>',
  ],
  [
    'adds the first property to empty extension elements',
    'Participant_1',
    'k',
    'v',
    '<bpmn2:extensionElements/>',
    ADDED,
  ],
  [
    'adds extension elements to an element without children',
    'SequenceFlow_1',
    'k',
    'v',
    'targetRef="EndEvent_1"/>',
    `targetRef="EndEvent_1">${ADDED}</bpmn2:sequenceFlow>`,
  ],
  [
    'adds extension elements before the other children',
    'StartEvent_1',
    'k',
    'v',
    '<bpmn2:startEvent id="StartEvent_1">',
    `<bpmn2:startEvent id="StartEvent_1">${ADDED}`,
  ],
  [
    'adds extension elements after the documentation',
    'Process_1',
    'k',
    'v',
    'A process</bpmn2:documentation>',
    `A process</bpmn2:documentation>${ADDED}`,
  ],
  [
    'adds properties of an error event inside its definition',
    'EndEvent_1',
    'k',
    'v',
    '<bpmn2:errorEventDefinition/>',
    `<bpmn2:errorEventDefinition>${ADDED}</bpmn2:errorEventDefinition>`,
  ],
]

for (const [name, elementId, key, value, was, is] of properties)
  test(`${name} and touches nothing else`, () => {
    const edited = open(FLOW).withProperty(elementId, key, value)
    assert.equal(edited.text, changed(was, is))
    const { participants, channels, processes } = edited.model
    const containers = processes.flatMap(process => [process, ...process.nodes.values(), ...process.flows.values()])
    const element = [edited.model, ...participants.values(), ...channels, ...containers].find(e => e.id === elementId)
    assert.equal(element?.properties.get(key), value)
  })

test('keeps the document when nothing changes', () => {
  const document = open(FLOW)
  assert.equal(document.withProperty('MessageFlow_1', 'urlPath', '/hello'), document)
  assert.equal(document.withProperty('Collaboration_1', 'log', "All\r\nevents '"), document)
  assert.equal(document.withProperty('Process_1', 'none', undefined), document)
  assert.equal(document.withName('EndEvent_1', 'End'), document)
  assert.equal(document.withName('Process_1', ''), document)
})

test('sets the last and removes every one of repeated keys', () => {
  const twice = changed(
    '</ifl:property></bpmn2:ext',
    '</ifl:property><ifl:property><key>urlPath</key></ifl:property></bpmn2:ext',
  )
  const document = open(twice)
  assert.equal(document.model.channels[0]?.properties.get('urlPath'), '')
  const edited = document.withProperty('MessageFlow_1', 'urlPath', 'x')
  assert.equal(edited.text, changed('urlPath</key></ifl', 'urlPath</key><value>x</value></ifl', twice))
  const removed = document.withProperty('MessageFlow_1', 'urlPath', undefined)
  assert.equal(removed.model.channels[0]?.properties.size, 0)
})

test('uses the prefix that the document declares for properties, or declares one', () => {
  const renamed = FLOW.replaceAll(/\bifl\b(?=[:=])/g, 'i')
  const edited = open(renamed).withProperty('Process_1', 'k', 'v')
  assert.match(edited.text, /<i:property><key>k<\/key><value>v<\/value><\/i:property>/)
  const bare =
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><collaboration id="c"></collaboration></definitions>'
  assert.equal(open(bare).withProperty('c', 'k', 'v').model.properties.get('k'), 'v')
})

const names: [string, string, string, string, string][] = [
  ['replaces a name', 'EndEvent_1', 'Stop', 'name="End"', 'name="Stop"'],
  ['adds a name', 'SequenceFlow_1', 'Route 1', '<bpmn2:sequenceFlow', '<bpmn2:sequenceFlow name="Route 1"'],
  ['escapes a name', 'EndEvent_1', '"<&>\n\r\t', 'name="End"', 'name="&quot;&lt;&amp;&gt;&#10;&#13;&#9;"'],
  ['empties a name', 'EndEvent_1', '', 'name="End"', 'name=""'],
  [
    'keeps single quotes',
    'Collaboration_1',
    `'"C"'`,
    `name='Default "Collaboration"'`,
    `name='&apos;&quot;C&quot;&apos;'`,
  ],
]

for (const [name, elementId, value, was, is] of names)
  test(`${name} and touches nothing else`, () => {
    const edited = open(FLOW).withName(elementId, value)
    assert.equal(edited.text, changed(was, is))
    const process = edited.model.processes[0]
    const elements = [edited.model, ...(process?.nodes.values() ?? []), ...(process?.flows.values() ?? [])]
    assert.equal(elements.find(element => element.id === elementId)?.name, value)
  })

test('refuses edits that no file could hold', () => {
  const document = open(FLOW)
  assert.throws(() => document.withProperty('Nothing_1', 'k', 'v'), RangeError)
  assert.throws(() => document.withProperty('BPMNDiagram_1', 'k', 'v'), RangeError)
  assert.throws(() => document.withProperty('Process_1', 'k', 'a\u0000'), RangeError)
  assert.throws(() => document.withProperty('Process_1', '\u001b', 'a'), RangeError)
  assert.throws(() => document.withName('Process_1', '\ud800'), RangeError)
})

const notFlows: [string, string, RegExp][] = [
  ['another document', '<a/>', /found <a>/],
  ['definitions in no namespace', '<definitions><collaboration/></definitions>', /found <definitions>/],
  [
    'definitions without a collaboration',
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    /found no collaboration/,
  ],
]

for (const [name, text, message] of notFlows)
  test(`says that ${name} is not an integration flow`, () => {
    const { document, diagnostics } = parseIflow(text, 'a.iflw')
    assert.equal(document, undefined)
    assert.deepEqual(
      diagnostics.map(({ code, at }) => ({ code, at })),
      [{ code: 'not-an-iflow', at: { file: 'a.iflw', line: 1 } }],
    )
    assert.match(diagnostics[0]?.message ?? '', message)
  })

const references: [string, string, string, 'error' | 'warning', string, string, number][] = [
  [
    'targetRef="EndEvent_1"',
    'targetRef="EndEvent_9"',
    'dangling-reference',
    'error',
    'SequenceFlow_1',
    'EndEvent_9',
    27,
  ],
  ['targetRef="EndEvent_1"', '', 'dangling-reference', 'error', 'SequenceFlow_1', '""', 27],
  [
    'sourceRef="Participant_1"',
    'sourceRef="Process_1"',
    'dangling-reference',
    'error',
    'MessageFlow_1',
    'Process_1',
    18,
  ],
  ['processRef="Process_1"', 'processRef="Process_2"', 'dangling-reference', 'error', 'Participant_2', 'Process_2', 17],
  ['<bpmn2:incoming>SequenceFlow_1', '<bpmn2:incoming>X', 'dangling-reference', 'warning', 'EndEvent_1', 'X', 23],
  ['id="EndEvent_1"', 'id="EndEvent_1" default="X"', 'dangling-reference', 'error', 'EndEvent_1', 'X', 23],
  ['id="BPMNDiagram_1"', 'id="EndEvent_1"', 'duplicate-id', 'warning', 'EndEvent_1', 'line 23', 29],
  ['id="Documentation_1"', 'id="EndEvent_1"', 'duplicate-id', 'warning', 'EndEvent_1', 'line 4', 23],
  ['id="Participant_2"', 'id="Participant_1"', 'duplicate-id', 'error', 'Participant_1', 'line 16', 17],
]

for (const [was, is, code, severity, elementId, words, line] of references)
  test(`finds ${code} when ${was} becomes ${is || 'nothing'}`, () => {
    const { document, diagnostics } = parseIflow(changed(was, is), 'a.iflw')
    assert.ok(document)
    assert.deepEqual(
      diagnostics.map(({ code, severity, at }) => [code, severity, at.elementId, at.line]),
      [[code, severity, elementId, line]],
    )
    assert.ok(diagnostics[0]?.message.includes(words), diagnostics[0]?.message)
  })

test('finds a sequence flow that leaves its process', () => {
  const other = '</bpmn2:process><bpmn2:process id="P2"><bpmn2:endEvent id="EndEvent_2"/></bpmn2:process>'
  const text = changed('targetRef="EndEvent_1"', 'targetRef="EndEvent_2"', changed('</bpmn2:process>', other))
  const { diagnostics } = parseIflow(text, 'a.iflw')
  assert.deepEqual(
    diagnostics.map(({ code, severity, at }) => [code, severity, at.elementId]),
    [['dangling-reference', 'error', 'SequenceFlow_1']],
  )
})

test('finds elements without an id', () => {
  const { diagnostics } = parseIflow(changed(' id="Participant_2"', ''), 'a.iflw')
  assert.deepEqual(diagnostics, [
    {
      code: 'missing-id',
      severity: 'error',
      message: 'Expected <bpmn2:participant> to have an id, found none.',
      at: { file: 'a.iflw', line: 17, elementName: 'Pool' },
    },
  ])
})
