import { substituteParameters } from '@sluice/iflow/parameter-files'
import type { PropertyComponent } from '../../api/components.ts'
import type { FlowParameter } from '../flow-parameters.ts'
import { readRows } from './table-rows.ts'

/** The parameters of a flow by their name. */
export type Parameters = ReadonlyMap<string, FlowParameter>

/** Names of the parameters in a text, each once. */
export function parametersIn(text: string): readonly string[] {
  return substituteParameters(text, new Map()).names
}

/** A text with the values of its parameters; those without a value stay as they are. */
export function resolve(text: string, parameters: Parameters): string {
  return substituteParameters(text, new Map(Array.from(parameters.values(), ({ name, value }) => [name, value]))).text
}

/** What is wrong with the value of a field. */
export type FieldProblem =
  | { readonly code: 'required' | 'flag' }
  | { readonly code: 'range'; readonly min: number; readonly max: number }
  | { readonly code: 'number' }
  | { readonly code: 'choice'; readonly value: string }
  | { readonly code: 'table'; readonly text: string }
  | { readonly code: 'parameter'; readonly name: string }

/** Looks at a value as the file has it, with parameters for what they are; undefined for one that can be left so. */
export function problemOf(
  property: PropertyComponent,
  value: string | undefined,
  parameters: Parameters,
): FieldProblem | undefined {
  const missing = parametersIn(value ?? '').find(name => !parameters.has(name))
  if (missing !== undefined) return { code: 'parameter', name: missing }
  const text = resolve(value ?? '', parameters)
  if (text.trim() === '')
    return property.required && value !== undefined ? { code: 'required' } : missingValue(property)
  // Expressions are evaluated with each message.
  if (property.expression !== undefined && text.includes('${')) return undefined
  if (property.kind === 'number') return numberProblem(property, text)
  if (property.kind === 'flag') return /^(?:true|false|0|1)$/i.test(text.trim()) ? undefined : { code: 'flag' }
  if (property.kind === 'choice')
    return property.choices?.some(choice => choice.value === text) ? undefined : { code: 'choice', value: text }
  const problem = property.kind === 'table' ? readRows(text).problem : undefined
  return problem === undefined ? undefined : { code: 'table', text: problem }
}

function missingValue({ required, default: fallback }: PropertyComponent): FieldProblem | undefined {
  return required && fallback === undefined ? { code: 'required' } : undefined
}

function numberProblem({ min, max }: PropertyComponent, text: string): FieldProblem | undefined {
  const number = /^\s*\d+\s*$/.test(text) ? Number(text) : undefined
  if (number === undefined) return { code: 'number' }
  if ((min === undefined || number >= min) && (max === undefined || number <= max)) return undefined
  return { code: 'range', min: min ?? 0, max: max ?? Number.MAX_SAFE_INTEGER }
}

/** Whether a field is there, given what the fields that it hangs on hold or mean by default. */
export function isShown(
  { shownWhen }: PropertyComponent,
  all: readonly PropertyComponent[],
  values: ReadonlyMap<string, string>,
  parameters: Parameters,
): boolean {
  if (shownWhen === undefined) return true
  const property = all.find(({ key }) => key === shownWhen.key)
  if (property && !isShown(property, all, values, parameters)) return false
  const value = resolve(values.get(shownWhen.key) ?? '', parameters)
  // What a parameter without a value will be is not known: both ways have to be open.
  if (parametersIn(value).length > 0) return true
  const meant = value === '' && property?.kind !== 'text' ? (property?.default ?? '') : value
  return shownWhen.values.includes(meant)
}
