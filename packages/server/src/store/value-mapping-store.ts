import type { Artifact } from './store.ts'

/** The two kinds of values of a bidirectional mapping. */
export interface MappedValues {
  readonly sourceAgency: string
  readonly sourceIdentifier: string
  readonly targetAgency: string
  readonly targetIdentifier: string
}

/** What becomes of the state of a bidirectional mapping: `cleared` when it is gone. */
export interface StateChange {
  readonly values: MappedValues
  readonly state: 'configured' | 'cleared' | 'kept'
}

/** Which bidirectional mappings of value mappings are configured: their content does not say. */
export interface ValueMappings {
  configured(artifactId: string): Promise<readonly MappedValues[]>
  /** `Artifacts.update`, and the state of a mapping with it. */
  update(artifact: Artifact, content: Uint8Array, change: StateChange): Promise<boolean>
}
