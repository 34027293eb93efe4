import { useQueries } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { readStart } from '../api/download.ts'
import { entityPath } from '../api/odata.ts'
import { ChangedLines } from '../components/changed-lines.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { lineChanges } from '../components/message-changes.ts'
import { shownBytesMax } from '../components/text-content.tsx'

export interface StepBodiesProps {
  /** IDs of the messages. */
  readonly before: string
  readonly after: string | undefined
}

/** The body before and after a step, side by side; lines that differ are marked. */
export function StepBodies({ before, after }: StepBodiesProps) {
  const { t } = useTranslation()
  const paths = [before, ...(after === undefined ? [] : [after])].map(
    id => `${entityPath('TraceMessages', BigInt(id))}/$value`,
  )
  const bodies = useQueries({
    queries: paths.map(path => ({
      queryKey: ['content', path],
      queryFn: () => readStart(path, shownBytesMax),
      staleTime: Infinity,
    })),
  })
  const failed = bodies.find(({ error }) => error)
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  const [old, young] = bodies.map(({ data }) => data)
  if (!old || (after !== undefined && !young)) return <BusyIndicator active delay={300} text={t('common.loading')} />
  const lines = lineChanges(old.text, young?.text ?? old.text)
  const titles = [t('message.bodyBefore'), t('message.bodyAfter')]
  return (
    <div className="columns">
      {paths.map((path, index) => (
        <div key={path}>
          <div className="page-header">
            <Label>{titles[index]}</Label>
            <DownloadButton path={path} of={titles[index] ?? ''} />
          </div>
          {bodies[index]?.data?.isCut && <MessageStrip hideCloseButton>{t('common.cut')}</MessageStrip>}
          <ChangedLines lines={lines[index] ?? []} label={titles[index] ?? ''} />
        </div>
      ))}
    </div>
  )
}
