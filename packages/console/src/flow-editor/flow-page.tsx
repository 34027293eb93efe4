import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { hasRole } from '../api/session.ts'
import { useSession } from '../app/session-gate.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { FlowEditor } from './flow-editor.tsx'
import { useFlow } from './use-flow.ts'

/** One flow: to be edited by whoever may, if it is what is current; otherwise to be looked at. */
export function FlowPage() {
  const { t } = useTranslation()
  const { artifactId = '' } = useParams()
  const [query] = useSearchParams()
  const version = query.get('version') ?? undefined
  const { data, dataUpdatedAt, error, refetch } = useFlow(artifactId, version)
  const isReadOnly = !hasRole(useSession(), 'tmn', 'WebToolingWorkspace.Write') || version !== undefined
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  return <FlowEditor key={dataUpdatedAt} flow={data} isReadOnly={isReadOnly} onReload={refetch} />
}
