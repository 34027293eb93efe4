import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compareFlows, type FlowFact } from './compare-flows.ts'
import { parseIflow } from './document.ts'

const FILE = readFileSync(new URL('../../test/merge-edit/file.iflw', import.meta.url), 'utf8')

function modelOf(text: string) {
  const { document } = parseIflow(text, 'a.iflw')
  assert.ok(document)
  return document.model
}

function changesOf(changed: string, original = FILE) {
  return compareFlows(modelOf(original), modelOf(changed)).map(({ kind, name, change, facts }) => [
    `${change} ${kind} ${name}`,
    ...facts.map(({ of, key, before, after }: FlowFact) => `${of} ${key}: ${before} → ${after}`),
  ])
}

const cases: [name: string, changed: string, expected: string[][]][] = [
  ['nothing', FILE, []],
  ['where things are drawn', FILE.replace('x="10.0"', 'x="99"').replace('<!-- between properties -->', ''), []],
  ['a property', FILE.replace('a.groovy', 'b.groovy'), [['changed step Call', 'property script: a.groovy → b.groovy']]],
  [
    'a key',
    FILE.replace('<key>cors', '<key>a key'),
    [['changed flow Default "Collaboration"', 'property cors:  → undefined', 'property a key: undefined → ']],
  ],
  ['a name', FILE.replace('name="Call"', 'name="Ask"'), [['changed step Ask', 'name : Call → Ask']]],
  [
    'a condition',
    FILE.replace("= '1'", "= '2'"),
    [['changed sequenceFlow Flow_3', "condition : ${header.a} = '1' → ${header.a} = '2'"]],
  ],
  [
    'where a flow leads',
    FILE.replace(
      'id="Flow_3" sourceRef="Router_1" targetRef="Call_1"',
      'id="Flow_3" sourceRef="Router_1" targetRef="Sub_1"',
    ),
    [['changed sequenceFlow Flow_3', 'to : Call → Exception']],
  ],
  [
    'a default flow',
    FILE.replace("default='Flow_2'", "default='Flow_3'"),
    [['changed step Router', 'default : Flow_2 → Flow_3']],
  ],
  ['a loop', FILE.replace('loopMaximum="10"', 'loopMaximum="11"'), [['changed step Call', 'loop :  (10) →  (11)']]],
  [
    'the type of an event',
    FILE.replace('<b:messageEventDefinition/>', '<b:timerEventDefinition/>'),
    [['changed step Start', 'type : startEvent (message) → startEvent (timer)']],
  ],
  [
    'an element by another',
    FILE.replace('<b:subProcess id="Sub_1" name="Exception"/>', '<b:endEvent id="End_1"/>'),
    [['added step End_1'], ['removed step Exception']],
  ],
]

for (const [name, changed, expected] of cases)
  test(`tells a change of ${name}`, () => assert.deepEqual(changesOf(changed), expected))

test('tells channels and processes that only one version has', () => {
  const without = FILE.replace(/<b:messageFlow[\s\S]*<\/b:messageFlow>/, '').replace(
    /<b:process [\s\S]*<\/b:process>/,
    '',
  )
  const names = changesOf(without).map(([change]) => change)
  assert.deepEqual(names.slice(0, 3), ['removed channel HTTPS', 'removed process Process_1', 'removed step Start'])
  assert.deepEqual(
    changesOf(FILE, without).map(([change]) => change?.replace('added', 'removed')),
    names,
  )
})
