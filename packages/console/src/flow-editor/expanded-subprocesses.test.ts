import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withExpandedSubprocesses } from './expanded-subprocesses.ts'

const subprocess = '<bpmn2:subProcess name="On failure" id="Sub"/>'

for (const [name, text, expected] of [
  [
    'a shape of a subprocess opens',
    '<bpmndi:BPMNShape bpmnElement="Sub" id="S">',
    '<bpmndi:BPMNShape bpmnElement="Sub" id="S" isExpanded="true">',
  ],
  [
    'a shape without content opens',
    "<BPMNShape bpmnElement='Sub'/>",
    '<BPMNShape bpmnElement=\'Sub\' isExpanded="true"/>',
  ],
  [
    'a shape that says what it is stays',
    '<bpmndi:BPMNShape bpmnElement="Sub" isExpanded="false">',
    '<bpmndi:BPMNShape bpmnElement="Sub" isExpanded="false">',
  ],
  ['other shapes stay', '<bpmndi:BPMNShape bpmnElement="Step">', '<bpmndi:BPMNShape bpmnElement="Step">'],
] as const) {
  test(name, () => {
    assert.equal(withExpandedSubprocesses(subprocess + text), subprocess + expected)
  })
}
