import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Components } from '../api/components.ts'
import type { NewElements } from './canvas/new-elements.ts'
import { ChooseDialog } from './choose-dialog.tsx'
import type { Diagram, DiagramElement } from './diagram.ts'
import { paletteItems } from './palette-items.ts'
import { appendStep } from './place-element.ts'
import { StepIcon } from './step-icon.tsx'

export interface AppendDialogProps {
  readonly diagram: Diagram
  readonly components: Components
  /** What the step is to follow. */
  readonly element: DiagramElement
  readonly onClose: () => void
}

/** Asks for the next step, and puts it behind another. */
export function AppendDialog({ diagram, components, element, onClose }: AppendDialogProps) {
  const { t } = useTranslation()
  const elements = diagram.get<NewElements>('newElements')
  const items = useMemo(
    () => paletteItems(components).filter(({ makes, group }) => 'step' in makes && group !== 'Participants'),
    [components],
  )
  const append = (type: string) => {
    appendStep(diagram, element, elements.step(type))
    onClose()
  }
  const steps = items.filter(({ key }) => !/StartEvent$/.test(key))
  return (
    <ChooseDialog
      title={t('flowEditor.appendTo', { name: element.businessObject.name ?? element.id })}
      choices={steps.map(({ key, label = '', doc, variant }) => ({
        key,
        label,
        doc,
        icon: <StepIcon variant={variant} />,
      }))}
      empty={t('flowEditor.noChoice')}
      onChoose={append}
      onClose={onClose}
    />
  )
}
