import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { componentsQuery } from '../api/components.ts'
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
  const components = useQuery(componentsQuery)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (components.error) return <ErrorState error={components.error} onRetry={() => void components.refetch()} />
  if (!data || !components.data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  return (
    <FlowEditor
      key={dataUpdatedAt}
      flow={data}
      components={components.data}
      isReadOnly={isReadOnly}
      onReload={refetch}
    />
  )
}
