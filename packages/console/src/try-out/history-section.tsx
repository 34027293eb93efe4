import { List } from '@ui5/webcomponents-react/List'
import { ListItemStandard } from '@ui5/webcomponents-react/ListItemStandard'
import { useTranslation } from 'react-i18next'
import { durationText } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { type Exchange, updateTestSession, useTestSession } from './test-session.ts'

/** The requests that were sent since the page was loaded, the newest first. One that is chosen is in the form again. */
export function HistorySection() {
  const { t, i18n } = useTranslation()
  const { history, shown } = useTestSession()
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' })
  return (
    <Section title={t('tryOut.history.title')}>
      <List
        accessibleName={t('tryOut.history.title')}
        noDataText={t('tryOut.history.empty')}
        onItemClick={({ detail: { item } }) =>
          open(history.find(({ number }) => String(number) === item.dataset.number))
        }
      >
        {history.map(({ number, at, request, answer }) => (
          <ListItemStandard
            key={number}
            data-number={String(number)}
            selected={number === shown?.number}
            text={`${request.method} ${request.path}`}
            description={`${time.format(at)} · ${durationText(Math.round(answer.durationMs), i18n.language)}`}
            additionalText={answer.status === 0 ? '3xx' : String(answer.status)}
            additionalTextState={answer.status >= 200 && answer.status < 300 ? 'Positive' : 'Negative'}
          />
        ))}
      </List>
    </Section>
  )
}

function open(chosen: Exchange | undefined): void {
  if (!chosen) return
  const { method, path, headers, body } = chosen.request
  updateTestSession({
    shown: chosen,
    address: path,
    tail: '',
    method,
    headers,
    bodyKind: body.kind,
    ...(body.kind === 'text' && { text: body.text }),
    ...(body.kind === 'file' && { file: new File([body.content], body.name) }),
  })
}
