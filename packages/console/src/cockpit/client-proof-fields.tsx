import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { useTranslation } from 'react-i18next'
import { ChoiceField } from '../components/choice-field.tsx'
import { FieldNote } from '../components/field-note.tsx'
import { TextAreaField } from '../components/text-area-field.tsx'
import { TextField } from '../components/text-field.tsx'
import { isConfidential } from './client-draft.ts'
import type { ClientFieldsProps } from './client-fields.tsx'
import { authMethods, certificateNames, type ProofDraft, tokenBindings } from './client-proofs.ts'

/** How a confidential client authenticates, and what it does so with, unless that is a secret. */
export function AuthenticationFields({ draft, problems, onChange }: ClientFieldsProps) {
  const { t } = useTranslation()
  const { proofs } = draft
  const change = (changes: Partial<ProofDraft>) => onChange({ proofs: { ...proofs, ...changes } })
  if (!isConfidential(draft)) return null
  return (
    <>
      <ChoiceField
        label={t('cockpit.client.proofs.method')}
        options={authMethods.map(method => [method, t(`cockpit.client.proofs.methods.${method}`)])}
        value={proofs.method}
        onChange={method => change({ method })}
        problem={problems.tokenEndpointAuthMethod}
      />
      {proofs.method === 'private_key_jwt' && (
        <TextAreaField
          isCode
          required
          rows={6}
          label={t('cockpit.client.proofs.keys')}
          hint={t('cockpit.client.proofs.keysHint')}
          value={proofs.keys}
          onChange={keys => change({ keys })}
          problem={problems.jwks}
        />
      )}
      {proofs.method === 'self_signed_tls_client_auth' && (
        <TextAreaField
          isCode
          required
          rows={6}
          label={t('cockpit.client.proofs.certificate')}
          hint={t('cockpit.client.proofs.certificateHint')}
          value={proofs.certificate}
          onChange={certificate => change({ certificate })}
          problem={problems.certificate}
        />
      )}
      {proofs.method === 'tls_client_auth' && (
        <>
          <ChoiceField
            label={t('cockpit.client.proofs.nameKind')}
            options={certificateNames.map(kind => [kind, t(`cockpit.client.proofs.nameKinds.${kind}`)])}
            value={proofs.nameKind}
            onChange={nameKind => change({ nameKind })}
          />
          <TextField
            label={t('cockpit.client.proofs.name')}
            value={proofs.name}
            onChange={name => change({ name })}
            problem={problems[proofs.nameKind] ?? problems.tlsClientAuthSubjectDn}
            hint={t('cockpit.client.proofs.nameHint')}
            required
          />
        </>
      )}
    </>
  )
}

/** What tokens are bound to, and whether requests have to be pushed. */
export function BindingFields({ draft, problems, onChange }: ClientFieldsProps) {
  const { t } = useTranslation()
  const { proofs } = draft
  const change = (changes: Partial<ProofDraft>) => onChange({ proofs: { ...proofs, ...changes } })
  return (
    <>
      <ChoiceField
        label={t('cockpit.client.proofs.binding')}
        options={tokenBindings.map(binding => [binding, t(`cockpit.client.proofs.bindings.${binding}`)])}
        value={proofs.binding}
        onChange={binding => change({ binding })}
        problem={problems.dpopBoundAccessTokens ?? problems.tlsClientCertificateBoundAccessTokens}
        hint={t('cockpit.client.proofs.bindingHint')}
      />
      {draft.grant === 'authorization_code' && (
        <div>
          <CheckBox
            text={t('cockpit.client.proofs.requirePushed')}
            checked={proofs.requirePushed}
            onChange={({ target }) => change({ requirePushed: target.checked })}
          />
          <FieldNote problem={problems.requirePushedAuthorizationRequests} />
        </div>
      )}
    </>
  )
}
