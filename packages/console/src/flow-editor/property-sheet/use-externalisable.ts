import type { PropertyComponent } from '../../api/components.ts'
import type { FlowChange } from '../flow-changes.ts'
import type { FlowParameter, ParametersState } from '../flow-parameters.ts'
import type { ModdleElement } from '../ifl-properties.ts'
import type { Place } from './externalisation.ts'
import { type Sheet, useSheet } from './sheet.ts'

/** A value that can stand apart from the flow, as parameters. */
export interface Externalisable {
  readonly label: string
  readonly value: string
  readonly place: Place
  /** Of a new parameter, such as `xsd:integer`. */
  readonly type: string
  readonly state: ParametersState
  /** Another text, and with it other parameters. */
  readonly onChange: (value: string, parameter: FlowParameter | undefined) => void
  readonly onChangeParameters: (parameters: readonly FlowParameter[]) => void
}

/** What externalises the value of a property. */
export function useExternalisable(property: PropertyComponent): Externalisable {
  const sheet = useSheet()
  const { state, model, setProperties, change } = sheet
  const { key, label } = property
  return {
    label,
    value: model.values.get(key) ?? property.default ?? '',
    place: 'field',
    type: typeOf(property),
    state,
    onChange: (value, parameter) => setProperties({ [key]: value }, parameterChange(sheet, value, parameter, property)),
    onChangeParameters: parameters => change(parametersChange(sheet, parameters)),
  }
}

/** The part of a change that other values of parameters are. */
export function parametersChange(
  { store, state }: Pick<Sheet, 'store' | 'state'>,
  changed: readonly FlowParameter[],
): Pick<FlowChange, 'parameters'> {
  const parameters = new Map(state.parameters)
  for (const parameter of changed) parameters.set(parameter.name, parameter)
  return { parameters: { of: store, state: { ...state, parameters } } }
}

/** The part of a change by which a value comes from a parameter: the parameter, if it is another one, and where it is used. */
export function parameterChange(
  sheet: Sheet,
  value: string,
  parameter: FlowParameter | undefined,
  property: { readonly key: string; readonly label: string },
): Partial<FlowChange> {
  const name = parameter?.name ?? /^\{\{(.*)\}\}$/.exec(value)?.[1]
  if (name === undefined) return {}
  const { state, store, model, element } = sheet
  const parameters = new Map(state.parameters)
  if (parameter) parameters.set(name, parameter)
  const reference = {
    category: categoryOf(element.businessObject),
    attributeId: `${model.values.get('cmdVariantUri') ?? ''}/attrId::${property.key}`,
    // In the registry's words, whatever language the person speaks.
    label: model.properties.find(({ key }) => key === property.key)?.label ?? property.label,
    name,
  }
  const next: ParametersState = { parameters, references: [...state.references, reference] }
  return { parameters: { of: store, state: next } }
}

/** Pages on which a flow is configured show parameters below the system of a channel, or else below the step. */
function categoryOf(element: ModdleElement): string {
  if (element.$type !== 'bpmn:MessageFlow') return element.name ?? ''
  const ends = [element.get('sourceRef'), element.get('targetRef')] as (ModdleElement | undefined)[]
  return ends.find(end => end?.$type === 'bpmn:Participant')?.name ?? ''
}

/** What the original gives to parameters of fields. */
function typeOf({ kind }: PropertyComponent): string {
  if (kind === 'number') return 'xsd:integer'
  return kind === 'flag' ? 'xsd:boolean' : 'xsd:string'
}
