import { useMutation } from '@tanstack/react-query'
import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from './error-state.tsx'
import { useCancelling } from './use-cancelling.ts'
import { useFocusReturn } from './use-focus-return.ts'

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

/** A button that asks before it acts. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { text, icon, of } = props
  const [isOpen, setOpen] = useState(false)
  const looks = icon === undefined ? {} : ({ icon, design: 'Transparent', tooltip: text } as const)
  return (
    <>
      <Button {...looks} accessibleName={`${text}: ${of}`} onClick={() => setOpen(true)}>
        {icon === undefined && text}
      </Button>
      {isOpen && <ConfirmDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

interface ConfirmDialogProps extends ConfirmButtonProps {
  readonly onClose: () => void
}

/** What the server says no to is shown in the dialog, which then stays. */
function ConfirmDialog({ text, question, action, onDone, isHarmless, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
  const { cancel, done } = useCancelling(onClose)
  const run = useMutation({
    mutationFn: action,
    onSuccess: () => {
      done()
      onDone?.()
    },
  })
  const problem = useErrorText(run.error)
  return (
    <Dialog
      open
      headerText={text}
      state={isHarmless ? 'None' : 'Critical'}
      onClose={cancel}
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
              <Button design="Transparent" onClick={cancel}>
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
  )
}
