import type { ListQuery } from './store.ts'

export type ArtifactType = 'IntegrationFlow' | 'MessageMapping' | 'ScriptCollection' | 'ValueMapping'

/** What an artifact is created from; the content comes with it. */
export interface NewArtifact {
  /** `Bundle-SymbolicName`. */
  readonly id: string
  readonly packageId: string
  readonly type: ArtifactType
  readonly name: string
  /** `Bundle-Version`. */
  readonly version: string
  readonly description: string
  readonly sender: string
  readonly receiver: string
  readonly createdBy: string
  readonly createdAt: number
  readonly modifiedBy: string
  readonly modifiedAt: number
}

/** A design-time artifact without its content: what is current, or a version of it. */
export interface Artifact extends NewArtifact {
  /** Changed and not saved as a version. Such an artifact is shown with the version `Active`. */
  readonly isDraft: boolean
  /** False for a version that is no longer what is worked on. */
  readonly isCurrent: boolean
  /** Counts the changes of the artifact: what a writer compares. Configured values do not count. */
  readonly revision: number
}

/** What can be deployed. */
export interface Deployable {
  readonly artifact: Pick<NewArtifact, 'id' | 'packageId' | 'type' | 'name' | 'version'>
  /** The zip exactly as uploaded. */
  readonly content: Uint8Array
  /** Values configured for externalised parameters, apart from the content's own `parameters.prop`. */
  readonly configurations: ReadonlyMap<string, string>
}

/** An artifact with its content and configured values, all of one moment. */
export interface OpenArtifact extends Deployable {
  readonly artifact: Artifact
}

/** A value for a parameter, by someone who saw the artifact as it was and the value that was configured then. */
export interface ConfigurationChange {
  readonly name: string
  readonly value: string
  /** The configured value that is replaced; undefined when there was none. */
  readonly before: string | undefined
}

/** Who changes something, and when. */
export interface Change {
  readonly by: string
  readonly at: number
}

/**
 * Design-time artifacts. Changes say which revision they began from: they are refused (false) when the artifact has changed
 * since, is gone, or is locked by another user. Nothing is then written.
 */
export interface Artifacts {
  /** Filters and sorts by what the entity shows: the version of a draft is `Active`. */
  list(query: ListQuery): Promise<Artifact[]>
  count(query: Pick<ListQuery, 'filter'>): Promise<number>
  /** As `list`, with the saved versions beside what is current. */
  listVersions(query: ListQuery): Promise<Artifact[]>
  countVersions(query: Pick<ListQuery, 'filter'>): Promise<number>
  /** Its content is also kept as the first version. False when its package is gone. Throws `DuplicateError`. */
  create(artifact: NewArtifact, content: Uint8Array): Promise<boolean>
  /** What is current, for `active` in any case and for its own version; otherwise the version saved under this number. */
  find(id: string, version?: string): Promise<Artifact | undefined>
  /** As `find`, with the content. */
  open(id: string, version?: string): Promise<OpenArtifact | undefined>
  /**
   * Changes what is current, and its content when one is given. Configured values and saved versions are kept; what a draft
   * replaces is kept as a version unless there is one of that number.
   */
  update(artifact: Artifact, content: Uint8Array | undefined): Promise<boolean>
  /**
   * As `update`, and keeps the result as a version; of more than `versionsMax` the oldest go. Nothing changes where it is one
   * already, or where there is another of its number (`taken`).
   */
  saveAsVersion(
    artifact: Artifact,
    content: Uint8Array | undefined,
    versionsMax: number,
  ): Promise<'saved' | 'taken' | 'refused'>
  /** Refused also when another value has been configured since. */
  configure(artifact: Artifact, configured: ConfigurationChange, change: Change): Promise<boolean>
  /** Deletes a saved version that is not current. */
  deleteVersion(id: string, version: string): Promise<boolean>
  /** With its versions and lock; what is deployed goes on running. */
  delete(id: string): Promise<boolean>
}

/** An artifact that one user works on: nobody else may change it. */
export interface ArtifactLock {
  readonly artifactId: string
  readonly artifactName: string
  readonly artifactType: ArtifactType
  readonly packageId: string
  readonly packageName: string
  readonly lockedBy: string
  readonly lockedAt: number
}

/** Locks that have not expired `now`. */
export interface ArtifactLocks {
  list(query: ListQuery, now: number): Promise<ArtifactLock[]>
  count(query: Pick<ListQuery, 'filter'>, now: number): Promise<number>
  find(artifactId: string, now: number): Promise<ArtifactLock | undefined>
  /**
   * The lock as it then is: somebody else's, if they were first. One's own lasts longer than before. Undefined when there is
   * no such artifact.
   */
  lock(artifactId: string, change: Change, expiresAt: number): Promise<ArtifactLock | undefined>
  /** False when there was none. */
  unlock(artifactId: string): Promise<boolean>
}
