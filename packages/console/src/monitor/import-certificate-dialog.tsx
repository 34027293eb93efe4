import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, call } from '../api/http.ts'
import { entityPath, root } from '../api/odata.ts'
import { FormDialog } from '../components/form-dialog.tsx'
import { hexaliasOf } from './keystore-entry.ts'

/**
 * Imports a trusted certificate. The server first says which one it is and asks whether its fingerprint is the right one; sent
 * once more, it is imported.
 */
export function ImportCertificateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [question, setQuestion] = useState<{ readonly certificate: string; readonly text: string }>()
  return (
    <FormDialog
      title={t('keystore.import')}
      submit={question === undefined ? t('keystore.check') : t('keystore.confirm')}
      note={question && `${t('keystore.verify')} ${question.text}`}
      fields={[
        { name: 'alias', label: t('keystore.alias'), required: true },
        { name: 'certificate', label: t('keystore.file'), kind: 'file', required: true, hint: t('keystore.fileHint') },
      ]}
      initial={{ alias: '', certificate: '' }}
      onSubmit={async ({ alias = '', certificate = '' }) => {
        const text = await importCertificate(alias, certificate, question?.certificate === certificate)
        if (text !== undefined) {
          setQuestion({ certificate, text })
          return false
        }
        return queries.invalidateQueries()
      }}
      onClose={onClose}
    />
  )
}

/**
 * Imports a certificate (PEM or its base64) that was verified. Of another one, resolves with its fingerprint and subject as the
 * server says them.
 */
async function importCertificate(alias: string, certificate: string, isVerified: boolean): Promise<string | undefined> {
  const path = `${root}${entityPath('CertificateResources', hexaliasOf(alias))}/$value`
  const options = isVerified ? '?fingerprintVerified=true' : ''
  try {
    await call('PUT', `${path}${options}`, { body: certificate, headers: { 'content-type': 'application/pkix-cert' } })
    return undefined
  } catch (error) {
    const [, fingerprint, subject] =
      error instanceof ApiError ? (/SHA-256 fingerprint (\S+) of "(.*)" with/.exec(error.message) ?? []) : []
    if (fingerprint === undefined) throw error
    return `${fingerprint} (${subject})`
  }
}
