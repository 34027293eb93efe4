import { Button } from '@ui5/webcomponents-react/Button'
import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { Label } from '@ui5/webcomponents-react/Label'
import { useTranslation } from 'react-i18next'
import { ChoiceField } from '../components/choice-field.tsx'
import { FieldNote } from '../components/field-note.tsx'
import { TextAreaField } from '../components/text-area-field.tsx'
import { TextField } from '../components/text-field.tsx'
import { TranslationsField } from '../components/translations-field.tsx'
import { type ClientDraft, isConfidential } from './client-draft.ts'
import type { ClientProblems } from './client-form.tsx'
import { AuthenticationFields } from './client-proof-fields.tsx'
import { ClientScopes } from './client-scopes.tsx'
import { randomSecret, randomUuid } from './generate.ts'
import { LifetimeField } from './lifetime-field.tsx'
import { useApplications } from './use-authorizations.tsx'

export interface ClientFieldsProps {
  readonly draft: ClientDraft
  readonly problems: ClientProblems
  readonly isNew: boolean
  readonly onChange: (changes: Partial<ClientDraft>) => void
}

const grants = ['client_credentials', 'authorization_code'] as const

/** Name, description, subscription and ID. */
export function IdentityFields(props: ClientFieldsProps) {
  const { draft, problems, isNew, onChange } = props
  const { t } = useTranslation()
  return (
    <>
      <TextField
        label={t('cockpit.clients.name')}
        value={draft.name}
        onChange={name => onChange({ name })}
        problem={problems.name}
        required
      />
      <TextAreaField
        label={t('cockpit.clients.description')}
        rows={2}
        value={draft.description}
        onChange={description => onChange({ description })}
        problem={problems.description}
      />
      <TranslationsField
        of={draft.name}
        fields={[
          { name: 'name', label: t('cockpit.clients.name') },
          { name: 'description', label: t('cockpit.clients.description') },
        ]}
        value={draft.translations}
        onChange={translations => onChange({ translations })}
        problem={problems.translations}
      />
      <SubscriptionField {...props} />
      <TextField
        label={t('cockpit.clients.id')}
        value={draft.id}
        onChange={id => onChange({ id })}
        problem={problems.id}
        readonly={!isNew}
        required={isNew}
        {...(isNew && { hint: t('cockpit.client.idHint') })}
      >
        {isNew && (
          <Button icon="synchronize" onClick={() => onChange({ id: randomUuid() })}>
            {t('cockpit.client.regenerate')}
          </Button>
        )}
      </TextField>
    </>
  )
}

function SubscriptionField({ draft, problems, onChange }: ClientFieldsProps) {
  const { t } = useTranslation()
  const { runtime, api } = useApplications()
  return (
    <ChoiceField
      label={t('cockpit.clients.subscription')}
      options={[
        ['', t('cockpit.client.chooseSubscription')],
        [runtime, t('cockpit.client.runtime', { application: runtime })],
        [api, t('cockpit.client.api', { application: api })],
      ]}
      value={draft.subscription}
      onChange={subscription => onChange({ subscription })}
      problem={problems.subscription}
      required
    />
  )
}

/** The grant, and what only the code grant has. */
export function GrantFields({ draft, problems, onChange }: ClientFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <ChoiceField
        label={t('cockpit.clients.grant')}
        options={grants.map(grant => [grant, t(`cockpit.client.grants.${grant}`)])}
        value={draft.grant}
        onChange={grant => onChange({ grant })}
        problem={problems.grant}
        required
      />
      {draft.grant === 'authorization_code' && (
        <>
          <TextField
            label={t('cockpit.client.redirectUri')}
            value={draft.redirectUri}
            onChange={redirectUri => onChange({ redirectUri })}
            problem={problems.redirectUri}
            required
          />
          <div>
            <CheckBox
              text={t('cockpit.client.skipConsent')}
              checked={draft.skipConsent}
              onChange={({ target }) => onChange({ skipConsent: target.checked })}
            />
            <FieldNote problem={problems.skipConsent} />
          </div>
          {draft.subscription !== '' && (
            <div>
              <Label>{t('cockpit.client.scopes')}</Label>
              <ClientScopes application={draft.subscription} />
            </div>
          )}
        </>
      )}
    </>
  )
}

/** Whether the client authenticates, and how. */
export function SecretField(props: ClientFieldsProps) {
  const { draft, problems, isNew, onChange } = props
  const { t } = useTranslation()
  const isForced = draft.grant === 'client_credentials'
  const hasSecret = isConfidential(draft) && draft.proofs.method === 'client_secret_basic'
  return (
    <>
      <div>
        <CheckBox
          text={t('cockpit.client.confidential')}
          checked={isConfidential(draft)}
          readonly={isForced}
          onChange={({ target }) => onChange({ confidential: target.checked })}
        />
        <FieldNote problem={problems.confidential} {...(isForced && { hint: t('cockpit.client.confidentialHint') })} />
      </div>
      <AuthenticationFields {...props} />
      {hasSecret && (
        <TextField
          label={t('cockpit.client.secret')}
          type="Password"
          value={draft.secret}
          onChange={secret => onChange({ secret })}
          problem={problems.secret}
          hint={t(isNew ? 'cockpit.client.secretNewHint' : 'cockpit.client.secretEditHint')}
        >
          <Button icon="synchronize" onClick={() => onChange({ secret: randomSecret() })}>
            {t('cockpit.client.generate')}
          </Button>
        </TextField>
      )}
    </>
  )
}

/** How long tokens of the client are valid. */
export function LifetimeFields({ draft, problems, onChange }: ClientFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <LifetimeField
        label={t('cockpit.client.lifetime')}
        hint={t('cockpit.client.lifetimeHint')}
        value={draft.lifetime}
        problem={problems.tokenLifetime}
        onChange={lifetime => onChange({ lifetime })}
      />
      {draft.grant === 'authorization_code' && (
        <LifetimeField
          label={t('cockpit.client.refreshLifetime')}
          hint={t('cockpit.client.refreshLifetimeHint')}
          value={draft.refreshLifetime}
          problem={problems.refreshTokenLifetime}
          onChange={refreshLifetime => onChange({ refreshLifetime })}
        />
      )}
    </>
  )
}
