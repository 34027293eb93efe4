import type { Listable } from './store.ts'

/** Who has the role of an access policy may use what its references protect, and nobody else may. */
export interface AccessPolicy {
  readonly id: number
  /** A role of the API application; unique. */
  readonly roleName: string
  readonly description: string
}

/** What an access policy protects. */
export interface ArtifactReference {
  readonly id: number
  readonly policyId: number
  readonly name: string
  readonly description: string
  /** `INTEGRATION_FLOW`, `MESSAGE_QUEUE`, …. */
  readonly type: string
  /** `Name` or `ID`. */
  readonly conditionAttribute: string
  readonly conditionValue: string
  /** `exactString` or `regularExpression`. */
  readonly conditionType: string
}

export type NewReference = Omit<ArtifactReference, 'id' | 'policyId'>

/** Access policies and what they protect. Every change emits `access-policies` with an empty key. */
export interface AccessPolicies extends Listable<AccessPolicy> {
  /** With all references or not at all. Throws `DuplicateError` for a role that has a policy. */
  create(policy: Omit<AccessPolicy, 'id'>, references: readonly NewReference[]): Promise<AccessPolicy>
  find(id: number): Promise<AccessPolicy | undefined>
  /** Throws `DuplicateError` for a role that has another policy. False when there is none of this ID. */
  update(policy: AccessPolicy): Promise<boolean>
  /** With its references. False when there was none. */
  delete(id: number): Promise<boolean>
  /** Of all policies. */
  readonly references: ArtifactReferences
}

export interface ArtifactReferences extends Listable<ArtifactReference> {
  /** Of one policy. */
  of(policyId: number): Listable<ArtifactReference>
  /** Undefined when there is no such policy. */
  create(policyId: number, reference: NewReference): Promise<ArtifactReference | undefined>
  find(id: number): Promise<ArtifactReference | undefined>
  /** False when there was none. */
  delete(id: number): Promise<boolean>
  /** Each reference with the role of its policy. */
  all(): Promise<readonly (ArtifactReference & { readonly roleName: string })[]>
}
