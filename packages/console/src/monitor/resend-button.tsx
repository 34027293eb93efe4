import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type KeptMessage, resendMessage } from '../api/monitoring.ts'
import { FormDialog } from '../components/form-dialog.tsx'

export interface ResendButtonProps {
  readonly message: KeptMessage
  /** What is sent, for people who do not see where the button is. */
  readonly of: string
}

/** Sends a kept message to its flow again, after asking, and goes on to what became of it. */
export function ResendButton({ message, of }: ResendButtonProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button accessibleName={`${t('resend.resend')}: ${of}`} onClick={() => setOpen(true)}>
        {t('resend.resend')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('resend.resend')}
          submit={t('resend.resend')}
          note={t('resend.note')}
          fields={[{ name: 'address', label: t('resend.address'), hint: t('resend.addressHint') }]}
          initial={{ address: '' }}
          onSubmit={async ({ address = '' }) => {
            const { messageGuid } = await resendMessage(message, address.trim())
            await queries.invalidateQueries()
            await navigate(`/monitor/messages/${encodeURIComponent(messageGuid)}`)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
