import { useTranslation } from 'react-i18next'
import { type Client, deleteClient } from '../api/oauth.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'

export interface DeleteClientProps {
  readonly client: Client
  readonly icon?: string
  readonly onDone: () => void
}

/** Deletes an application client, after asking. */
export function DeleteClient({ client: { id, name }, icon, onDone }: DeleteClientProps) {
  const { t } = useTranslation()
  return (
    <ConfirmButton
      text={t('common.delete')}
      of={id}
      question={t('cockpit.clients.deleteText', { id, name })}
      action={() => deleteClient(id)}
      onDone={onDone}
      {...(icon !== undefined && { icon })}
    />
  )
}
