import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { readStart } from '../api/download.ts'
import { ErrorState } from './error-state.tsx'

/** What is shown of a content, in bytes: more than anybody reads, and little enough to be drawn at once. */
export const shownBytesMax = 256 * 1024

/** What is at a path of the OData API as text, its beginning where it is long. `label` names it. */
export function TextContent({ path, label }: { readonly path: string; readonly label: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({
    queryKey: ['content', path],
    queryFn: ({ signal }) => readStart(path, shownBytesMax, signal),
    staleTime: Infinity,
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  return (
    <>
      {data.isCut && <MessageStrip hideCloseButton>{t('common.cut')}</MessageStrip>}
      <TextBlock text={data.text} label={label} />
    </>
  )
}

/** A text as it is, in a region that scrolls. */
export function TextBlock({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="content" aria-label={label} tabIndex={0}>
      {text === '' ? t('common.emptyText') : text}
    </section>
  )
}
