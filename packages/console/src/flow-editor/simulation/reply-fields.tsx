import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReceiverPlace } from './flow-places.ts'
import { NameValueRows } from './name-value-rows.tsx'
import { emptyReply, isStatus, type ReplyInput, type SimulationInput } from './simulation-input.ts'

export interface ReplyFieldsProps {
  readonly receivers: readonly ReceiverPlace[]
  readonly replies: SimulationInput['replies']
  readonly onChange: (replies: SimulationInput['replies']) => void
}

/** What each receiver of the flow answers. */
export function ReplyFields({ receivers, replies, onChange }: ReplyFieldsProps) {
  const { t } = useTranslation()
  if (receivers.length === 0) return <span>{t('simulation.noReceivers')}</span>
  return (
    <div className="simulation-replies">
      <span>{t('simulation.receiverHint')}</span>
      {receivers.map(({ id, name, adapter }) => (
        <ReplyOf
          key={id}
          name={adapter === '' ? name : `${name} (${adapter})`}
          reply={replies[id] ?? emptyReply}
          onChange={changed => onChange({ ...replies, [id]: { ...(replies[id] ?? emptyReply), ...changed } })}
        />
      ))}
    </div>
  )
}

interface ReplyOfProps {
  readonly name: string
  readonly reply: ReplyInput
  readonly onChange: (changed: Partial<ReplyInput>) => void
}

const kinds = ['echo', 'reply', 'failure'] as const

function ReplyOf({ name, reply, onChange }: ReplyOfProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="simulation-reply">
      <div>
        <label htmlFor={id}>{t('simulation.replyOf', { name })}</label>
        <select
          id={id}
          className="native-input"
          value={reply.kind}
          onChange={({ target }) => onChange({ kind: target.value as ReplyInput['kind'] })}
        >
          {kinds.map(kind => (
            <option key={kind} value={kind}>
              {t(`simulation.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      {reply.kind === 'failure' && (
        <Field
          label={t('simulation.failureText')}
          of={name}
          value={reply.failure}
          onChange={failure => onChange({ failure })}
        />
      )}
      {reply.kind === 'reply' && <Answer name={name} reply={reply} onChange={onChange} />}
    </div>
  )
}

function Answer({ name, reply, onChange }: ReplyOfProps) {
  const { t } = useTranslation()
  const problem = isStatus(reply.status) ? undefined : t('simulation.statusProblem')
  return (
    <>
      <Field
        label={t('simulation.status')}
        of={name}
        value={reply.status}
        problem={problem}
        onChange={status => onChange({ status })}
      />
      <Field label={t('simulation.body')} of={name} value={reply.body} isLong onChange={body => onChange({ body })} />
      <NameValueRows
        title={t('simulation.headers')}
        add={t('simulation.addHeader')}
        rows={reply.headers}
        onChange={headers => onChange({ headers })}
      />
    </>
  )
}

interface FieldProps {
  readonly label: string
  /** Whose it is: the label alone does not say. */
  readonly of: string
  readonly value: string
  readonly problem?: string | undefined
  readonly isLong?: boolean
  readonly onChange: (value: string) => void
}

function Field({ label, of, value, problem, isLong = false, onChange }: FieldProps) {
  const id = useId()
  const attributes = { id, value, 'aria-label': `${label}: ${of}`, 'aria-invalid': problem !== undefined }
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {isLong ? (
        <textarea
          {...attributes}
          className="native-input code"
          rows={3}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <input {...attributes} className="native-input" onChange={({ target }) => onChange(target.value)} />
      )}
      {problem !== undefined && (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  )
}
