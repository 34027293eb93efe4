import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BpmnModdle } from 'bpmn-moddle'
import type { Components, NamedFile, PropertyComponent, StepComponent } from '../../api/components.ts'
import type { ModdleElement } from '../ifl-properties.ts'
import { elementsOf } from './sheet.ts'
import { fileProperties, fittingFiles, namedFile, namingChanges } from './sheet-changes.ts'
import { describe, tabsOf } from './sheet-model.ts'

const field = (key: string, tab = 'General'): PropertyComponent => ({ key, label: key, doc: '', tab, kind: 'text' })
const step = (type: string, tag: string, properties: Record<string, string>, event?: 'timer'): StepComponent => ({
  type,
  label: `The ${type}`,
  doc: '',
  group: '',
  versions: { from: '1.0', to: '1.5' },
  leaves: 'one',
  element: { tag, properties, ...(event && { event }) },
  properties: [field('known', 'Processing'), field('general')],
})
const components: Components = {
  steps: [
    step('Enricher', 'callActivity', { activityType: 'Enricher' }),
    step('put', 'callActivity', { activityType: 'DBstorage', operation: 'put' }),
    step('get', 'callActivity', { activityType: 'DBstorage', operation: 'get' }),
    step('TimerStartEvent', 'startEvent', {}, 'timer'),
    step('StartEvent', 'startEvent', {}),
  ],
  adapters: [
    {
      type: 'HTTPS',
      label: 'HTTPS',
      doc: '',
      sender: {
        doc: 'in',
        versions: { from: '1.0', to: '1.5' },
        properties: [field('urlPath', 'Connection')],
        channel: {},
      },
    },
  ],
  flow: [field('log', 'Runtime Configuration')],
  process: [field('transactionTimeout', 'Processing')],
  localProcess: [],
  route: [field('expressionType')],
  expressions: [],
  templates: { flow: {}, process: {}, localProcess: {}, exceptionSubprocess: {}, route: {} },
}

const properties = (values: Record<string, string>) =>
  `<bpmn2:extensionElements>${Object.entries(values)
    .map(([key, value]) => `<ifl:property><key>${key}</key><value>${value}</value></ifl:property>`)
    .join('')}</bpmn2:extensionElements>`
const file = `<bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd" id="D">
<bpmn2:collaboration id="Flow">${properties({ log: 'x' })}
<bpmn2:participant id="Sender" name="S" ifl:type="EndpointSender"/><bpmn2:participant id="Pool" processRef="P"/>
<bpmn2:messageFlow id="Channel" sourceRef="Sender" targetRef="Timer">${properties({ ComponentType: 'HTTPS', Name: 'HTTPS', system: 'S', urlPath: '/a', cmdVariantUri: 'x' })}</bpmn2:messageFlow>
</bpmn2:collaboration>
<bpmn2:process id="P">${properties({ transactionTimeout: '30' })}
<bpmn2:startEvent id="Timer"><bpmn2:timerEventDefinition/></bpmn2:startEvent><bpmn2:startEvent id="Start"/>
<bpmn2:callActivity id="Modifier">${properties({ componentVersion: '1.5', known: 'k', other: 'o', activityType: 'Enricher', cmdVariantUri: 'ctype::FlowstepVariant/cname::Enricher/version::1.5.1' })}</bpmn2:callActivity>
<bpmn2:callActivity id="Get">${properties({ activityType: 'DBstorage', operation: 'get' })}</bpmn2:callActivity>
<bpmn2:callActivity id="Odd">${properties({ activityType: 'PgpEncrypt', cmdVariantUri: 'ctype::FlowstepVariant/cname::PgpEncrypt' })}</bpmn2:callActivity>
<bpmn2:exclusiveGateway id="Router"/><bpmn2:sequenceFlow id="Route" sourceRef="Router" targetRef="Get"/>
<bpmn2:sequenceFlow id="Arrow" sourceRef="Get" targetRef="Odd"/>
<bpmn2:subProcess id="Sub"><bpmn2:endEvent id="Inner"/></bpmn2:subProcess>
</bpmn2:process></bpmn2:definitions>`

const { elementsById } = await new BpmnModdle().fromXML(file)
const element = (id: string) => elementsById[id] as unknown as ModdleElement

const cases: [string, string, string | undefined, string[]][] = [
  ['Flow', 'flow', undefined, ['log']],
  ['Sender', 'sender', undefined, []],
  ['Pool', 'process', undefined, ['transactionTimeout']],
  ['Channel', 'channel', 'HTTPS', ['urlPath']],
  ['Timer', 'step', 'The TimerStartEvent', ['known', 'general']],
  ['Start', 'step', 'The StartEvent', ['known', 'general']],
  ['Modifier', 'step', 'The Enricher', ['known', 'general']],
  ['Get', 'step', 'The get', ['known', 'general']],
  ['Odd', 'step', 'PgpEncrypt', []],
  ['Route', 'route', undefined, ['expressionType']],
  ['Arrow', 'sequenceFlow', undefined, []],
]

for (const [id, kind, typeLabel, keys] of cases)
  test(`knows what ${id} is`, () => {
    const model = describe(element(id), components)
    assert.deepEqual([model.kind, model.typeLabel, model.properties.map(({ key }) => key)], [kind, typeLabel, keys])
  })

test('keeps apart what the registry does not know', () => {
  const model = describe(element('Modifier'), components)
  assert.deepEqual(
    model.others.map(([key]) => key),
    ['componentVersion', 'other', 'activityType', 'cmdVariantUri'],
  )
  assert.deepEqual([model.version, model.values.get('known')], ['1.5', 'k'])
  assert.deepEqual(tabsOf(model.properties), ['Processing'])
  assert.equal(describe(element('Channel'), components).direction, 'Sender')
})

test('finds every element with properties', () => {
  assert.deepEqual(
    elementsOf(element('Flow')).map(({ id }) => id),
    [
      'Flow',
      'Sender',
      'Pool',
      'Channel',
      'P',
      'Timer',
      'Start',
      'Modifier',
      'Get',
      'Odd',
      'Router',
      'Route',
      'Arrow',
      'Sub',
      'Inner',
    ],
  )
})

test('renames what goes with a name', () => {
  const channels = [element('Channel')]
  const targets = (id: string) =>
    namingChanges(element(id), 'N', channels).map(({ target }) => target.id ?? target.$parent?.id)
  assert.deepEqual(
    [targets('Pool'), targets('Sender'), targets('Channel'), targets('Get')],
    [['P'], ['Channel'], ['Channel'], []],
  )
})

const mapping: NamedFile = {
  endings: ['xsl', 'xslt'],
  folder: 'mapping',
  values: {
    mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/{file}',
    mappingname: '{name}',
    mappingpath: 'src/main/resources/mapping/{name}',
  },
}

test('names a file with all that has to be said of it, and finds it by that', () => {
  const files = ['script/X.xsl', 'mapping/X.xslt', 'mapping/X.v1.XSL', 'mapping/M.mmap']
  const fitting = fittingFiles(mapping, files)
  assert.deepEqual(fitting, ['mapping/X.xslt', 'mapping/X.v1.XSL'])
  const said = fileProperties(mapping, 'mapping/X.v1.XSL')
  assert.deepEqual(said, {
    mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/X.v1.XSL',
    mappingname: 'X.v1',
    mappingpath: 'src/main/resources/mapping/X.v1',
  })
  const property = { key: 'mappinguri', resource: mapping }
  assert.equal(namedFile(property, said.mappinguri ?? '', fitting), 'mapping/X.v1.XSL')
  assert.equal(namedFile(property, '', fitting), undefined)
})
