import { call } from '../api/http.ts'
import { change, createEntity, entityPath, listPage, root } from '../api/odata.ts'
import { artifactPath, type Kind } from '../design/design-artifact.ts'

/** What names the artifact of resources; without a version, what is current of it. */
export interface ResourceOwner {
  readonly kind: Kind
  readonly Id: string
  readonly version?: string | undefined
}

/** What names a resource in its artifact. */
export interface ResourceKey {
  /** The path below the folder of its type. */
  readonly Name: string
  /** Such as `groovy`. */
  readonly ResourceType: string
  /** `wsdl` for a schema that lies beside a WSDL. */
  readonly ReferencedResourceType: string | null
}

/** A script, mapping, schema or library of an artifact. */
export interface Resource extends ResourceKey {
  /** In bytes. */
  readonly ResourceSize: string
}

/** Artifacts have hundreds of resources at most. */
const most = 1_000

/** All resources of an artifact. */
export async function listResources({ kind, Id, version }: ResourceOwner): Promise<readonly Resource[]> {
  return (await listPage<Resource>(`${artifactPath(kind, Id, version)}/Resources`, { top: most })).rows
}

/** The path of a resource's content. */
export function contentPath({ kind, Id, version }: ResourceOwner, resource: ResourceKey): string {
  return `${artifactPath(kind, Id, version)}/${keyOf(resource)}/$value?${options(resource)}`
}

/** The bytes of a resource. */
export async function readContent(owner: ResourceOwner, resource: ResourceKey): Promise<Uint8Array> {
  const response = await call('GET', root + contentPath(owner, resource), { headers: { accept: '*/*' } })
  return new Uint8Array(await response.arrayBuffer())
}

/** Adds a resource to the draft; `content` is in base64. */
export async function createResource(
  { kind, Id }: ResourceOwner,
  resource: ResourceKey,
  content: string,
): Promise<void> {
  await createEntity(`${artifactPath(kind, Id)}/Resources?${draft}`, { ...resource, ResourceContent: content })
}

/** Replaces a resource in the draft; `content` is in base64. */
export async function replaceResource(
  { kind, Id }: ResourceOwner,
  resource: ResourceKey,
  content: string,
): Promise<void> {
  const path = `${artifactPath(kind, Id)}/$links/${keyOf(resource)}?${options(resource)}&${draft}`
  await change('PUT', path, { ResourceContent: content })
}

/** Takes a resource out of the draft. */
export async function deleteResource({ kind, Id }: ResourceOwner, resource: ResourceKey): Promise<void> {
  await change('DELETE', `${artifactPath(kind, Id)}/$links/${keyOf(resource)}?${options(resource)}&${draft}`)
}

const draft = 'SaveAsDraft=true'

function keyOf({ Name, ResourceType }: ResourceKey): string {
  return entityPath('Resources', { Name, ResourceType })
}

function options({ ReferencedResourceType }: ResourceKey): string {
  return `ReferencedResourceType=${encodeURIComponent(ReferencedResourceType ?? '')}`
}
