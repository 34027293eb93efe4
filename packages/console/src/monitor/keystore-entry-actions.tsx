import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { entityPath } from '../api/odata.ts'
import { DownloadButton } from '../components/download-button.tsx'
import { Facts } from '../components/facts.tsx'
import { FormDialog } from '../components/form-dialog.tsx'
import { Section } from '../components/section.tsx'
import type { KeystoreEntry } from './keystore-entry.ts'
import { importSigningResponse } from './keystore-import.ts'

/** What can be downloaded of an entry: its public parts. */
export function EntryDownloads({ entry: { Alias, Hexalias, Type } }: { readonly entry: KeystoreEntry }) {
  const { t } = useTranslation()
  const form = (name: string, set: string, options = '') => {
    const path = `${entityPath(set, Hexalias)}/$value${options}`
    return [name, <DownloadButton key={name} path={path} of={`${Alias}: ${name}`} />] as const
  }
  const certificate = form(t('keystore.forms.certificate'), 'CertificateResources')
  const ofKeyPair = [
    form(t('keystore.forms.chain'), 'CertificateChainResources'),
    form(t('keystore.forms.root'), 'CertificateResources', '?rootCA=true'),
    form(t('keystore.forms.ssh'), 'SSHKeyResources'),
    form(t('keystore.forms.request'), 'CertificateSigningRequests'),
  ]
  return (
    <Section title={t('keystore.downloads')}>
      <Facts facts={[certificate, ...(Type === 'Key Pair' ? ofKeyPair : [])]} />
    </Section>
  )
}

/** Puts the reply of an authority to the signing request of a key pair. */
export function SigningResponseButton({ entry: { Alias, Hexalias } }: { readonly entry: KeystoreEntry }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('keystore.certify')}</Button>
      {isOpen && (
        <FormDialog
          title={t('keystore.certifyTitle', { name: Alias })}
          submit={t('keystore.importButton')}
          note={t('keystore.certifyNote')}
          fields={[
            { name: 'file', label: t('keystore.file'), kind: 'file', required: true, hint: t('keystore.certifyHint') },
          ]}
          initial={{ file: '' }}
          onSubmit={async values => {
            await importSigningResponse(Hexalias, values)
            await queries.invalidateQueries()
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
