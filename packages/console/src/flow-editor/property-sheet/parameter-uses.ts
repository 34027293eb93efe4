import { conditionOf, loopOf } from '../flow-elements.ts'
import { type ModdleElement, readProperties } from '../ifl-properties.ts'
import { parametersIn } from './field-value.ts'

/** In how many values of these elements each parameter stands, by its name. */
export function parameterUses(elements: readonly ModdleElement[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const element of elements) {
    const condition = element.$type === 'bpmn:SequenceFlow' ? conditionOf(element) : ''
    const loop = element.$type === 'bpmn:CallActivity' ? loopOf(element)?.condition : undefined
    for (const value of [...readProperties(element).values(), condition, loop ?? '']) {
      for (const name of parametersIn(value)) uses.set(name, (uses.get(name) ?? 0) + 1)
    }
  }
  return uses
}
