import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FormDialog, type FormValues } from '../components/form-dialog.tsx'
import type { Field } from '../components/form-field.tsx'
import { importKeyPair, importKeystore, importSshKey } from './keystore-import.ts'

/** What can be imported with its private key. */
export type PrivateImport = 'keyPair' | 'sshKey' | 'keystoreFile'

const imports = { keyPair: importKeyPair, sshKey: importSshKey, keystoreFile: importKeystore } as const

export interface KeystoreImportDialogProps {
  readonly what: PrivateImport
  readonly onClose: () => void
}

/** Imports a key pair, a key for SSH, or all that a keystore has. */
export function KeystoreImportDialog({ what, onClose }: KeystoreImportDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <FormDialog
      title={t(`keystore.imports.${what}`)}
      submit={t('keystore.importButton')}
      fields={useFields(what)}
      initial={{ alias: '', file: '', password: '', replace: 'false', name: '', option: 'merge' }}
      onSubmit={async (values: FormValues) => {
        await imports[what](values)
        await queries.invalidateQueries()
      }}
      onClose={onClose}
    />
  )
}

function useFields(what: PrivateImport): readonly Field[] {
  const { t } = useTranslation()
  const alias: Field = { name: 'alias', label: t('keystore.alias'), required: true }
  const file: Field = {
    name: 'file',
    label: t('keystore.file'),
    kind: 'file',
    required: true,
    hint: t(`keystore.fileHints.${what}`),
  }
  const password: Field = { name: 'password', label: t('security.password'), kind: 'password' }
  if (what === 'keyPair')
    return [alias, file, password, { name: 'replace', label: t('keystore.replace'), kind: 'check' }]
  if (what === 'sshKey') {
    return [alias, file, password, { name: 'name', label: t('keystore.commonName'), required: true }]
  }
  const option: Field = {
    name: 'option',
    label: t('keystore.option'),
    kind: 'select',
    options: (['merge', 'overwrite', 'replace'] as const).map(
      value => [value, t(`keystore.options.${value}`)] as const,
    ),
  }
  return [file, password, option]
}
