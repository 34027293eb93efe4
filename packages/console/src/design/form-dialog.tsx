import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../components/error-state.tsx'
import { useFocusReturn } from '../components/use-focus-return.ts'

export interface FormDialogProps {
  readonly title: string
  /** On the button that does it. */
  readonly action: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks for what something needs, and stays, with what was typed and the server's words, when it could not be done. */
export function FormDialog({ title, action, isBusy, error, onSubmit, onClose, children }: FormDialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
  const problem = useErrorText(error)
  return (
    <Dialog
      open
      headerText={title}
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <Button design="Emphasized" loading={isBusy} onClick={onSubmit}>
                {action}
              </Button>
              <Button design="Transparent" onClick={onClose}>
                {t('common.cancel')}
              </Button>
            </>
          }
        />
      }
    >
      <div className="form design-form">
        {problem && (
          <MessageStrip design="Negative" hideCloseButton role="alert">
            {problem}
          </MessageStrip>
        )}
        {children}
      </div>
    </Dialog>
  )
}
