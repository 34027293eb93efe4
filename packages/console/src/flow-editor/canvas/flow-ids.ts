import BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory'
import type { ModdleElement } from '../ifl-properties.ts'

interface Ids {
  assigned(id: string): unknown
  claim(id: string, element: object): void
}

const Base = BpmnFactory as unknown as new (
  moddle: unknown,
) => {
  readonly _model: { readonly ids: Ids }
  _needsId(element: ModdleElement): boolean
}

/** Gives elements IDs as those in files of Cloud Integration: their type and a number. */
class FlowFactory extends Base {
  static readonly $inject = ['moddle']

  /** Called by the base class for each element it makes. */
  _ensureId(element: ModdleElement & { id?: string }): void {
    const { ids } = this._model
    if (element.id) {
      ids.claim(element.id, element)
      return
    }
    if (!this._needsId(element)) return
    const prefix = element.$type.replace(/^\w+:/, '')
    let number = 1
    while (ids.assigned(`${prefix}_${number}`)) number += 1
    element.id = `${prefix}_${number}`
    ids.claim(element.id, element)
  }
}

/** Module of a modeler. */
export const flowIds = { bpmnFactory: ['type', FlowFactory] }
