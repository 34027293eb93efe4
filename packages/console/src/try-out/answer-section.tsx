import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { ObjectStatus } from '@ui5/webcomponents-react/ObjectStatus'
import { Switch } from '@ui5/webcomponents-react/Switch'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../api/download.ts'
import type { EndpointAnswer } from '../api/message-endpoint.ts'
import { clientPath } from '../cockpit/client-paths.ts'
import { durationText } from '../components/moment.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { TextBlock } from '../components/text-content.tsx'
import { answerHint, headerOf, shownCharactersMax } from './answer.ts'
import { pretty } from './pretty.ts'
import { type Exchange, useTestSession } from './test-session.ts'

/** What came back: status, time, headers, body, and the way to the message's log. */
export function AnswerSection() {
  const { t, i18n } = useTranslation()
  const { shown } = useTestSession()
  if (!shown) return <Section title={t('tryOut.answer.title')}>{t('tryOut.answer.none')}</Section>
  const { answer, request } = shown
  const messageId = headerOf(answer, 'SAP_MessageProcessingLogID')
  const isGood = answer.status >= 200 && answer.status < 300
  return (
    <Section title={t('tryOut.answer.title')}>
      <div className="try-out-line" role="status">
        <ObjectStatus state={isGood ? 'Positive' : 'Negative'} showDefaultIcon>
          {answer.status === 0 ? t('tryOut.answer.redirected') : `${answer.status} ${answer.statusText}`}
        </ObjectStatus>
        <span>{durationText(Math.round(answer.durationMs), i18n.language)}</span>
        <span>{t('tryOut.answer.size', { count: answer.body.size })}</span>
        <span className="code">{`${request.method} ${request.path}`}</span>
      </div>
      <Hint exchange={shown} />
      {messageId !== undefined && <MessageLogLink guid={messageId} />}
      <AnswerBody key={shown.number} answer={answer} />
      <TextBlock
        label={t('tryOut.answer.headers')}
        text={answer.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
      />
    </Section>
  )
}

/** What to do about an answer that is none of the flow's. */
function Hint({ exchange: { answer, clientId } }: { readonly exchange: Exchange }) {
  const { t } = useTranslation()
  const hint = answerHint(answer)
  if (!hint) return null
  return (
    <MessageStrip design="Critical" hideCloseButton>
      {t(`tryOut.answer.hints.${hint.kind}`, { user: `oauth_client_${clientId}`, detail: hint.detail })}
      {hint.kind === 'forbidden' && <PageLink to={clientPath(clientId)}>{t('tryOut.answer.client')}</PageLink>}
    </MessageStrip>
  )
}

function MessageLogLink({ guid }: { readonly guid: string }) {
  const { t } = useTranslation()
  return (
    <div className="try-out-line">
      <PageLink to={`/monitor/messages/${encodeURIComponent(guid)}`}>{t('tryOut.answer.log')}</PageLink>
      <span className="code">{guid}</span>
    </div>
  )
}

function AnswerBody({ answer: { body, text, headers } }: { readonly answer: EndpointAnswer }) {
  const { t } = useTranslation()
  const [isPretty, setPretty] = useState(true)
  const contentType = headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  const save = () => saveFile(new Blob([body], { type: 'application/octet-stream' }), 'answer')
  const shown = text !== undefined && isPretty ? pretty(text, contentType) : (text ?? '')
  return (
    <>
      {text === undefined && <MessageStrip hideCloseButton>{t('tryOut.answer.binary')}</MessageStrip>}
      {shown.length > shownCharactersMax && <MessageStrip hideCloseButton>{t('tryOut.answer.cut')}</MessageStrip>}
      {text !== undefined && <TextBlock text={shown.slice(0, shownCharactersMax)} label={t('tryOut.answer.body')} />}
      <div className="try-out-line">
        <Switch
          accessibleName={t('tryOut.answer.pretty')}
          checked={isPretty}
          onChange={({ target }) => setPretty(target.checked)}
        />
        <span>{t('tryOut.answer.pretty')}</span>
        <Button onClick={save}>{t('tryOut.answer.save')}</Button>
      </div>
    </>
  )
}
