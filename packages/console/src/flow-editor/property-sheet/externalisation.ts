import { unescapeXml } from '@sluice/iflow/bpmn'
import { escapeCell } from './table-rows.ts'

/** Where a value stands: those in cells and conditions are XML-escaped in parameters.prop, as the original has it. */
export type Place = 'field' | 'cell' | 'condition'

/** Why a text cannot name a parameter. */
export type NameProblem = 'required' | 'characters' | 'taken'

/** The original forbids most signs in names; others would be escaped in cells, and not be found there. */
export function nameProblem(name: string, taken: (name: string) => boolean): NameProblem | undefined {
  if (name.trim() === '') return 'required'
  if (!/^[\p{L}\p{N}_.\- ]+$/u.test(name) || name !== name.trim()) return 'characters'
  return taken(name) ? 'taken' : undefined
}

/** A value as parameters.prop has it. */
export function parameterValue(value: string, place: Place): string {
  return place === 'field' ? value : escapeCell(value)
}

/** What a value from parameters.prop is at its place. */
export function valueAt(value: string, place: Place): string {
  return place === 'field' ? value : unescapeXml(value)
}

/** A name to begin with: the label of the field, and a number where it is taken by another value. */
export function proposedName(
  label: string,
  value: string,
  known: ReadonlyMap<string, { readonly value: string }>,
): string {
  const stem = label.replace(/[^\p{L}\p{N}_.-]+/gu, ' ').trim() || 'Parameter'
  const isFree = (name: string) => known.get(name) === undefined || known.get(name)?.value === value
  let name = stem
  for (let number = 2; !isFree(name); number += 1) name = `${stem} ${number}`
  return name
}
