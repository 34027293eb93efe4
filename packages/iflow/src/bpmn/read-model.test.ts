import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseIflow } from './document.ts'
import type { FlowModel, FlowNode } from './model.ts'

const property = (key: string, value: string) => `<ifl:property><key>${key}</key><value>${value}</value></ifl:property>`

const extension = (properties: Record<string, string>) => {
  const inner = Object.entries(properties).map(([key, value]) => property(key, value))
  return `<extensionElements>${inner.join('')}</extensionElements>`
}

function modelOf(collaboration: string, processes: string): FlowModel {
  const text =
    `<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd">
<b:collaboration id="C" name="Flow">${collaboration}</b:collaboration>${processes}</b:definitions>`
      // Tests below are written without the prefix of BPMN.
      .replace(/<(\/?)(?!\/|b:|ifl:|key|value|\?)/g, '<$1b:')
  const { document, diagnostics } = parseIflow(text, 'a.iflw')
  assert.deepEqual(diagnostics, [])
  assert.ok(document)
  return document.model
}

function onlyNode(xml: string): FlowNode {
  const [node] = modelOf('', `<process id="P">${xml}</process>`).processes[0]?.nodes.values() ?? []
  assert.ok(node)
  return node
}

test('reads the properties of the flow', () => {
  const model = modelOf(extension({ allowedHeaderList: 'a|b', log: '' }), '')
  assert.deepEqual([model.id, model.name, model.file, model.line], ['C', 'Flow', 'a.iflw', 2])
  assert.deepEqual(
    [...model.properties],
    [
      ['allowedHeaderList', 'a|b'],
      ['log', ''],
    ],
  )
})

test('reads participants by their ifl:type attribute, else by the property of that name', () => {
  const model = modelOf(
    `<participant id="A" ifl:type="EndpointRecevier" name="R"/>
     <participant id="B">${extension({ 'ifl:type': 'EndpointSender' })}</participant>
     <participant id="D" ifl:type="IntegrationProcess" processRef="P"/>`,
    '<process id="P"/>',
  )
  const found = [...model.participants.values()].map(({ id, name, type, processRef }) => [id, name, type, processRef])
  assert.deepEqual(found, [
    ['A', 'R', 'EndpointRecevier', undefined],
    ['B', '', 'EndpointSender', undefined],
    ['D', '', 'IntegrationProcess', 'P'],
  ])
})

const sender = 'ctype::AdapterVariant/cname::sap:SFTP/tp::SFTP/mp::File/direction::Sender/version::1.2.0'
const channels: [string, Record<string, string>, string, string, 'Sender' | 'Receiver', string][] = [
  ['properties first', { direction: 'Receiver', ComponentType: 'X', cmdVariantUri: sender }, 'A', 'S', 'Receiver', 'X'],
  ['the variant next', { cmdVariantUri: sender, direction: '' }, 'S', 'A', 'Sender', 'SFTP'],
  ['its ends last, from a participant', {}, 'A', 'S', 'Sender', ''],
  ['its ends last, to a participant', {}, 'S', 'A', 'Receiver', ''],
]

for (const [name, properties, source, target, direction, componentType] of channels)
  test(`tells direction and adapter of a channel by ${name}`, () => {
    const model = modelOf(
      `<participant id="A"/><messageFlow id="M" sourceRef="${source}" targetRef="${target}">${extension(properties)}</messageFlow>`,
      '<process id="P"><serviceTask id="S"/></process>',
    )
    const channel = model.channels[0]
    assert.deepEqual(
      [channel?.source, channel?.target, channel?.direction, channel?.componentType],
      [source, target, direction, componentType],
    )
  })

const kinds: [string, string, 'integration' | 'local'][] = [
  ['without properties', '', 'integration'],
  ['integration', 'ctype::FlowElementVariant/cname::IntegrationProcess/version::1.2.1', 'integration'],
  ['local', 'ctype::FlowElementVariant/cname::LocalIntegrationProcess/version::1.1.3', 'local'],
]

for (const [name, uri, kind] of kinds)
  test(`tells the kind of a process: ${name}`, () => {
    const model = modelOf('', `<process id="P">${extension({ cmdVariantUri: uri })}</process>`)
    assert.equal(model.processes[0]?.kind, kind)
  })

test('tells a local process without a variant by its process type', () => {
  const model = modelOf('', `<process id="P">${extension({ processType: 'directCall' })}</process>`)
  assert.equal(model.processes[0]?.kind, 'local')
})

const events: [string, string, string, Record<string, string>][] = [
  ['no definition', extension({ a: '1' }), 'none', { a: '1' }],
  ['a message', `${extension({ a: '1' })}<messageEventDefinition/>`, 'message', { a: '1' }],
  ['a timer', `<timerEventDefinition>${extension({ s: '2' })}</timerEventDefinition>`, 'timer', { s: '2' }],
  ['a signal', '<signalEventDefinition/>', 'signal', {}],
  [
    'properties in both places',
    `${extension({ a: '1', b: '1' })}<terminateEventDefinition>${extension({ b: '2' })}</terminateEventDefinition>`,
    'terminate',
    { a: '1', b: '2' },
  ],
]

for (const [name, inner, kind, properties] of events)
  test(`reads an event with ${name}`, () => {
    const node = onlyNode(`<endEvent id="E">${inner}</endEvent>`)
    assert.equal(node.event, kind)
    assert.deepEqual(Object.fromEntries(node.properties), properties)
  })

test('reads a step with its variant', () => {
  const uri = 'ctype::FlowstepVariant/cname::Enricher/version::1.6.1'
  const node = onlyNode(`<callActivity id="A" name="Set &amp; go">${extension({ cmdVariantUri: uri })}</callActivity>`)
  assert.deepEqual(
    [node.tag, node.name, node.event, node.variant?.cname],
    ['callActivity', 'Set & go', undefined, 'Enricher'],
  )
})

const loops: [string, FlowNode['loop']][] = [
  ['', undefined],
  [
    '<standardLoopCharacteristics loopMaximum="20"><loopCondition>a != &apos;b&apos;</loopCondition></standardLoopCharacteristics>',
    { maximum: 20, condition: "a != 'b'" },
  ],
  ['<standardLoopCharacteristics loopMaximum="{{x}}"/>', { maximum: 0, condition: '' }],
]

for (const [xml, loop] of loops)
  test(`reads the loop ${xml || 'of a step without one'}`, () => {
    assert.deepEqual(onlyNode(`<callActivity id="A">${xml}</callActivity>`).loop, loop)
  })

test('connects nodes by the references of sequence flows, in document order', () => {
  const model = modelOf(
    '',
    `<process id="P">
      <sequenceFlow id="F2" sourceRef="G" targetRef="E" name="two"><conditionExpression>a &lt; 1</conditionExpression></sequenceFlow>
      <exclusiveGateway id="G" default="F1"><outgoing>F1</outgoing><outgoing>F2</outgoing></exclusiveGateway>
      <sequenceFlow id="F1" sourceRef="G" targetRef="E"/>
      <endEvent id="E"/>
      <textAnnotation id="T"/>
    </process>`,
  )
  const process = model.processes[0]
  assert.ok(process)
  assert.deepEqual([...process.nodes.keys()], ['G', 'E'])
  assert.deepEqual(
    [...process.flows.values()].map(flow => [flow.id, flow.name, flow.condition]),
    [
      ['F2', 'two', 'a < 1'],
      ['F1', '', undefined],
    ],
  )
  const gateway = process.nodes.get('G')
  assert.deepEqual([gateway?.outgoing, gateway?.incoming, gateway?.defaultFlow], [['F2', 'F1'], [], 'F1'])
  assert.deepEqual(process.nodes.get('E')?.incoming, ['F2', 'F1'])
})

const subprocesses: [string, string, boolean][] = [
  ['by its activity type', extension({ activityType: 'ErrorEventSubProcessTemplate' }), true],
  ['by its variant', extension({ cmdVariantUri: 'ctype::FlowstepVariant/cname::ErrorEventSubProcessTemplate' }), true],
  ['by its error start event', '<startEvent id="S"><errorEventDefinition/></startEvent>', true],
  ['not without any of these', '<startEvent id="S"/>', false],
]

for (const [name, inner, expected] of subprocesses)
  test(`recognises an exception subprocess ${name}`, () => {
    const process = modelOf('', `<process id="P"><subProcess id="X">${inner}</subProcess></process>`).processes[0]
    assert.deepEqual(
      process?.exceptionSubprocesses.map(subprocess => subprocess.id),
      expected ? ['X'] : [],
    )
    assert.equal(process?.nodes.has('X'), !expected)
  })
