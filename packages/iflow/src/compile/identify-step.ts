import type { FlowNode } from '../bpmn/model.ts'

const startEvents: Readonly<Record<string, string>> = {
  error: 'ErrorStartEvent',
  message: 'MessageStartEvent',
  none: 'StartEvent',
  timer: 'TimerStartEvent',
}

const endEvents: Readonly<Record<string, string>> = {
  error: 'ErrorEndEvent',
  escalation: 'EscalationEndEvent',
  message: 'MessageEndEvent',
  none: 'EndEvent',
  terminate: 'TerminateEndEvent',
}

/** Properties that tell the kinds of an activity type apart in files without variants, in this order. */
const kindProperties = ['subActivityType', 'splitType', 'encoderType', 'mappingType', 'operation'] as const

/** Kinds that have another name than their variant. */
const variantNames: Readonly<Record<string, string>> = { IteratingSplitter: 'Camel' }

/** Types of mappings by what follows `dir://` in `mappinguri`. */
const mappingTypes: Readonly<Record<string, string>> = { mapping: 'XSLTMapping', mmap: 'MessageMapping' }

/**
 * The type under which a step is registered. Events go by their definition. Everything else goes by the `cname` of its
 * variant; files from before variants existed go by `activityType` and the property that tells its kinds apart.
 */
export function identifyStep(node: FlowNode): string {
  if (node.event !== undefined) {
    const known = node.tag === 'startEvent' ? startEvents : node.tag === 'endEvent' ? endEvents : {}
    return known[node.event] ?? `${node.event} ${node.tag}`
  }
  if (node.variant !== undefined && node.variant.cname !== '') return node.variant.cname
  if (node.tag === 'exclusiveGateway') return 'ExclusiveGateway'
  const activityType = node.properties.get('activityType')
  // All parallel gateways have the same `subActivityType`.
  if (node.tag === 'parallelGateway' && activityType) return activityType
  if (activityType === undefined || activityType === '') return node.tag === 'serviceTask' ? 'ExternalCall' : node.tag
  for (const key of kindProperties) {
    const kind = node.properties.get(key)
    if (kind !== undefined && kind !== '') return variantNames[kind] ?? kind
  }
  if (activityType === 'Script')
    return /\.js$/i.test(node.properties.get('script') ?? '') ? 'JavaScript' : 'GroovyScript'
  if (activityType === 'Mapping') return mappingTypes[mappingScheme(node)] ?? activityType
  if (activityType === 'ProcessCallElement') return node.loop === undefined ? 'NonLoopingProcess' : 'LoopingProcess'
  return activityType
}

function mappingScheme(node: FlowNode): string {
  return /^dir:\/\/([^/]*)/.exec(node.properties.get('mappinguri') ?? '')?.[1] ?? ''
}
