import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { ComboBox } from '@ui5/webcomponents-react/ComboBox'
import { ComboBoxItem } from '@ui5/webcomponents-react/ComboBoxItem'
import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { type FlowEndpoint, listEndpoints } from '../api/service-endpoints.ts'
import { useErrorText } from '../components/error-state.tsx'
import { Section } from '../components/section.tsx'
import { TextField } from '../components/text-field.tsx'
import { updateTestSession, useTestSession } from './test-session.ts'

/** Which endpoint is called: one of a running flow, or any path below `/http`. */
export function EndpointSection() {
  const { t } = useTranslation()
  const { address, tail } = useTestSession()
  const { data, error, isPending } = useQuery({
    queryKey: ['ServiceEndpoints', 'EntryPoints'],
    queryFn: listEndpoints,
    refetchInterval: 10_000,
  })
  const problem = useErrorText(error)
  return (
    <Section title={t('tryOut.endpoint.title')}>
      {problem && (
        <MessageStrip design="Critical" hideCloseButton>{`${t('tryOut.endpoint.unread')} ${problem}`}</MessageStrip>
      )}
      {data?.length === 0 && <MessageStrip hideCloseButton>{t('tryOut.endpoint.none')}</MessageStrip>}
      <div className="try-out-pair">
        <div>
          <Label for="address" required>
            {t('tryOut.endpoint.address')}
          </Label>
          {isPending ? (
            <BusyIndicator active delay={300} text={t('common.loading')} />
          ) : (
            <ComboBox
              id="address"
              value={address}
              required
              filter="Contains"
              noTypeahead
              placeholder="/http/…"
              onInput={({ target }) => updateTestSession({ address: target.value })}
              onChange={({ target }) => updateTestSession({ address: target.value })}
            >
              {(data ?? []).map(({ url, title }) => (
                <ComboBoxItem key={url} text={addressOf(url)} additionalText={title} />
              ))}
            </ComboBox>
          )}
        </div>
        <TextField
          label={t('tryOut.endpoint.tail')}
          value={tail}
          placeholder="?name=value"
          onChange={value => updateTestSession({ tail: value })}
        />
      </div>
    </Section>
  )
}

/** The path alone: whatever the public name of the server is, it is called where the page came from. */
function addressOf(url: FlowEndpoint['url']): string {
  return URL.parse(url)?.pathname ?? url
}
