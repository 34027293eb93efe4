import './resources.css'
import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { readEntity } from '../api/odata.ts'
import { hasRole } from '../api/session.ts'
import { NotFound } from '../app/not-found.tsx'
import { useSession } from '../app/session-gate.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Page } from '../components/page.tsx'
import { artifactPath, type DesignArtifact, kinds } from '../design/design-artifact.ts'
import { contentPath, type ResourceKey, type ResourceOwner, readContent } from './resource.ts'
import { ResourceEditor } from './resource-editor.tsx'
import { resourceOf } from './resource-paths.ts'
import { textIn } from './resource-text.ts'

/** One resource: to be edited by whoever may, if it is of what is current; otherwise to be looked at. */
export function ResourcePage() {
  const { kind: given, artifactId = '' } = useParams()
  const [query] = useSearchParams()
  const kind = kinds.find(known => known === given)
  if (!kind) return <NotFound />
  const owner = { kind, Id: artifactId, version: query.get('version') ?? undefined }
  return <Loading key={query.toString()} owner={owner} resource={resourceOf(query)} />
}

interface LoadingProps {
  readonly owner: ResourceOwner
  readonly resource: ResourceKey
}

function Loading({ owner, resource }: LoadingProps) {
  const { t } = useTranslation()
  const isReadOnly = !hasRole(useSession(), 'tmn', 'WebToolingWorkspace.Write') || owner.version !== undefined
  const { data, error, refetch } = useQuery({
    queryKey: ['resource', owner, resource],
    queryFn: async () => {
      const artifact = await readEntity<DesignArtifact>(artifactPath(owner.kind, owner.Id, owner.version))
      return { artifact, text: textIn(await readContent(owner, resource)) }
    },
    // It stays as it was opened, whatever else is loaded anew: a change by somebody else is found at saving.
    staleTime: 'static',
    gcTime: 0,
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  const { artifact, text } = data
  if (text !== undefined)
    return <ResourceEditor {...{ owner, resource, isReadOnly, text }} artifact={{ ...artifact, kind: owner.kind }} />
  return (
    <Page title={resource.Name} actions={<DownloadButton path={contentPath(owner, resource)} of={resource.Name} />}>
      <MessageStrip hideCloseButton>{t('resources.noText')}</MessageStrip>
    </Page>
  )
}
