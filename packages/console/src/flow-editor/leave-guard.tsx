import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import type { Saving } from './use-saving.ts'

/** Asks before somebody leaves what is not saved: here for other pages of the console, in the browser's words for others. */
export function LeaveGuard({
  name,
  saving,
}: {
  readonly name: string
  readonly saving: Pick<Saving, 'isChanged' | 'isSaving' | 'saveNow'>
}) {
  const { t } = useTranslation()
  const { isChanged, isSaving, saveNow } = saving
  const blocker = useBlocker(({ nextLocation, currentLocation }) => {
    return isChanged && nextLocation.pathname !== currentLocation.pathname
  })
  useEffect(() => {
    if (!isChanged) return
    const listener = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', listener)
    return () => removeEventListener('beforeunload', listener)
  }, [isChanged])
  if (blocker.state !== 'blocked') return null
  const saveAndLeave = async () => {
    if (await saveNow()) blocker.proceed()
    else blocker.reset()
  }
  return (
    <Dialog
      open
      headerText={t('flowEditor.unsaved')}
      state="Critical"
      onClose={() => blocker.state === 'blocked' && blocker.reset()}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <Button design="Emphasized" loading={isSaving} onClick={() => void saveAndLeave()}>
                {t('common.save')}
              </Button>
              <Button design="Negative" onClick={() => blocker.proceed()}>
                {t('flowEditor.discard')}
              </Button>
              <Button design="Transparent" onClick={() => blocker.reset()}>
                {t('common.cancel')}
              </Button>
            </>
          }
        />
      }
    >
      <div className="question">{t('flowEditor.unsavedQuestion', { name })}</div>
    </Dialog>
  )
}
