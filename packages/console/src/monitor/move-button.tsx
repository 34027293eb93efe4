import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/journey-arrive.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callFunction } from '../api/odata.ts'
import { FormDialog } from '../components/form-dialog.tsx'
import { usePaged } from '../components/use-paged.ts'
import type { Queue } from './queues-page.tsx'

export interface MoveButtonProps {
  readonly queue: string
  /** The message to move; all messages of the queue where none is given. */
  readonly message?: string
}

/** Moves messages to another queue, which it asks for. */
export function MoveButton({ queue, message }: MoveButtonProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const text = message === undefined ? t('queues.moveAll') : t('queues.move')
  const looks = message === undefined ? {} : ({ icon: 'journey-arrive', design: 'Transparent', tooltip: text } as const)
  return (
    <>
      <Button {...looks} accessibleName={`${text}: ${message ?? queue}`} onClick={() => setOpen(true)}>
        {message === undefined && text}
      </Button>
      {isOpen && <MoveDialog title={text} queue={queue} message={message} onClose={() => setOpen(false)} />}
    </>
  )
}

/** More queues than anybody chooses from. */
const queuesMax = 1_000

interface MoveDialogProps {
  readonly title: string
  readonly queue: string
  readonly message: string | undefined
  readonly onClose: () => void
}

function MoveDialog({ title, queue, message, onClose }: MoveDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { rows, isLoading } = usePaged<Queue>('Queues', { orderBy: 'Name' }, undefined, queuesMax)
  const targets = rows.filter(({ Name }) => Name !== queue).map(({ Name }) => [Name, Name] as const)
  if (isLoading) return null
  return (
    <FormDialog
      title={title}
      submit={t('queues.move')}
      fields={[
        {
          name: 'target',
          label: t('queues.target'),
          kind: 'select',
          options: targets,
          required: true,
          hint: targets.length === 0 ? t('queues.noTarget') : t('queues.targetHint'),
        },
      ]}
      initial={{ target: targets[0]?.[0] ?? '' }}
      onSubmit={async ({ target = '' }) => {
        const one = message === undefined ? {} : { Msgid: message }
        await callFunction('MoveJmsMessages', { Queue: queue, Target: target, ...one })
        await queries.invalidateQueries()
      }}
      onClose={onClose}
    />
  )
}
