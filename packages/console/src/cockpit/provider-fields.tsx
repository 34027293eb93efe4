import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { FileUploader } from '@ui5/webcomponents-react/FileUploader'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readSamlMetadata } from '../api/identity-providers.ts'
import { TextAreaField } from '../components/text-area-field.tsx'
import { TextField } from '../components/text-field.tsx'
import { useRefusal } from '../components/use-refusal.tsx'
import type { ProviderDraft } from './provider-draft.ts'
import type { ProviderProblems } from './provider-labels.ts'

export interface ProviderFieldsProps {
  readonly draft: ProviderDraft
  readonly problems: ProviderProblems
  readonly isNew: boolean
  readonly onChange: (changes: Partial<ProviderDraft>) => void
}

/** What the provider is called. */
export function NameFields({ draft, problems, isNew, onChange }: ProviderFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('cockpit.providers.name')}
        value={draft.name}
        onChange={name => onChange({ name })}
        problem={problems.name}
        readonly={!isNew}
        required={isNew}
        {...(isNew && { hint: t('cockpit.providers.nameHint') })}
      />
      <TextField
        label={t('cockpit.providers.description')}
        value={draft.description}
        onChange={description => onChange({ description })}
        problem={problems.description}
      />
    </>
  )
}

/** What a SAML provider is recognised by, typed or from its metadata. */
export function SamlFields(props: ProviderFieldsProps) {
  const { draft, problems, onChange } = props
  const { t } = useTranslation()
  return (
    <>
      <MetadataField {...props} />
      <TextField
        label={t('cockpit.providers.issuer')}
        value={draft.issuer}
        onChange={issuer => onChange({ issuer })}
        problem={problems.issuer}
        required
      />
      <TextAreaField
        label={t('cockpit.providers.certificates')}
        rows={6}
        isCode
        value={draft.certificates}
        onChange={certificates => onChange({ certificates })}
        problem={problems.certificates}
        hint={t('cockpit.providers.certificatesHint')}
        required
      />
      <TextField
        label={t('cockpit.providers.userIdAttribute')}
        value={draft.userIdAttribute}
        onChange={userIdAttribute => onChange({ userIdAttribute })}
        problem={problems.userIdAttribute}
        hint={t('cockpit.providers.userIdAttributeHint')}
      />
      <AffixFields {...props} />
    </>
  )
}

/** A file or a text that fills in issuer and certificates. */
function MetadataField({ draft, onChange }: ProviderFieldsProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const reading = useMutation({
    mutationFn: readSamlMetadata,
    onSuccess: ({ issuer, certificates }) => {
      onChange({ issuer, certificates: certificates.join(''), ...(draft.name === '' && { name: issuer }) })
      setText('')
    },
  })
  const label = t('cockpit.providers.metadata')
  const { fields, general } = useRefusal(reading.error, { metadata: label })
  return (
    <TextAreaField
      label={label}
      rows={2}
      isCode
      value={text}
      onChange={setText}
      problem={fields.metadata ?? general}
      hint={t('cockpit.providers.metadataHint')}
    >
      <Button loading={reading.isPending} disabled={text.trim() === ''} onClick={() => reading.mutate(text)}>
        {t('cockpit.providers.applyMetadata')}
      </Button>
      <FileUploader
        hideInput
        accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
        accessibleName={t('cockpit.providers.chooseMetadata')}
        onChange={({ detail: { files } }) => void files?.[0]?.text().then(content => reading.mutate(content))}
      >
        <Button>{t('cockpit.providers.chooseMetadata')}</Button>
      </FileUploader>
    </TextAreaField>
  )
}

/** What an OpenID provider is found by, and what it knows this server as. */
export function OidcFields(props: ProviderFieldsProps) {
  const { draft, problems, isNew, onChange } = props
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('cockpit.providers.issuer')}
        value={draft.issuer}
        onChange={issuer => onChange({ issuer })}
        problem={problems.issuer}
        hint={t('cockpit.providers.oidcIssuerHint')}
        required
      />
      <TextField
        label={t('cockpit.providers.clientId')}
        value={draft.clientId}
        onChange={clientId => onChange({ clientId })}
        problem={problems.clientId}
        required
      />
      <TextField
        label={t('cockpit.providers.clientSecret')}
        type="Password"
        value={draft.clientSecret}
        onChange={clientSecret => onChange({ clientSecret })}
        problem={problems.clientSecret}
        hint={t(isNew ? 'cockpit.providers.clientSecretNewHint' : 'cockpit.providers.clientSecretEditHint')}
      />
      <TextField
        label={t('cockpit.providers.scopes')}
        value={draft.scopes}
        onChange={scopes => onChange({ scopes })}
        problem={problems.scopes}
        hint={t('cockpit.providers.scopesHint')}
      />
      <TextField
        label={t('cockpit.providers.userNameClaim')}
        value={draft.userNameClaim}
        onChange={userNameClaim => onChange({ userNameClaim })}
        problem={problems.userNameClaim}
        required
      />
      <AffixFields {...props} />
    </>
  )
}

function AffixFields({ draft, problems, onChange }: ProviderFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('cockpit.providers.userIdPrefix')}
        value={draft.userIdPrefix}
        onChange={userIdPrefix => onChange({ userIdPrefix })}
        problem={problems.userIdPrefix}
        hint={t('cockpit.providers.affixHint')}
      />
      <TextField
        label={t('cockpit.providers.userIdSuffix')}
        value={draft.userIdSuffix}
        onChange={userIdSuffix => onChange({ userIdSuffix })}
        problem={problems.userIdSuffix}
      />
    </>
  )
}
