import './try-out.css'
import '@ui5/webcomponents-icons/dist/paper-plane.js'
import { useTranslation } from 'react-i18next'
import { Page } from '../components/page.tsx'
import { AnswerSection } from './answer-section.tsx'
import { EndpointSection } from './endpoint-section.tsx'
import { HistorySection } from './history-section.tsx'
import { RequestSection } from './request-section.tsx'
import { TokenSection } from './token-section.tsx'

/** Calls an endpoint of a flow as a sender does: with a token that a client fetches with its secret. */
export function TestPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('tryOut.title')}>
      <div className="try-out">
        <div>
          <EndpointSection />
          <TokenSection />
          <RequestSection />
        </div>
        <div>
          <AnswerSection />
          <HistorySection />
        </div>
      </div>
    </Page>
  )
}
