import { createContext, useContext } from 'react'
import type { Components } from '../../api/components.ts'
import type { FlowChange, FlowElement } from '../flow-changes.ts'
import type { FlowParameters, ParametersState } from '../flow-parameters.ts'
import type { ModdleElement } from '../ifl-properties.ts'
import type { SheetModel } from './sheet-model.ts'

/** A diagram of bpmn-js, by which its services are found. */
export interface SheetModeler {
  get<Service>(name: string): Service
}

/** What all fields of the sheet share: the element that is shown, and how it is changed. */
export interface Sheet {
  readonly modeler: SheetModeler
  readonly element: FlowElement
  readonly model: SheetModel
  readonly components: Components
  readonly store: FlowParameters
  readonly state: ParametersState
  /** Of the artifact, below `src/main/resources`. */
  readonly files: readonly string[]
  readonly isReadOnly: boolean
  /** What was found by a check, by the key of the property. */
  readonly problems: ReadonlyMap<string, string>
  readonly onOpenFile: ((path: string) => void) | undefined
  /** One command of the command stack. */
  change(change: Partial<FlowChange>): void
  /** The same for properties of the element. */
  setProperties(values: Readonly<Record<string, string | undefined>>, more?: Partial<FlowChange>): void
}

/** Given by the sheet to its fields. */
export const SheetContext = createContext<Sheet | undefined>(undefined)

/** The sheet that a field is on. */
export function useSheet(): Sheet {
  const sheet = useContext(SheetContext)
  if (!sheet) throw new Error('Expected a property sheet around the field, found none')
  return sheet
}

/** All elements of the flow that carry properties, in the order of the file. */
export function elementsOf(collaboration: ModdleElement): readonly ModdleElement[] {
  const participants = list(collaboration, 'participants')
  const processes = participants.flatMap(participant => (participant.get('processRef') as ModdleElement) ?? [])
  return [collaboration, ...participants, ...list(collaboration, 'messageFlows'), ...processes.flatMap(withContent)]
}

function withContent(container: ModdleElement): readonly ModdleElement[] {
  return [
    container,
    ...list(container, 'flowElements').flatMap(element =>
      element.$type === 'bpmn:SubProcess' ? withContent(element) : [element],
    ),
  ]
}

function list(element: ModdleElement, name: string): readonly ModdleElement[] {
  return (element.get(name) ?? []) as readonly ModdleElement[]
}
