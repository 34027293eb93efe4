import { useMutation, useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { ComboBox } from '@ui5/webcomponents-react/ComboBox'
import { ComboBoxItem } from '@ui5/webcomponents-react/ComboBoxItem'
import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { requestToken } from '../api/message-endpoint.ts'
import { type Client, listClients } from '../api/oauth.ts'
import { useSession } from '../app/session-gate.tsx'
import { clientsKey } from '../cockpit/client-paths.ts'
import { bindingOf } from '../cockpit/client-proofs.ts'
import { useErrorText } from '../components/error-state.tsx'
import { Section } from '../components/section.tsx'
import { TextField } from '../components/text-field.tsx'
import { type TestSession, updateTestSession, useTestSession } from './test-session.ts'
import { TokenFacts } from './token-facts.tsx'

/** Fetches the token that requests are sent with. */
export function TokenSection() {
  const { t } = useTranslation()
  const { clientId, secret, format, token } = useTestSession()
  const [isMissing, setMissing] = useState(false)
  const fetching = useMutation({
    mutationFn: () => requestToken(clientId.trim(), secret, format),
    onMutate: () => updateTestSession({ token: undefined }),
    onSuccess: issued => updateTestSession({ token: issued }),
  })
  const refusal = useErrorText(fetching.error)
  const problem = isMissing ? t('tryOut.token.missing') : refusal
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isComplete = clientId.trim() !== '' && secret !== ''
    setMissing(!isComplete)
    if (isComplete) fetching.mutate()
  }
  return (
    <Section title={t('tryOut.token.title')}>
      <form className="try-out-form" onSubmit={submit} noValidate>
        {problem && (
          <MessageStrip design="Negative" hideCloseButton role="alert">
            {problem}
          </MessageStrip>
        )}
        <div className="try-out-pair">
          <ClientField clientId={clientId} />
          <TextField
            label={t('tryOut.token.secret')}
            type="Password"
            required
            value={secret}
            onChange={value => updateTestSession({ secret: value })}
          />
        </div>
        <div className="try-out-fields">
          <FormatField format={format} />
          <Button type="Submit" design="Emphasized" loading={fetching.isPending}>
            {t('tryOut.token.get')}
          </Button>
        </div>
      </form>
      {token && <TokenFacts token={token} />}
    </Section>
  )
}

/** A client of the runtime; where the list may not be read, its ID is typed. */
function ClientField({ clientId }: { readonly clientId: string }) {
  const { t } = useTranslation()
  const { subaccount } = useSession()
  const { data, isPending } = useQuery({
    queryKey: [...clientsKey, 'runtime'],
    queryFn: () => listClients('application'),
  })
  const clients = (data ?? []).filter(
    client =>
      client.subscription === `${subaccount}iflmap` && client.grant === 'client_credentials' && hasOnlySecret(client),
  )
  return (
    <div>
      <Label for="client" required>
        {t('tryOut.token.client')}
      </Label>
      {isPending ? (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      ) : (
        <ComboBox
          id="client"
          value={clientId}
          required
          filter="Contains"
          noTypeahead
          onInput={({ target }) => updateTestSession({ clientId: target.value })}
          onChange={({ target }) => updateTestSession({ clientId: target.value })}
        >
          {clients.map(({ id, name }) => (
            <ComboBoxItem key={id} text={id} additionalText={name} />
          ))}
        </ComboBox>
      )}
    </div>
  )
}

/** Whether ID and secret are all that it shows: what else there is, a browser cannot show for it. */
function hasOnlySecret(client: Client): boolean {
  return client.tokenEndpointAuthMethod === 'client_secret_basic' && bindingOf(client) === 'none'
}

function FormatField({ format }: Pick<TestSession, 'format'>) {
  const { t } = useTranslation()
  return (
    <div>
      <Label for="format">{t('tryOut.token.format')}</Label>
      <Select
        id="format"
        value={format}
        onChange={({ target }) => updateTestSession({ format: (target.value ?? '') as TestSession['format'] })}
      >
        <Option value="">{t('tryOut.token.opaque')}</Option>
        <Option value="jwt">JWT (jwt)</Option>
        <Option value="jwtrfc">JWT (jwtrfc)</Option>
      </Select>
    </div>
  )
}
