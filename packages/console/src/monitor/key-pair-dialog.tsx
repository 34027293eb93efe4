import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { createEntity } from '../api/odata.ts'
import { FormDialog, type FormValues } from '../components/form-dialog.tsx'
import { hexaliasOf } from './keystore-entry.ts'

const same = (text: string) => [text, text] as const
const keySizes = ['2048', '3072', '4096', '8192'].map(same)
const curves = ['secp256r1', 'secp384r1', 'secp521r1'].map(same)

const initial = {
  Alias: '',
  KeyType: 'RSA',
  KeySize: '4096',
  KeyAlgorithmParameter: 'secp256r1',
  CommonName: '',
  OrganizationUnit: '',
  Organization: '',
  Locality: '',
  State: '',
  Country: '',
  Email: '',
}

/** Generates a key pair with a certificate that it signs itself. */
export function KeyPairDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <FormDialog
      title={t('keystore.generate')}
      submit={t('common.create')}
      fields={[
        { name: 'Alias', label: t('keystore.alias'), required: true },
        { name: 'KeyType', label: t('keystore.keyType'), kind: 'select', options: ['RSA', 'EC'].map(same) },
        {
          name: 'KeySize',
          label: t('keystore.keySize'),
          kind: 'select',
          options: keySizes,
          when: ({ KeyType }) => KeyType === 'RSA',
        },
        {
          name: 'KeyAlgorithmParameter',
          label: t('keystore.curve'),
          kind: 'select',
          options: curves,
          when: ({ KeyType }) => KeyType === 'EC',
        },
        { name: 'CommonName', label: t('keystore.commonName'), required: true },
        { name: 'OrganizationUnit', label: t('keystore.organizationUnit') },
        { name: 'Organization', label: t('keystore.organization') },
        { name: 'Locality', label: t('keystore.locality') },
        { name: 'State', label: t('keystore.state') },
        { name: 'Country', label: t('keystore.country'), hint: t('keystore.countryHint') },
        { name: 'Email', label: t('keystore.email') },
      ]}
      initial={initial}
      onSubmit={async values => {
        await createEntity('KeyPairGenerationRequests', requestOf(values))
        await queries.invalidateQueries()
      }}
      onClose={onClose}
    />
  )
}

function requestOf({ KeySize, KeyAlgorithmParameter, ...values }: FormValues) {
  const key = values.KeyType === 'EC' ? { KeyAlgorithmParameter } : { KeySize: Number(KeySize) }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
  return { Hexalias: hexaliasOf(values.Alias ?? ''), ...given, ...key }
}
