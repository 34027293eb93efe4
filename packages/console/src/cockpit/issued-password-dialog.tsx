import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { Copyable } from '../components/copyable.tsx'
import { useFocusReturn } from '../components/use-focus-return.ts'

/** A password that the server generated, and for whom. */
export interface IssuedPassword {
  readonly name: string
  readonly password: string
}

/** Shows a generated password once: only its button closes the dialog. */
export function IssuedPasswordDialog({ name, password, onClose }: IssuedPassword & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  useFocusReturn()
  return (
    <Dialog
      open
      headerText={t('cockpit.localUsers.issued', { name })}
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
          {t('cockpit.localUsers.once')}
        </MessageStrip>
        <div className="field-line">
          <Copyable text={password} of={t('cockpit.localUsers.password')} />
        </div>
      </div>
    </Dialog>
  )
}
