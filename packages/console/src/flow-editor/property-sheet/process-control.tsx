import { useTranslation } from 'react-i18next'
import type { FlowElement } from '../flow-changes.ts'
import { kindOf } from '../flow-elements.ts'
import { ChoiceControl, type ControlProps } from './controls.tsx'
import { elementsOf, useSheet } from './sheet.ts'

/** One of the flow's local integration processes. */
export function ProcessControl(props: ControlProps) {
  const { t } = useTranslation()
  const { modeler } = useSheet()
  const root = modeler.get<{ getRootElement(): FlowElement }>('canvas').getRootElement().businessObject
  const processes = elementsOf(root)
    .filter(element => element.$type === 'bpmn:Process' && kindOf(element) === 'localProcess')
    .map(({ id = '', name }) => ({ value: id, text: name ?? id }))
  const choices = props.value === '' ? [{ value: '', text: t('common.choose') }, ...processes] : processes
  return <ChoiceControl {...props} choices={choices} />
}
