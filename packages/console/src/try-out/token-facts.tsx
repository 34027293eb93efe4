import { ObjectStatus } from '@ui5/webcomponents-react/ObjectStatus'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../components/copy-button.tsx'
import { TextBlock } from '../components/text-content.tsx'
import { type IssuedToken, remainingText } from './issued-token.ts'

/** What is known of a token: its kind, how long it is good for, and what it claims. */
export function TokenFacts({ token }: { readonly token: IssuedToken }) {
  const { t } = useTranslation()
  const now = useSeconds()
  const isOver = token.expiresAt <= now
  return (
    <>
      <div className="try-out-line">
        <ObjectStatus state={isOver ? 'Negative' : 'Positive'} showDefaultIcon>
          {isOver ? t('tryOut.token.expired') : t('tryOut.token.valid', { left: remainingText(token.expiresAt, now) })}
        </ObjectStatus>
        <span>
          {t(token.claims ? 'tryOut.token.kinds.jwt' : 'tryOut.token.kinds.opaque', { client: token.clientId })}
        </span>
        <CopyButton text={token.value} of={t('tryOut.token.name')} />
      </div>
      {token.claims && <TextBlock text={JSON.stringify(token.claims, undefined, 2)} label={t('tryOut.token.claims')} />}
    </>
  )
}

/** The time by the clock of this computer, anew each second. */
function useSeconds(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
