import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SimulatedCall, SimulatedMessage, SimulatedStep } from '../../api/flow-trials.ts'
import { ChangedLines } from '../../components/changed-lines.tsx'
import { type Line, lineChanges, type NamedValue } from '../../components/message-changes.ts'
import { bytesText } from '../../components/moment.tsx'
import { ValueChanges } from '../../components/value-changes.tsx'

/** What a step did to the message, and why it failed. */
export function StepDetails({ step: { before, after, error } }: { readonly step: SimulatedStep }) {
  const { t } = useTranslation()
  return (
    <div className="simulation-details">
      {error && (
        <MessageStrip design="Negative" hideCloseButton>
          {error.message} [{error.code}]
        </MessageStrip>
      )}
      {before ? (
        <>
          <Bodies before={before} after={after} />
          <ValueChanges
            title={t('simulation.headers')}
            before={valuesOf(before.headers)}
            after={valuesOf((after ?? before).headers)}
          />
          <ValueChanges
            title={t('simulation.properties')}
            before={valuesOf(before.properties)}
            after={valuesOf((after ?? before).properties)}
          />
        </>
      ) : (
        <MessageStrip hideCloseButton>{t('simulation.notKept')}</MessageStrip>
      )}
    </div>
  )
}

/** What receivers got. */
export function CallDetails({ calls }: { readonly calls: readonly SimulatedCall[] }) {
  const { t } = useTranslation()
  return (
    <div className="simulation-details">
      {calls.map(({ channelId, channelName, adapter, request, message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a receiver may be called often; calls do not move.
        <div key={index} className="simulation-call">
          <Label>{t('simulation.call', { name: channelName || channelId, adapter })}</Label>
          {request && (
            <span className="code">
              {request.method} {request.url}
            </span>
          )}
          <Body message={message} title={t('simulation.body')} lines={linesOf(message)} />
          <ValueChanges
            title={t('simulation.headers')}
            before={valuesOf(request?.headers ?? message.headers)}
            after={valuesOf(request?.headers ?? message.headers)}
          />
        </div>
      ))}
    </div>
  )
}

interface BodiesProps {
  readonly before: SimulatedMessage
  readonly after: SimulatedMessage | undefined
}

function Bodies({ before, after }: BodiesProps) {
  const { t } = useTranslation()
  const [old, young] = useMemo(() => lineChanges(textOf(before), textOf(after ?? before)), [before, after])
  return (
    <div className="columns">
      <Body message={before} title={t('simulation.before')} lines={old} />
      {after && <Body message={after} title={t('simulation.after')} lines={young} />}
    </div>
  )
}

interface BodyProps {
  readonly message: SimulatedMessage
  readonly title: string
  readonly lines: readonly Line[]
}

function Body({ message: { body }, title, lines }: BodyProps) {
  const { t, i18n } = useTranslation()
  const notes = [
    t('simulation.size', { mediaType: body.mediaType, size: bytesText(body.size, i18n.language) }),
    ...(body.base64 === undefined ? [] : [t('simulation.binary')]),
    ...(body.isCut ? [t('simulation.cut')] : []),
  ]
  return (
    <div>
      <div className="page-header">
        <Label>{title}</Label>
        <span className="simulation-note">{notes.join(' ')}</span>
      </div>
      <ChangedLines lines={lines} label={title} />
    </div>
  )
}

function textOf({ body }: SimulatedMessage): string {
  return body.text ?? body.base64 ?? ''
}

function linesOf(message: SimulatedMessage): readonly Line[] {
  return textOf(message)
    .split('\n')
    .map(text => ({ text, isChanged: false }))
}

function valuesOf(values: Readonly<Record<string, string>>): readonly NamedValue[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }))
}
