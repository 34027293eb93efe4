import '@ui5/webcomponents-icons/dist/refresh.js'
import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { readStart } from '../api/download.ts'
import { dateOf, entityPath, readEntity } from '../api/odata.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { durationText, Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { shownBytesMax, TextBlock } from '../components/text-content.tsx'
import { MessageAttachments } from './message-attachments.tsx'
import { type FullMessageLog, isUnderWay } from './message-log.ts'
import { MessageRuns } from './message-runs.tsx'
import { MessageStatus } from './message-status.tsx'
import { MessageStore } from './message-store.tsx'
import { NamesAndValues } from './names-and-values.tsx'
import { ResentMessages, resentFrom } from './resent-messages.tsx'
import { TraceButton } from './trace-button.tsx'

const refreshMs = 5_000
const parts = 'CustomHeaderProperties,AdapterAttributes,Attachments,Runs'

/** Everything that is known of one message. */
export function MessagePage() {
  const { t } = useTranslation()
  const { guid = '' } = useParams()
  const path = entityPath('MessageProcessingLogs', guid)
  const { data, error, refetch } = useQuery({
    queryKey: [path],
    queryFn: () => readEntity<FullMessageLog>(`${path}?$expand=${parts}`),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? refreshMs : false),
  })
  const name = data ? data.IntegrationArtifact.Name || data.IntegrationFlowName : guid
  return (
    <Page
      title={t('message.title', { name })}
      actions={
        <>
          {data && <TraceButton flow={data.IntegrationFlowName} />}
          <Button icon="refresh" onClick={() => void refetch()}>
            {t('common.refresh')}
          </Button>
        </>
      }
    >
      {data ? (
        <MessageDetails log={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      )}
    </Page>
  )
}

function MessageDetails({ log }: { readonly log: FullMessageLog }) {
  const { t } = useTranslation()
  const { AdapterAttributes, Attachments, CustomHeaderProperties, MessageGuid, Runs, Status } = log
  return (
    <>
      <Section title={t('message.log')}>
        <LogFacts log={log} />
      </Section>
      {/* What failed and was then handled by the flow has an error, too. */}
      <ErrorSection key={Status} guid={MessageGuid} />
      <MessageRuns guid={MessageGuid} flow={log.IntegrationFlowName} runs={Runs.results} />
      {CustomHeaderProperties.results.length > 0 && (
        <NamesAndValues
          title={t('message.customHeaders')}
          rows={CustomHeaderProperties.results.map(({ Name, Value }) => ({ name: Name, value: Value ?? '' }))}
        />
      )}
      {AdapterAttributes.results.length > 0 && (
        <NamesAndValues
          title={t('message.adapterAttributes')}
          rows={AdapterAttributes.results.map(({ AdapterId, AdapterMessageId, Name, Value }) => ({
            name: Name ?? '',
            value: Value ?? '',
            of: [AdapterId, AdapterMessageId].filter(Boolean).join(' '),
          }))}
        />
      )}
      {Attachments.results.length > 0 && <MessageAttachments attachments={Attachments.results} />}
      <ResentMessages guid={MessageGuid} />
      <MessageStore guid={MessageGuid} />
    </>
  )
}

function LogFacts({ log }: { readonly log: FullMessageLog }) {
  const { t, i18n } = useTranslation()
  const [start, end] = [dateOf(log.LogStart), dateOf(log.LogEnd)]
  const origin = log.CustomHeaderProperties.results.find(({ Name }) => Name === resentFrom)?.Value
  const copied = (name: string, id: string | null) =>
    id && (
      <span className="copied">
        <span className="code">{id}</span>
        <CopyButton text={id} of={name} />
      </span>
    )
  const copiedFact = (name: string, id: string | null) => [name, copied(name, id)] as const
  return (
    <Facts
      facts={[
        [t('messages.status'), <MessageStatus key="status" status={log.Status} />],
        [t('message.customStatus'), log.CustomStatus],
        [t('messages.flow'), log.IntegrationArtifact.Name || log.IntegrationFlowName],
        [t('message.package'), log.IntegrationArtifact.PackageName],
        [t('message.start'), <Moment key="start" date={start} />],
        [t('messages.end'), <Moment key="end" date={end} />],
        [t('messages.duration'), start && end && durationText(end.getTime() - start.getTime(), i18n.language)],
        [t('message.logLevel'), log.LogLevel],
        [t('message.sender'), log.Sender],
        [t('message.receiver'), log.Receiver],
        copiedFact(t('message.guid'), log.MessageGuid),
        copiedFact(t('message.correlationId'), log.CorrelationId),
        copiedFact(t('message.applicationId'), log.ApplicationMessageId),
        [t('message.applicationType'), log.ApplicationMessageType],
        ...(origin ? [[t('resend.origin'), <MessageId key="origin" guid={origin} />] as const] : []),
      ]}
    />
  )
}

function MessageId({ guid }: { readonly guid: string }) {
  return (
    <PageLink to={`/monitor/messages/${encodeURIComponent(guid)}`}>
      <span className="code">{guid}</span>
    </PageLink>
  )
}

function ErrorSection({ guid }: { readonly guid: string }) {
  const { t } = useTranslation()
  const path = entityPath('MessageProcessingLogErrorInformations', guid)
  const { data, error, refetch } = useQuery({
    queryKey: [path],
    queryFn: async () => ({
      information: await readEntity<{ LastErrorModelStepId: string | null }>(path),
      ...(await readStart(`${path}/$value`, shownBytesMax)),
    }),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data || data.text === '') return null
  const step = data.information.LastErrorModelStepId
  return (
    <Section title={t('message.error')} actions={<CopyButton text={data.text} of={t('message.error')} />}>
      {step && (
        <Facts
          facts={[
            [
              t('message.failedStep'),
              <span key="step" className="code">
                {step}
              </span>,
            ],
          ]}
        />
      )}
      <TextBlock text={data.text} label={t('message.error')} />
    </Section>
  )
}
