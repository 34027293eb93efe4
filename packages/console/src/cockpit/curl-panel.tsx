import { useQuery } from '@tanstack/react-query'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Client, readAuthorizationServer } from '../api/oauth.ts'
import { listPage } from '../api/odata.ts'
import { CopyableLines } from '../components/copyable.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Section } from '../components/section.tsx'
import { bindingOf } from './client-proofs.ts'
import { curlLines, needsCertificate } from './curl-lines.ts'
import { useApplications } from './use-authorizations.tsx'

interface ServiceEndpoint {
  readonly EntryPoints: { readonly results: readonly { readonly Url: string }[] }
}

/** Lines for a shell that get a token with the client and call a flow, or the API that the client is for. */
export function CurlPanel({ client, secret }: { readonly client: Client; readonly secret: string | undefined }) {
  const { t } = useTranslation()
  const { runtime } = useApplications()
  const server = useQuery({ queryKey: ['authorizationServer'], queryFn: readAuthorizationServer })
  const isForFlows = client.subscription === runtime
  const endpoints = useQuery({ queryKey: ['endpointUrls'], queryFn: listEndpointUrls, enabled: isForFlows })
  const [chosen, setChosen] = useState<string>()
  if (server.error) return <ErrorState error={server.error} onRetry={() => void server.refetch()} />
  if (!server.data || (isForFlows && endpoints.isPending)) return null
  const { issuer, token_endpoint: tokenUrl } = server.data
  const urls = endpoints.data ?? []
  const flowUrl = chosen ?? urls[0] ?? `${issuer}/http/<address>`
  const lines = curlLines({
    ...{ tokenUrl, client, secret },
    call: isForFlows
      ? { method: 'POST', url: flowUrl }
      : { method: 'GET', url: `${issuer}/api/v1/IntegrationRuntimeArtifacts?$format=json` },
  })
  return (
    <Section title={t('cockpit.client.curlTitle')}>
      {isForFlows && urls.length > 0 && (
        <div className="field-line">
          <Label for="endpoint">{t('cockpit.client.endpoint')}</Label>
          <Select id="endpoint" value={flowUrl} onChange={({ target }) => setChosen(target.value)}>
            {urls.map(url => (
              <Option key={url} value={url}>
                {url}
              </Option>
            ))}
          </Select>
        </div>
      )}
      {isForFlows && urls.length === 0 && <span className="field-hint">{t('cockpit.client.noEndpoint')}</span>}
      {placeholders(client, secret).map(name => (
        <span key={name} className="field-hint">
          {t(`cockpit.client.placeholders.${name}`)}
        </span>
      ))}
      <CopyableLines text={lines.token} of={t('cockpit.client.token')} />
      <CopyableLines text={lines.call} of={t('cockpit.client.call')} />
    </Section>
  )
}

/** What the lines leave to fill in. */
function placeholders(client: Client, secret: string | undefined) {
  const method = client.tokenEndpointAuthMethod
  return [
    method === 'client_secret_basic' && secret === undefined && ('secret' as const),
    method === 'private_key_jwt' && ('assertion' as const),
    needsCertificate(client) && ('certificate' as const),
    bindingOf(client) === 'dpop' && ('proof' as const),
  ].filter(name => name !== false)
}

async function listEndpointUrls(): Promise<readonly string[]> {
  const { rows } = await listPage<ServiceEndpoint>('ServiceEndpoints', { expand: ['EntryPoints'] })
  return rows.flatMap(({ EntryPoints }) => EntryPoints.results.map(({ Url }) => Url))
}
