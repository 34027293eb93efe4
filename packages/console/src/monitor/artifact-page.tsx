import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { change, dateOf, entityPath, literal, readEntity } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows, usePaged } from '../components/use-paged.ts'
import { ArtifactType } from './artifacts-page.tsx'
import { type DeployedArtifact, deployAgain } from './deployed-artifact.ts'
import { DeploymentError } from './deployment-error.tsx'
import { LogLevelField } from './log-level-field.tsx'
import { MessageStatus } from './message-status.tsx'

const refreshMs = 5_000

/** One deployed artifact: how it is, where it can be called, and what can be done with it. */
export function ArtifactPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const path = entityPath('IntegrationRuntimeArtifacts', id)
  const { data, error, refetch } = useQuery({
    queryKey: [path],
    queryFn: () => readEntity<DeployedArtifact>(path),
    refetchInterval: refreshMs,
  })
  return (
    <Page title={data?.Name ?? id} actions={data && <ArtifactActions artifact={data} />}>
      {data ? (
        <ArtifactDetails artifact={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      )}
    </Page>
  )
}

function ArtifactActions({ artifact }: { readonly artifact: DeployedArtifact }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { Id, Name } = artifact
  return (
    <>
      <ConfirmButton
        text={t('artifacts.restart')}
        of={Name}
        question={t('artifacts.restartQuestion', { name: Name })}
        action={() => deployAgain(artifact)}
        onDone={() => void queries.invalidateQueries()}
        isHarmless
      />
      <ConfirmButton
        text={t('artifacts.undeploy')}
        of={Name}
        question={t('artifacts.undeployQuestion', { name: Name })}
        action={() => change('DELETE', entityPath('IntegrationRuntimeArtifacts', Id))}
        onDone={() => {
          void queries.invalidateQueries()
          void navigate('/monitor/artifacts')
        }}
      />
    </>
  )
}

function ArtifactDetails({ artifact }: { readonly artifact: DeployedArtifact }) {
  const { t } = useTranslation()
  const { Id, Type, Version, Status, DeployedBy, DeployedOn } = artifact
  const isFlow = Type === 'INTEGRATION_FLOW'
  return (
    <>
      <Section title={t('artifacts.details')}>
        <Facts
          facts={[
            [t('messages.status'), <MessageStatus key="status" status={Status} />],
            [
              t('artifacts.id'),
              <span key="id" className="code">
                {Id}
              </span>,
            ],
            [t('artifacts.type'), <ArtifactType key="type" type={Type} />],
            [t('artifacts.version'), Version],
            [t('artifacts.deployedBy'), DeployedBy],
            [t('artifacts.deployedOn'), <Moment key="on" date={dateOf(DeployedOn)} />],
          ]}
        />
        {isFlow && (
          <PageLink to={`/monitor/messages?period=day&flow=${encodeURIComponent(Id)}`}>
            {t('artifacts.messages')}
          </PageLink>
        )}
      </Section>
      <DeploymentError key={`${Status}${DeployedOn}`} id={Id} />
      {isFlow && <Endpoints id={Id} />}
      {isFlow && <LogLevelField flow={Id} />}
    </>
  )
}

interface Endpoint {
  readonly Id: string
  readonly Protocol: string | null
  readonly EntryPoints: { readonly results: readonly { readonly Url: string }[] }
}

function Endpoints({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const query = { filter: `Name eq ${literal(id)}`, expand: ['EntryPoints'] }
  const endpoints = usePaged<Endpoint>('ServiceEndpoints', query, refreshMs)
  const rows = endpoints.rows.flatMap(({ Protocol, EntryPoints }) =>
    EntryPoints.results.map(({ Url }) => ({ url: Url, protocol: Protocol })),
  )
  return (
    <Section title={t('artifacts.endpoints')}>
      <EntityTable
        label={t('artifacts.endpoints')}
        columns={[
          { header: t('artifacts.protocol'), width: '8rem', cell: ({ protocol }) => protocol },
          {
            header: t('artifacts.url'),
            cell: ({ url }) => (
              <span className="copied">
                <span className="code">{url}</span>
                <CopyButton text={url} of={url} />
              </span>
            ),
          },
        ]}
        keyOf={({ url }) => url}
        rows={{
          ...loadedRows(rows),
          isLoading: endpoints.isLoading,
          error: endpoints.error,
          refetch: endpoints.refetch,
        }}
        empty={t('artifacts.noEndpoints')}
      />
    </Section>
  )
}
