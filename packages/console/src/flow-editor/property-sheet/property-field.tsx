import { useId } from 'react'
import type { PropertyComponent } from '../../api/components.ts'
import { ChoiceControl, FlagControl, LinesControl, TextControl } from './controls.tsx'
import { ExpressionControl } from './expression-controls.tsx'
import { ExternaliseButtons } from './externalise-buttons.tsx'
import { FieldRow } from './field-row.tsx'
import { parametersIn, problemOf } from './field-value.ts'
import { NameControl } from './name-control.tsx'
import { ProcessControl } from './process-control.tsx'
import { ResourceControl } from './resource-control.tsx'
import { ScheduleField } from './schedule-field.tsx'
import { useSheet } from './sheet.ts'
import { TableField } from './table-field.tsx'
import { readRows } from './table-rows.ts'
import { useExternalisable } from './use-externalisable.ts'
import { useProblemText } from './use-problem-text.ts'
import { useRegistryTerm } from './use-registry-term.ts'
import { useValueHint } from './use-value-hint.ts'

/** The field of a property of the element. */
export function PropertyField({ property: given }: { readonly property: PropertyComponent }) {
  const term = useRegistryTerm()
  const property = { ...given, label: term(given.label) }
  const { model } = useSheet()
  if (property.kind === 'table' && !isWhole(model.values.get(property.key) ?? '')) {
    return <TableField property={property} />
  }
  return property.isSchedule ? <ScheduleField property={property} /> : <ValueField property={property} />
}

/** Whether a table comes from parameters as a whole: then it is no table here. */
function isWhole(value: string): boolean {
  return parametersIn(value).length > 0 && readRows(value).problem !== undefined
}

function ValueField({ property }: { readonly property: PropertyComponent }) {
  const { model, state, isReadOnly, problems } = useSheet()
  const id = useId()
  const problemText = useProblemText()
  const externalisable = useExternalisable(property)
  const value = model.values.get(property.key)
  const problem = problemText(problemOf(property, value, state.parameters)) ?? problems.get(property.key)
  return (
    <FieldRow
      id={id}
      label={property.label}
      isRequired={property.required ?? false}
      doc={property.doc}
      problem={problem}
      hint={useValueHint(value ?? '', 'field')}
    >
      <Control property={property} id={id} problem={problem} />
      {!isReadOnly && <ExternaliseButtons {...externalisable} />}
    </FieldRow>
  )
}

interface ControlOfProps {
  readonly property: PropertyComponent
  readonly id: string
  readonly problem: string | undefined
}

function Control({ property, id, problem }: ControlOfProps) {
  const { model, components, isReadOnly, setProperties } = useSheet()
  const { key, label, kind, choices = [], expression, multiline, resource, names, usual = [] } = property
  const value = model.values.get(key) ?? ''
  const common = { id, label, isReadOnly, problem, onCommit: (text: string) => setProperties({ [key]: text }) }
  if (kind !== 'text' && parametersIn(value).length > 0) return <TextControl {...common} value={value} />
  const meant = value === '' ? (property.default ?? '') : value
  if (kind === 'choice') {
    const shown = choices.map(choice => ({ value: choice.value, text: choice.label, doc: choice.doc }))
    return <ChoiceControl {...common} value={meant} choices={shown} />
  }
  if (kind === 'flag') return <FlagControl {...common} value={meant} />
  if (resource) return <ResourceControl {...common} value={value} property={{ key, resource }} />
  if (names === 'localProcess') return <ProcessControl {...common} value={value} />
  const text = { ...common, value, placeholder: property.default }
  if (names !== undefined || usual.length > 0) return <NameControl {...text} names={names} usual={usual} />
  const help = components.expressions.find(({ language }) => language === expression)
  if (help) return <ExpressionControl {...text} help={help} isMultiline={multiline ?? false} />
  return multiline ? <LinesControl {...text} /> : <TextControl {...text} />
}
