import { useTranslation } from 'react-i18next'
import { ChooseDialog } from './choose-dialog.tsx'
import type { Diagram, ElementRegistry } from './diagram.ts'
import { showElement } from './element-marks.ts'
import { StepIcon } from './step-icon.tsx'
import { variantOf } from './step-variant.ts'

/** Finds elements of a flow by name or ID, and shows the one that is chosen. */
export function FindDialog({ diagram, onClose }: { readonly diagram: Diagram; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const elements = diagram.get<ElementRegistry>('elementRegistry').filter(({ type, parent }) => {
    return type !== 'label' && parent !== undefined && parent !== null
  })
  const choices = elements.map(({ id, businessObject }) => ({
    key: id,
    label: businessObject.name || id,
    doc: id,
    words: id,
    icon: <StepIcon variant={variantOf(businessObject)} />,
  }))
  return (
    <ChooseDialog
      title={t('flowEditor.find')}
      choices={choices.toSorted((one, other) => one.label.localeCompare(other.label))}
      empty={t('flowEditor.noChoice')}
      onChoose={id => {
        showElement(diagram, id)
        onClose()
      }}
      onClose={onClose}
    />
  )
}
