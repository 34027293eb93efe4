import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { TextArea } from '@ui5/webcomponents-react/TextArea'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldNote, TextField } from '../components/text-field.tsx'
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
      <Choice
        label={t('cockpit.client.proofs.method')}
        options={authMethods.map(method => [method, t(`cockpit.client.proofs.methods.${method}`)])}
        value={proofs.method}
        onChange={method => change({ method })}
        problem={problems.tokenEndpointAuthMethod}
      />
      {proofs.method === 'private_key_jwt' && (
        <PemField
          label={t('cockpit.client.proofs.keys')}
          hint={t('cockpit.client.proofs.keysHint')}
          value={proofs.keys}
          onChange={keys => change({ keys })}
          problem={problems.jwks}
        />
      )}
      {proofs.method === 'self_signed_tls_client_auth' && (
        <PemField
          label={t('cockpit.client.proofs.certificate')}
          hint={t('cockpit.client.proofs.certificateHint')}
          value={proofs.certificate}
          onChange={certificate => change({ certificate })}
          problem={problems.certificate}
        />
      )}
      {proofs.method === 'tls_client_auth' && (
        <>
          <Choice
            label={t('cockpit.client.proofs.nameKind')}
            options={certificateNames.map(kind => [kind, t(`cockpit.client.proofs.nameKinds.${kind}`)])}
            value={proofs.nameKind}
            onChange={nameKind => change({ nameKind })}
            problem={undefined}
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
      <Choice
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

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: readonly (readonly [value: Value, text: string])[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly problem: string | undefined
  readonly hint?: string
}

function Choice<Value extends string>({ label, options, value, onChange, problem, hint }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <div>
      <Label for={id}>{label}</Label>
      <Select
        id={id}
        value={value}
        valueState={problem === undefined ? 'None' : 'Negative'}
        valueStateMessage={<span>{problem}</span>}
        onChange={({ target }) => onChange(options.find(([known]) => known === target.value)?.[0] ?? value)}
      >
        {options.map(([known, text]) => (
          <Option key={known} value={known}>
            {text}
          </Option>
        ))}
      </Select>
      <FieldNote problem={problem} hint={hint} />
    </div>
  )
}

interface PemFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem: string | undefined
}

function PemField({ label, hint, value, onChange, problem }: PemFieldProps) {
  const id = useId()
  return (
    <div>
      <Label for={id} required>
        {label}
      </Label>
      <TextArea
        id={id}
        rows={6}
        value={value}
        onInput={({ target }) => onChange(target.value)}
        valueState={problem === undefined ? 'None' : 'Negative'}
        valueStateMessage={<span>{problem}</span>}
      />
      <FieldNote problem={problem} hint={hint} />
    </div>
  )
}
