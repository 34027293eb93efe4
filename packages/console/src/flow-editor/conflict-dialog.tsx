import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { useTranslation } from 'react-i18next'
import { Moment } from '../components/moment.tsx'
import type { ConflictError } from './save-flow.ts'

export interface ConflictDialogProps {
  readonly conflict: ConflictError
  /** Saves in spite of it. */
  readonly onOverwrite: () => void
  /** Saves the flow as a file of the person's own. */
  readonly onDownload: () => void
  /** Opens what the other person has saved. */
  readonly onReload: () => void
  readonly onClose: () => void
}

/** Says that somebody else has changed the flow, and leaves the choice; nothing is lost before one is made. */
export function ConflictDialog({ conflict, onOverwrite, onDownload, onReload, onClose }: ConflictDialogProps) {
  const { t } = useTranslation()
  const { Name, ModifiedBy, ModifiedAt } = conflict.artifact
  return (
    <Dialog
      open
      headerText={t('flowEditor.conflict')}
      state="Critical"
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <Button onClick={onDownload}>{t('flowEditor.downloadMine')}</Button>
              <Button design="Negative" onClick={onReload}>
                {t('flowEditor.openTheirs')}
              </Button>
              <Button design="Negative" onClick={onOverwrite}>
                {t('flowEditor.overwrite')}
              </Button>
              <Button design="Emphasized" onClick={onClose}>
                {t('flowEditor.goOn')}
              </Button>
            </>
          }
        />
      }
    >
      <div className="question">
        <span>
          {t('flowEditor.conflictText', { name: Name, user: ModifiedBy })}{' '}
          <Moment date={new Date(Number(ModifiedAt))} />
        </span>
        <span>{t('flowEditor.conflictChoice')}</span>
      </div>
    </Dialog>
  )
}
