import '@ui5/webcomponents-icons/dist/download.js'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../api/download.ts'
import { change, createEntity, entityPath, readEntity } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { useErrorText } from '../components/error-state.tsx'

const system = entityPath('KeystoreResources', 'system')

/** Exports the certificates of the keystore, makes a backup of all of it in the server, and brings that back. */
export function KeystoreBackup() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <>
      <ExportButton />
      <ConfirmButton
        text={t('keystore.backUp')}
        of={t('keystore.title')}
        question={t('keystore.backUpQuestion')}
        action={() => createEntity('KeystoreResources', { Name: 'backup_admin_system' })}
        isHarmless
      />
      <ConfirmButton
        text={t('keystore.restore')}
        of={t('keystore.title')}
        question={t('keystore.restoreQuestion')}
        action={() => change('PUT', `${system}?retrieveBackup=backup_admin_system&importOption=replace`, {})}
        onDone={() => void queries.invalidateQueries()}
      />
    </>
  )
}

function ExportButton() {
  const { t } = useTranslation()
  const saving = useMutation({ mutationFn: saveKeystore })
  const problem = useErrorText(saving.error)
  return (
    <>
      <Button icon="download" loading={saving.isPending} onClick={() => saving.mutate()}>
        {t('keystore.export')}
      </Button>
      <Toast open={problem !== undefined} onClose={saving.reset}>
        {problem}
      </Toast>
    </>
  )
}

/** A Java keystore without a password, and without private keys, which never leave the server. */
async function saveKeystore(): Promise<void> {
  const { Resource } = await readEntity<{ Resource: string }>(system)
  const bytes = Uint8Array.from(atob(Resource), character => character.charCodeAt(0))
  saveFile(new Blob([bytes]), 'system.jks')
}
