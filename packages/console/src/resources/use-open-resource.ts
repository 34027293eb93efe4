import { useNavigate, useParams, useSearchParams } from 'react-router'
import { resourceAt, resourcePage } from './resource-paths.ts'

/** On a flow's page: opens one of its files, by its path below `src/main/resources`. */
export function useOpenResource(): (path: string) => void {
  const { id = '', artifactId = '' } = useParams()
  const [query] = useSearchParams()
  const navigate = useNavigate()
  return path => {
    const resource = resourceAt(path)
    const place = { kind: 'IntegrationFlow', Id: artifactId, PackageId: id } as const
    if (resource) void navigate(resourcePage(place, resource, query.get('version') ?? undefined))
  }
}
