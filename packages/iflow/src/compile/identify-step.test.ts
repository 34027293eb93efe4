import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FlowNode } from '../bpmn/model.ts'
import { identifyStep } from './identify-step.ts'

/** Steps of files from before variants existed. */
const cases: readonly (readonly [tag: string, properties: Readonly<Record<string, string>>, type: string])[] = [
  ['exclusiveGateway', { activityType: 'ExclusiveGateway' }, 'ExclusiveGateway'],
  ['parallelGateway', { activityType: 'Join', subActivityType: 'parallel' }, 'Join'],
  ['parallelGateway', { activityType: 'Multicast', subActivityType: 'parallel' }, 'Multicast'],
  ['parallelGateway', { activityType: 'SequentialMulticast', subActivityType: 'parallel' }, 'SequentialMulticast'],
  ['callActivity', { activityType: 'Splitter', splitType: 'GeneralSplitter' }, 'GeneralSplitter'],
  ['callActivity', { activityType: 'Splitter', splitType: 'IteratingSplitter' }, 'Camel'],
  ['callActivity', { activityType: 'Splitter', splitType: 'Camel' }, 'Camel'],
  ['callActivity', { activityType: 'Gather' }, 'Gather'],
  ['callActivity', { activityType: 'Script', script: 'log.gsh' }, 'GroovyScript'],
  ['callActivity', { activityType: 'Script', script: 'log.js' }, 'JavaScript'],
  ['callActivity', { activityType: 'Script', subActivityType: 'JavaScript', script: 'log' }, 'JavaScript'],
  ['callActivity', { activityType: 'Mapping', mappingType: 'XSLTMapping' }, 'XSLTMapping'],
  ['callActivity', { activityType: 'Mapping', mappinguri: 'dir://mapping/xslt/a.xsl' }, 'XSLTMapping'],
  ['callActivity', { activityType: 'Mapping', mappinguri: 'dir://mmap/src/a.mmap' }, 'MessageMapping'],
  ['callActivity', { activityType: 'Mapping' }, 'Mapping'],
  ['serviceTask', {}, 'ExternalCall'],
]

for (const [tag, properties, type] of cases) {
  test(`${tag} with ${JSON.stringify(properties)} is ${type}`, () => {
    const node: FlowNode = {
      id: 'x',
      name: '',
      line: 1,
      tag,
      properties: new Map(Object.entries(properties)),
      event: undefined,
      variant: undefined,
      incoming: [],
      outgoing: [],
      defaultFlow: undefined,
      loop: undefined,
    }
    assert.equal(identifyStep(node), type)
  })
}
