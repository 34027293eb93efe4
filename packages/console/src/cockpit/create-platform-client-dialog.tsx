import { useMutation } from '@tanstack/react-query'
import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Client, createClient, platformScopes } from '../api/oauth.ts'
import { Copyable } from '../components/copyable.tsx'
import { FieldNote } from '../components/field-note.tsx'
import { TextField } from '../components/text-field.tsx'
import { useFocusReturn } from '../components/use-focus-return.ts'
import { useRefusal } from '../components/use-refusal.tsx'

export interface CreatePlatformClientDialogProps {
  readonly onCreated: () => void
  readonly onClose: () => void
}

/** Asks for description and scopes, then shows ID and secret once: only its button closes the dialog then. */
export function CreatePlatformClientDialog({ onCreated, onClose }: CreatePlatformClientDialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
  const [description, setDescription] = useState('')
  const [scopes, setScopes] = useState<readonly string[]>([])
  const [isMissing, setMissing] = useState(false)
  const creating = useMutation({
    mutationFn: () => createClient({ kind: 'platform', description, scopes: scopes.map(scope => `hcp.${scope}`) }),
    onSuccess: onCreated,
  })
  const refused = useRefusal(creating.error, {
    description: t('cockpit.clients.description'),
    scopes: t('cockpit.platform.scopes'),
  })
  const create = () => {
    setMissing(scopes.length === 0)
    if (scopes.length > 0) creating.mutate()
  }
  const created = creating.data
  return (
    <Dialog
      open
      headerText={t(created ? 'cockpit.platform.createdTitle' : 'cockpit.platform.create')}
      onBeforeClose={event => created && event.detail.escPressed && event.preventDefault()}
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              {!created && (
                <Button design="Emphasized" loading={creating.isPending} onClick={create}>
                  {t('common.create')}
                </Button>
              )}
              <Button design={created ? 'Emphasized' : 'Transparent'} onClick={onClose}>
                {t(created ? 'common.close' : 'common.cancel')}
              </Button>
            </>
          }
        />
      }
    >
      {created ? (
        <Credentials client={created} />
      ) : (
        <div className="form">
          {refused.general && (
            <MessageStrip design="Negative" hideCloseButton role="alert">
              {refused.general}
            </MessageStrip>
          )}
          <TextField
            label={t('cockpit.clients.description')}
            value={description}
            onChange={setDescription}
            problem={refused.fields.description}
          />
          <Scopes
            chosen={scopes}
            onChange={setScopes}
            problem={isMissing ? t('cockpit.platform.noScope') : refused.fields.scopes}
          />
        </div>
      )}
    </Dialog>
  )
}

interface ScopesProps {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly problem: string | undefined
}

function Scopes({ chosen, onChange, problem }: ScopesProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="choices">
      <legend>
        <Label required>{t('cockpit.platform.scopes')}</Label>
      </legend>
      {platformScopes.map(scope => (
        <CheckBox
          key={scope}
          text={`hcp.${scope} – ${t(`cockpit.platform.meanings.${scope}`)}`}
          checked={chosen.includes(scope)}
          valueState={problem === undefined ? 'None' : 'Negative'}
          onChange={({ target }) =>
            onChange(target.checked ? [...chosen, scope] : chosen.filter(other => other !== scope))
          }
        />
      ))}
      <FieldNote problem={problem} hint={t('cockpit.platform.scopesHint')} />
    </fieldset>
  )
}

function Credentials({ client: { id, secret = '' } }: { readonly client: Client }) {
  const { t } = useTranslation()
  return (
    <div className="form">
      <MessageStrip design="Critical" hideCloseButton role="status">
        {t('cockpit.platform.reveal')}
      </MessageStrip>
      {[[t('cockpit.platform.clientId'), id] as const, [t('cockpit.client.secret'), secret] as const].map(
        ([name, value]) => (
          <div key={name}>
            <Label>{name}</Label>
            <div className="field-line">
              <Copyable text={value} of={name} />
            </div>
          </div>
        ),
      )}
    </div>
  )
}
