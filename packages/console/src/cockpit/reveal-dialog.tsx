import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { Copyable } from '../components/copyable.tsx'
import { useFocusReturn } from '../components/use-focus-return.ts'

export interface RevealDialogProps {
  readonly title: string
  /** Says that it is not shown again. */
  readonly note: string
  /** What the text is. */
  readonly name: string
  readonly text: string
  readonly onClose: () => void
}

/** Shows what the server generated once: only its button closes the dialog. */
export function RevealDialog({ title, note, name, text, onClose }: RevealDialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
  return (
    <Dialog
      open
      headerText={title}
      onBeforeClose={event => event.detail.escPressed && event.preventDefault()}
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <Button design="Emphasized" onClick={onClose}>
              {t('common.close')}
            </Button>
          }
        />
      }
    >
      <div className="question">
        <MessageStrip design="Critical" hideCloseButton role="status">
          {note}
        </MessageStrip>
        <div className="field-line">
          <Copyable text={text} of={name} />
        </div>
      </div>
    </Dialog>
  )
}
