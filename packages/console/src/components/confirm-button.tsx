import { useMutation } from '@tanstack/react-query'
import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from './error-state.tsx'

export interface ConfirmButtonProps {
  /** What the button does, in one or two words; also the dialog's title and its button. */
  readonly text: string
  /** Shown instead of the text, where there are many such buttons. */
  readonly icon?: string
  /** What it is done to, for people who do not see where the button is. */
  readonly of: string
  /** Says what will be gone or changed, by name. */
  readonly question: string
  readonly action: () => Promise<unknown>
  readonly onDone?: () => void
  /** Unless something is destroyed. */
  readonly isHarmless?: boolean
}

/** A button that asks before it acts. What the server says no to is shown in the dialog, which then stays. */
export function ConfirmButton({ text, icon, of, question, action, onDone, isHarmless }: ConfirmButtonProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  // There may be many such buttons: a dialog is made when it is first needed.
  const [isNeeded, setNeeded] = useState(false)
  const run = useMutation({
    mutationFn: action,
    onSuccess: () => {
      setOpen(false)
      onDone?.()
    },
  })
  const problem = useErrorText(run.error)
  const open = () => {
    run.reset()
    setNeeded(true)
    setOpen(true)
  }
  const looks = icon === undefined ? {} : ({ icon, design: 'Transparent', tooltip: text } as const)
  return (
    <>
      <Button {...looks} accessibleName={`${text}: ${of}`} onClick={open}>
        {icon === undefined && text}
      </Button>
      {isNeeded && (
        <Dialog
          open={isOpen}
          headerText={text}
          state={isHarmless ? 'None' : 'Critical'}
          onClose={() => setOpen(false)}
          footer={
            <Bar
              design="Footer"
              endContent={
                <>
                  <Button
                    design={isHarmless ? 'Emphasized' : 'Negative'}
                    loading={run.isPending}
                    onClick={() => run.mutate()}
                  >
                    {text}
                  </Button>
                  <Button design="Transparent" onClick={() => setOpen(false)}>
                    {t('common.cancel')}
                  </Button>
                </>
              }
            />
          }
        >
          <div className="question">
            {problem && (
              <MessageStrip design="Negative" hideCloseButton role="alert">
                {problem}
              </MessageStrip>
            )}
            <span>{question}</span>
          </div>
        </Dialog>
      )}
    </>
  )
}
