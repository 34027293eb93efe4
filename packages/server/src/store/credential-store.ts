import type { Listable } from './store.ts'

/** User and password; OAuth2 client credentials; a secret text. */
export type CredentialKind = 'user' | 'oauth2-client' | 'secure-parameter'

/** What is not secret of a user credential (`user`, `kind`, `companyId`) or of a client. */
export type CredentialAttribute =
  | 'user'
  | 'kind'
  | 'companyId'
  | 'tokenServiceUrl'
  | 'clientId'
  | 'clientAuthentication'
  | 'scope'
  | 'scopeContentType'
  | 'resource'
  | 'audience'

/** What a client sends besides the parameters of RFC 6749 when it fetches a token. */
export interface CustomParameter {
  readonly key: string
  readonly value: string
  /** `body`, `header` or `url`. */
  readonly sendAsPartOf: string
}

/** Security material without its secret. */
export interface DeployedCredential {
  /** Unique among all kinds; case-sensitive. */
  readonly name: string
  readonly kind: CredentialKind
  readonly description: string
  readonly attributes: Readonly<Partial<Record<CredentialAttribute, string>>>
  readonly customParameters: readonly CustomParameter[]
  readonly deployedBy: string
  readonly deployedAt: number
}

/** A user and a password that belong to a partner. Flows use them under the name `pd:<partner>:<id>:UserCredential`. */
export interface PartnerCredential {
  readonly partnerId: string
  readonly id: string
  readonly user: string
  readonly deployedBy: string
  readonly deployedAt: number
}

/** Security material that flows refer to by name. Secrets are encrypted at rest, like `Keys`. */
export interface Credentials {
  /** Throws `DuplicateError`. */
  create(credential: DeployedCredential, secret: string): Promise<void>
  /** Replaces everything but name and kind; `secret` undefined keeps the stored one. False when there is none of this kind. */
  update(credential: DeployedCredential, secret: string | undefined): Promise<boolean>
  /** False when there was none. */
  delete(name: string): Promise<boolean>
  /** Those of one kind, by name unless sorted otherwise. */
  ofKind(kind: CredentialKind): Listable<DeployedCredential>
  find(name: string): Promise<DeployedCredential | undefined>
  /** For the runtime only: no API gives a secret out. */
  findWithSecret(name: string): Promise<(DeployedCredential & { readonly secret: string }) | undefined>
  /** Those that belong to partners, which are user credentials, too. */
  readonly ofPartners: PartnerCredentials
}

export interface PartnerCredentials extends Listable<PartnerCredential> {
  /** Creates or replaces. */
  put(credential: PartnerCredential, secret: string): Promise<void>
  find(partnerId: string, id: string): Promise<PartnerCredential | undefined>
  /** False when there was none. */
  delete(partnerId: string, id: string): Promise<boolean>
}
