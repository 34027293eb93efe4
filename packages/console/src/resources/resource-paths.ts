import type { Kind } from '../design/design-artifact.ts'
import type { ResourceKey } from './resource.ts'
import { typeOfFile } from './resource-types.ts'

/** What the address of a resource's page is made of. */
export interface ResourcePlace {
  readonly kind: Kind
  readonly Id: string
  readonly PackageId: string
}

/** Where a resource is shown and edited; with a saved version, where that is shown. */
export function resourcePage({ kind, Id, PackageId }: ResourcePlace, resource: ResourceKey, version?: string): string {
  const { Name, ResourceType, ReferencedResourceType } = resource
  const query = new URLSearchParams({
    name: Name,
    type: ResourceType,
    ...(ReferencedResourceType && { of: ReferencedResourceType }),
    ...(version !== undefined && { version }),
  })
  return `/design/packages/${encodeURIComponent(PackageId)}/${kind}/${encodeURIComponent(Id)}/resource?${query}`
}

/** What the query of such an address names. */
export function resourceOf(query: URLSearchParams): ResourceKey {
  return {
    Name: query.get('name') ?? '',
    ResourceType: query.get('type') ?? '',
    ReferencedResourceType: query.get('of') ?? '',
  }
}

/** The resource at a path below `src/main/resources`; undefined where the API has none. */
export function resourceAt(path: string): ResourceKey | undefined {
  const [folder = '', ...rest] = path.split('/')
  const type = typeOfFile(path)
  if (type === undefined || rest.length === 0) return undefined
  const isOfWsdl = folder === 'wsdl' && type === 'xsd'
  return { Name: rest.join('/'), ResourceType: type, ReferencedResourceType: isOfWsdl ? 'wsdl' : '' }
}
