import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { callFunction, change, entityPath } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { bytesText } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'

/** A message queue. Numbers are texts, as 64-bit numbers are in JSON. */
export interface Queue {
  readonly Name: string
  readonly NumbOfMsgs: string
  /** Bytes. */
  readonly Size: string
  /** `0` OK, `1` nearly full, `2` full. */
  readonly State: string
  /** Percent. */
  readonly FillGrade: string
  /** `0` when it is stopped. */
  readonly Active: string
}

const refreshMs = 5_000

/** Message queues, with what can be done with each. */
export function QueuesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const rows = usePaged<Queue>('Queues', { orderBy: 'Name' }, refreshMs)
  return (
    <Page
      title={t('queues.title')}
      actions={
        <Button icon="refresh" onClick={rows.refetch}>
          {t('common.refresh')}
        </Button>
      }
    >
      <EntityTable
        label={t('queues.title')}
        columns={useColumns()}
        keyOf={({ Name }) => Name}
        rows={rows}
        empty={t('queues.empty')}
        onOpen={({ Name }) => void navigate(`/monitor/queues/${encodeURIComponent(Name)}`)}
      />
    </Page>
  )
}

function useColumns(): readonly Column<Queue>[] {
  const { t, i18n } = useTranslation()
  return [
    { header: t('queues.name'), cell: ({ Name }) => Name },
    { header: t('queues.entries'), width: '8rem', align: 'End', cell: ({ NumbOfMsgs }) => NumbOfMsgs },
    {
      header: t('queues.size'),
      width: '8rem',
      align: 'End',
      importance: -1,
      cell: ({ Size }) => bytesText(Number(Size), i18n.language),
    },
    {
      header: t('queues.fillGrade'),
      width: '7rem',
      align: 'End',
      importance: -2,
      cell: ({ FillGrade }) => `${FillGrade} %`,
    },
    { header: t('messages.status'), width: '9rem', cell: queue => <QueueState queue={queue} /> },
    { header: t('common.actions'), width: '6rem', importance: 1, cell: queue => <DeleteQueueButton queue={queue} /> },
  ]
}

/** Whether a queue is started, and how full it is. */
export function QueueState({ queue: { Active, State } }: { readonly queue: Queue }) {
  const { t } = useTranslation()
  if (Active === '0') return <Tag design="Critical">{t('queues.stopped')}</Tag>
  if (State === '0') return <Tag design="Positive">{t('queues.started')}</Tag>
  return (
    <Tag design={State === '1' ? 'Critical' : 'Negative'}>
      {State === '1' ? t('queues.nearlyFull') : t('queues.full')}
    </Tag>
  )
}

/** Deletes a queue with its messages, after asking. */
function DeleteQueueButton({ queue: { Name, NumbOfMsgs } }: { readonly queue: Queue }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <ConfirmButton
      text={t('common.delete')}
      icon="delete"
      of={Name}
      question={t('queues.deleteQuestion', { name: Name, entries: NumbOfMsgs })}
      action={() => change('DELETE', entityPath('Queues', Name))}
      onDone={() => void queries.invalidateQueries()}
    />
  )
}

/** Starts or stops a queue: `activateQueue` or `deactivateQueue`. */
export function switchQueue({ Name, Active }: Queue): Promise<string> {
  return callFunction(Active === '0' ? 'activateQueue' : 'deactivateQueue', { Name })
}
