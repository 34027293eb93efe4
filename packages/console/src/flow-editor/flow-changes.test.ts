import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BpmnModdle } from 'bpmn-moddle'
import { FlowChanges } from './flow-changes.ts'
import {
  conditionChange,
  conditionOf,
  defaultRouteChanges,
  isDefaultRoute,
  loopChange,
  loopOf,
} from './flow-elements.ts'
import { FlowParameters } from './flow-parameters.ts'
import { type ModdleElement, propertyChanges, readProperties } from './ifl-properties.ts'

/** Does and undoes as the command stack of diagram-js. */
class Stack {
  readonly done: object[] = []
  #handler:
    | { execute(context: object): unknown; revert(context: object): unknown; preExecute(context: object): void }
    | undefined

  register(_command: string, handler: object) {
    this.#handler = handler as never
  }

  execute(_command: string, context: object) {
    this.#handler?.preExecute(context)
    this.#handler?.execute(context)
    this.done.push(context)
  }

  undo() {
    const context = this.done.pop()
    if (context) this.#handler?.revert(context)
  }
}

const head =
  '<?xml version="1.0" encoding="UTF-8"?><bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="D"><bpmn2:process id="P">'
const property = (key: string, value: string) => `<ifl:property><key>${key}</key>${value}</ifl:property>`
const file = `${head}
<bpmn2:startEvent id="Timer"><bpmn2:timerEventDefinition id="T"><bpmn2:extensionElements>${property('scheduleKey', '<value>x</value>')}</bpmn2:extensionElements></bpmn2:timerEventDefinition></bpmn2:startEvent>
<bpmn2:startEvent id="Message"><bpmn2:messageEventDefinition id="M"/></bpmn2:startEvent>
<bpmn2:callActivity id="Step"><bpmn2:extensionElements>${property('a', '<value>1</value>')}${property('b', '')}${property('a', '<value>2</value>')}</bpmn2:extensionElements>
<bpmn2:standardLoopCharacteristics id="L" loopMaximum="9"><bpmn2:loopCondition id="LC" xsi:type="bpmn2:tFormalExpression">c</bpmn2:loopCondition></bpmn2:standardLoopCharacteristics></bpmn2:callActivity>
<bpmn2:exclusiveGateway id="Router" default="R2"><bpmn2:outgoing>R1</bpmn2:outgoing><bpmn2:outgoing>R2</bpmn2:outgoing></bpmn2:exclusiveGateway>
<bpmn2:sequenceFlow id="R1" sourceRef="Router" targetRef="Step"><bpmn2:conditionExpression id="E1" xsi:type="bpmn2:tFormalExpression">x</bpmn2:conditionExpression></bpmn2:sequenceFlow>
<bpmn2:sequenceFlow id="R2" sourceRef="Router" targetRef="Step"/>
</bpmn2:process></bpmn2:definitions>`

async function open() {
  const moddle = new BpmnModdle()
  const { rootElement, elementsById } = await moddle.fromXML(file)
  const text = async () => (await moddle.toXML(rootElement, { format: false })).xml
  const stack = new Stack()
  const changes = new FlowChanges(stack, { get: () => null })
  const before = await text()
  return {
    stack,
    changes,
    element: (id: string) => elementsById[id] as unknown as ModdleElement,
    /** What came instead of what; blank where nothing changed. */
    async difference() {
      const after = await text()
      if (after === before) return ''
      let start = 0
      while (before[start] === after[start]) start += 1
      let end = 0
      while (before.at(-1 - end) === after.at(-1 - end) && end < Math.min(before.length, after.length) - start) end += 1
      return `${before.slice(start, before.length - end)} → ${after.slice(start, after.length - end)}`
    },
  }
}

test('reads properties where each kind of element has them', async () => {
  const { element } = await open()
  assert.deepEqual([...readProperties(element('Timer'))], [['scheduleKey', 'x']])
  assert.deepEqual(
    [...readProperties(element('Step'))],
    [
      ['a', '2'],
      ['b', ''],
    ],
  )
  assert.deepEqual([...readProperties(element('Message'))], [])
})

const edits: [string, string, Record<string, string | undefined>, RegExp][] = [
  ['the last of a repeated key', 'Step', { a: '3<&' }, /^2 → 3&lt;&amp;$/],
  ['a value that is missing', 'Step', { b: 'x' }, /→ value>x<\/value><$/],
  ['a new property', 'Step', { c: '' }, /→ .*<key>c<\/key><value \/>/],
  ['one that goes, wherever it is', 'Step', { a: undefined }, /<key>a<\/key>.* → /],
  ['several at once', 'Step', { b: 'x', c: 'y' }, /→ value>x<\/value>.*<key>c<\/key><value>y$/],
  ['one of a timer', 'Timer', { more: 'z' }, /→ .*<key>more<\/key><value>z<\/value>/],
  ['the first of an event', 'Message', { k: 'v' }, /→ extensionElements><ifl:property><key>k<\/key>/],
  ['nothing', 'Step', { a: '2', none: undefined }, /^$/],
]

for (const [name, id, values, expected] of edits)
  test(`changes ${name}, and takes it back`, async () => {
    const { changes, element, difference, stack } = await open()
    changes.run({ elements: [], changes: propertyChanges(element(id), values) })
    assert.match(await difference(), expected)
    for (const [key, value] of Object.entries(values)) assert.equal(readProperties(element(id)).get(key), value)
    stack.undo()
    assert.equal(await difference(), '')
  })

test('changes conditions and the default route, and takes it back', async () => {
  const { changes, element, difference, stack } = await open()
  const [first, second] = [element('R1'), element('R2')]
  assert.deepEqual([conditionOf(first), conditionOf(second), isDefaultRoute(second)], ['x', '', true])
  changes.run({ elements: [], changes: [conditionChange(first, 'x > 1')] })
  assert.equal(await difference(), ' →  &gt; 1')
  changes.run({ elements: [], changes: [conditionChange(second, 'y')] })
  assert.match(await difference(), /<bpmn2:conditionExpression xsi:type="bpmn2:tFormalExpression">y</)
  stack.undo()
  stack.undo()
  changes.run({ elements: [], changes: defaultRouteChanges(first) })
  assert.deepEqual([isDefaultRoute(first), isDefaultRoute(second), conditionOf(first)], [true, false, ''])
  stack.undo()
  assert.equal(await difference(), '')
})

test('changes how long a process is called again', async () => {
  const { changes, element, difference, stack } = await open()
  const step = element('Step')
  assert.deepEqual(loopOf(step), { maximum: '9', condition: 'c' })
  assert.equal(loopOf(element('Router')), undefined)
  changes.run({ elements: [], changes: [loopChange(step, 'maximum', '10'), loopChange(step, 'condition', 'd')] })
  assert.deepEqual(loopOf(step), { maximum: '10', condition: 'd' })
  stack.undo()
  assert.equal(await difference(), '')
})

test('changes a property and a parameter in one step', async () => {
  const { changes, element, difference, stack } = await open()
  const parameters = new FlowParameters()
  const before = parameters.state
  const told: number[] = []
  parameters.subscribe(() => told.push(parameters.state.parameters.size))
  const parameter = { name: 'A', value: '2', type: 'xsd:string', description: '' }
  changes.run({
    elements: [],
    changes: propertyChanges(element('Step'), { a: '{{A}}' }),
    parameters: { of: parameters, state: { ...before, parameters: new Map([['A', parameter]]) } },
  })
  assert.equal(stack.done.length, 1)
  stack.undo()
  assert.deepEqual([parameters.state, told, await difference()], [before, [1, 0], ''])
})
