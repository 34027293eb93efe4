import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { useTranslation } from 'react-i18next'
import type { Components } from '../api/components.ts'
import { Facts } from '../components/facts.tsx'
import type { Diagram, DiagramElement } from './diagram.ts'
import { describe } from './property-sheet/sheet-model.ts'

export interface InfoDialogProps {
  readonly diagram: Diagram
  readonly components: Components
  readonly element: DiagramElement
  readonly onClose: () => void
}

/** Says what an element is: its type, version and ID, as logs and problems name it. */
export function InfoDialog({ components, element, onClose }: InfoDialogProps) {
  const { t } = useTranslation()
  const { businessObject, id } = element
  const { typeLabel, doc, version } = describe(businessObject, components)
  return (
    <Dialog
      open
      headerText={businessObject.name ?? id}
      onClose={onClose}
      footer={<Bar design="Footer" endContent={<Button onClick={onClose}>{t('common.close')}</Button>} />}
    >
      <div className="question">
        {doc !== undefined && <span>{doc}</span>}
        <Facts
          facts={[
            [t('flowEditor.type'), typeLabel],
            [t('design.version'), version],
            [t('design.id'), id],
          ]}
        />
      </div>
    </Dialog>
  )
}
