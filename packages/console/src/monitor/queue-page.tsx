import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { callFunction, entityPath, readEntity } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { bytesText } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { Section } from '../components/section.tsx'
import { MoveButton } from './move-button.tsx'
import { QueueMessages } from './queue-messages.tsx'
import { type Queue, QueueState, switchQueue } from './queues-page.tsx'

const refreshMs = 5_000

/** One message queue with its messages. */
export function QueuePage() {
  const { t } = useTranslation()
  const { name = '' } = useParams()
  const path = entityPath('Queues', name)
  const { data, error, refetch } = useQuery({
    queryKey: [path],
    queryFn: () => readEntity<Queue>(path),
    refetchInterval: refreshMs,
  })
  return (
    <Page title={name} actions={data && <QueueActions queue={data} />}>
      {data ? (
        <QueueDetails queue={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      )}
    </Page>
  )
}

function QueueActions({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { Name, Active, NumbOfMsgs } = queue
  const isStopped = Active === '0'
  const onDone = () => void queries.invalidateQueries()
  return (
    <>
      <ConfirmButton
        text={isStopped ? t('queues.start') : t('queues.stop')}
        of={Name}
        question={isStopped ? t('queues.startQuestion', { name: Name }) : t('queues.stopQuestion', { name: Name })}
        action={() => switchQueue(queue)}
        onDone={onDone}
        isHarmless={isStopped}
      />
      <ConfirmButton
        text={t('queues.retryAll')}
        of={Name}
        question={t('queues.retryAllQuestion', { name: Name, entries: NumbOfMsgs })}
        action={() => callFunction('RetryJmsMessages', { Queue: Name })}
        onDone={onDone}
        isHarmless
      />
      <MoveButton queue={Name} />
    </>
  )
}

function QueueDetails({ queue }: { readonly queue: Queue }) {
  const { t, i18n } = useTranslation()
  return (
    <>
      <Section title={t('queues.details')}>
        <Facts
          facts={[
            [t('messages.status'), <QueueState key="state" queue={queue} />],
            [t('queues.entries'), queue.NumbOfMsgs],
            [t('queues.size'), bytesText(Number(queue.Size), i18n.language)],
            [t('queues.fillGrade'), `${queue.FillGrade} %`],
          ]}
        />
      </Section>
      <QueueMessages queue={queue.Name} />
    </>
  )
}
