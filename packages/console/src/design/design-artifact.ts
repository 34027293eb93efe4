import type { OnProgress } from '../api/http.ts'
import { callFunction, change, createEntity, entityPath, listPage } from '../api/odata.ts'

/** The kinds of artifacts, by the entity set each is in. */
export const kinds = ['IntegrationFlow', 'MessageMapping', 'ScriptCollection', 'ValueMapping'] as const
export type Kind = (typeof kinds)[number]

/** An artifact as it is designed. `Version` is `Active` of a draft. */
export interface DesignArtifact {
  readonly Id: string
  readonly Version: string
  readonly PackageId: string
  readonly Name: string
  readonly Description: string | null
}

/** One of a package, with its kind. */
export interface PackagedArtifact extends DesignArtifact {
  readonly kind: Kind
}

/** The text of a kind. */
export const kindTexts = {
  IntegrationFlow: 'artifacts.flow',
  MessageMapping: 'artifacts.messageMapping',
  ScriptCollection: 'artifacts.scriptCollection',
  ValueMapping: 'artifacts.valueMapping',
} as const satisfies Readonly<Record<Kind, string>>

const stem = (kind: Kind) =>
  kind === 'IntegrationFlow' ? 'IntegrationDesigntimeArtifact' : `${kind}DesigntimeArtifact`

/** The entity set of a kind. */
export function setOf(kind: Kind): string {
  return `${stem(kind)}s`
}

/** The path of what is current, or of a saved version. */
export function artifactPath(kind: Kind, id: string, version = 'active'): string {
  return entityPath(setOf(kind), { Id: id, Version: version })
}

/** A package has hundreds of artifacts at most. */
const all = { top: 1_000, orderBy: 'Name' }

/** The artifacts of a package, flows first. */
export async function listArtifacts(packageId: string): Promise<readonly PackagedArtifact[]> {
  const path = entityPath('IntegrationPackages', packageId)
  const pages = await Promise.all(kinds.map(kind => listPage<DesignArtifact>(`${path}/${setOf(kind)}`, all)))
  return pages.flatMap(({ rows }, index) => rows.map(row => ({ ...row, kind: kinds[index] ?? 'IntegrationFlow' })))
}

/** What a new artifact is made of: from a template without a zip; with one, ID and name may be left to it. */
export interface NewArtifact {
  readonly kind: Kind
  readonly packageId: string
  readonly id: string
  readonly name: string
  /** In base64. */
  readonly zip: string | undefined
}

export function createArtifact(
  { kind, packageId, id, name, zip }: NewArtifact,
  onProgress: OnProgress,
): Promise<DesignArtifact> {
  const entity = {
    PackageId: packageId,
    ...(id !== '' && { Id: id }),
    ...(name !== '' && { Name: name }),
    ...(zip !== undefined && { ArtifactContent: zip }),
  }
  return createEntity(setOf(kind), entity, onProgress)
}

/** Replaces the content; `zip` is in base64. */
export async function uploadArtifact(
  { kind, Id, Name }: PackagedArtifact,
  zip: string,
  onProgress: OnProgress,
): Promise<void> {
  await change('PUT', artifactPath(kind, Id), { Name, ArtifactContent: zip }, onProgress)
}

/** The artifact with all its versions. */
export async function deleteArtifact({ kind, Id }: Pick<PackagedArtifact, 'kind' | 'Id'>): Promise<void> {
  await change('DELETE', artifactPath(kind, Id))
}

/** Starts a deployment of what is current. */
export async function deployArtifact({ kind, Id }: Pick<PackagedArtifact, 'kind' | 'Id'>): Promise<void> {
  await callFunction(`Deploy${stem(kind)}`, { Id, Version: 'active' })
}

/** Keeps what is current under a number such as `1.0.4`. */
export async function saveAsVersion(
  { kind, Id }: Pick<PackagedArtifact, 'kind' | 'Id'>,
  version: string,
): Promise<void> {
  await callFunction(`${stem(kind)}SaveAsVersion`, { Id, SaveAsVersion: version })
}

/** The content of a file in base64. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')))
    reader.addEventListener('error', () =>
      reject(reader.error ?? new Error(`Expected to read the file, found an error`)),
    )
    reader.readAsDataURL(file)
  })
}
