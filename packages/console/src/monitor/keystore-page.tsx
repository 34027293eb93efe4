import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { change, dateOf, entityPath } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'
import { ImportCertificateDialog } from './import-certificate-dialog.tsx'
import { KeyPairDialog } from './key-pair-dialog.tsx'
import { KeystoreBackup } from './keystore-backup.tsx'
import { expiringFilter, expiryOf, type KeystoreEntry } from './keystore-entry.ts'
import { KeystoreImportDialog } from './keystore-import-dialog.tsx'
import { KeystoreMenu } from './keystore-menu.tsx'

const imported = ['certificate', 'keyPair', 'sshKey', 'keystoreFile'] as const

/** The entries of the tenant's keystore. */
export function KeystorePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'generate' | (typeof imported)[number]>()
  const rows = usePaged<KeystoreEntry>('KeystoreEntries', { orderBy: 'Alias' })
  const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000)
  const expiring = usePaged<KeystoreEntry>('KeystoreEntries', { filter: expiringFilter(minute) }, undefined, 1)
  return (
    <Page
      title={t('keystore.title')}
      actions={
        <>
          <KeystoreBackup />
          <KeystoreMenu
            text={t('keystore.importButton')}
            choices={imported.map(choice => [choice, t(`keystore.imports.${choice}`)] as const)}
            onChoose={setDialog}
          />
          <Button design="Emphasized" onClick={() => setDialog('generate')}>
            {t('keystore.generate')}
          </Button>
        </>
      }
    >
      {expiring.count > 0 && (
        <MessageStrip design="Critical" hideCloseButton>
          {t('overview.expiring', { count: expiring.count })}
        </MessageStrip>
      )}
      <EntityTable
        label={t('keystore.title')}
        columns={useColumns()}
        keyOf={({ Hexalias }) => Hexalias}
        rows={rows}
        empty={t('keystore.empty')}
        onOpen={({ Hexalias }) => void navigate(`/monitor/keystore/${Hexalias}`)}
      />
      {dialog === 'generate' && <KeyPairDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'certificate' && <ImportCertificateDialog onClose={() => setDialog(undefined)} />}
      {(dialog === 'keyPair' || dialog === 'sshKey' || dialog === 'keystoreFile') && (
        <KeystoreImportDialog what={dialog} onClose={() => setDialog(undefined)} />
      )}
    </Page>
  )
}

function useColumns(): readonly Column<KeystoreEntry>[] {
  const { t } = useTranslation()
  return [
    { header: t('keystore.alias'), cell: ({ Alias }) => Alias },
    { header: t('keystore.type'), width: '8rem', cell: ({ Type }) => Type },
    { header: t('keystore.subject'), importance: -2, cell: ({ SubjectDN }) => SubjectDN },
    {
      header: t('keystore.validUntil'),
      width: '13rem',
      cell: ({ ValidNotAfter }) => <Moment date={dateOf(ValidNotAfter)} />,
    },
    { header: t('messages.status'), width: '9rem', cell: entry => <Validity entry={entry} /> },
    { header: t('keystore.modifiedBy'), width: '9rem', importance: -1, cell: ({ LastModifiedBy }) => LastModifiedBy },
    { header: t('common.actions'), width: '8rem', importance: 1, cell: entry => <EntryActions entry={entry} /> },
  ]
}

/** Whether the certificate of an entry is valid, and still will be for a while. */
export function Validity({ entry: { ValidNotAfter, Validity: validity } }: { readonly entry: KeystoreEntry }) {
  const { t } = useTranslation()
  const expiry = expiryOf(dateOf(ValidNotAfter), new Date())
  if (expiry === 'expired') return <Tag design="Negative">{t('keystore.expired')}</Tag>
  if (expiry === 'expiring') return <Tag design="Critical">{t('keystore.expiring')}</Tag>
  if (validity === 'NOT_YET_VALID') return <Tag design="Critical">{t('keystore.notYetValid')}</Tag>
  return <Tag design="Positive">{t('keystore.valid')}</Tag>
}

function EntryActions({ entry: { Alias, Hexalias } }: { readonly entry: KeystoreEntry }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <>
      <DownloadButton path={`${entityPath('CertificateResources', Hexalias)}/$value`} of={Alias} />
      <ConfirmButton
        text={t('common.delete')}
        icon="delete"
        of={Alias}
        question={t('keystore.deleteQuestion', { name: Alias })}
        action={() => change('DELETE', entityPath('KeystoreEntries', Hexalias))}
        onDone={() => void queries.invalidateQueries()}
      />
    </>
  )
}
