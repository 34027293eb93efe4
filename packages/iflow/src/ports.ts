import type { DataStores } from './ports/data-stores.ts'
import type { Digests } from './ports/digests.ts'
import type { HeavyWork } from './ports/heavy-work.ts'
import type { IdempotentRepository } from './ports/idempotent-repository.ts'
import type { Keystore } from './ports/keystore.ts'
import type { MailSender } from './ports/mail.ts'
import type { PartnerDirectory } from './ports/partner-directory.ts'
import type { Queues } from './ports/queues.ts'
import type { Scripts } from './ports/scripts.ts'
import type { Stylesheets } from './ports/stylesheets.ts'
import type { ValueMappings } from './ports/value-mappings.ts'
import type { Exchange } from './run/exchange.ts'

export type * from './ports/data-stores.ts'
export type * from './ports/digests.ts'
export type * from './ports/heavy-work.ts'
export type * from './ports/idempotent-repository.ts'
export type * from './ports/keystore.ts'
export type * from './ports/mail.ts'
export type * from './ports/partner-directory.ts'
export type * from './ports/queues.ts'
export type * from './ports/scripts.ts'
export type * from './ports/stylesheets.ts'
export type * from './ports/value-mappings.ts'

/**
 * Everything a running flow may ask of the world. The host implements these; tests use the fakes of
 * `@sluice/iflow/testing`. Larger ports have a file of their own in `ports/`. Nothing in this package reads a clock, draws a random number or opens a socket.
 */
export interface Ports {
  readonly clock: Clock
  readonly turns: Turns
  readonly random: Random
  readonly variables: Variables
  readonly numberRanges: NumberRanges
  readonly flows: Flows
  readonly http: HttpClient
  readonly credentials: Credentials
  readonly keystore: Keystore
  readonly partnerDirectory: PartnerDirectory
  readonly mail: MailSender
  readonly digests: Digests
  readonly queues: Queues
  readonly scripts: Scripts
  readonly stylesheets: Stylesheets
  readonly heavyWork: HeavyWork
  readonly valueMappings: ValueMappings
  readonly dataStores: DataStores
  readonly idempotentRepository: IdempotentRepository
}

/** The time of day. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Resolves when `milliseconds` have passed. */
  sleep(milliseconds: number): Promise<void>
}

/** The host's event loop, which all messages share. */
export interface Turns {
  /** Resolves when everybody else who waits has had a turn. Long work asks for it every few milliseconds. */
  next(): Promise<void>
}

/** Where unpredictable numbers come from. */
export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array
}

/** Variables written by Write Variables steps, through `DataStores`: `local` to one flow, or `global` to the tenant. */
export interface Variables {
  /** Undefined when the variable does not exist or has expired. */
  read(scope: 'local' | 'global', flowId: string, name: string): Promise<unknown>
}

/** Number ranges, as the operator maintains them. */
export interface NumberRanges {
  /** Takes the next number, formatted as the range says. Throws a `Failure` when the range is unknown or used up. */
  next(name: string): Promise<string>
}

/** Other deployed flows, reached by their ProcessDirect address. */
export interface Flows {
  /**
   * Runs the consumer at `address` with `exchange` as its message and resolves with what it replied.
   * Rejects with a `Failure` of code `no-consumer` when nothing listens there, of code `call-depth` when too many flows have
   * called each other, or with the consumer's own failure.
   */
  call(address: string, exchange: Exchange, caller: FlowCaller): Promise<Exchange>
}

/** The run that calls another flow: what `RunScope` says of it. */
export interface FlowCaller {
  readonly correlationId: string
  readonly callDepth: number
}

/** Requests to other systems. */
export interface HttpClient {
  /**
   * Sends one request and resolves with the whole answer, whatever its status; a redirect is an answer, too. Compressed
   * answers arrive decompressed. Rejects with a `Failure`: `connection` (no connection, or one that was cut),
   * `receiver-timeout`, `response-too-large`, `receiver` for something that is no http or https URL, or `credential` for a
   * key pair that is not there.
   */
  send(request: HttpCall): Promise<HttpAnswer>
}

/** A request to another system. */
export interface HttpCall {
  /** Upper case. */
  readonly method: string
  /** Absolute, http or https. Characters that a URL cannot have are percent-encoded by the client. */
  readonly url: string
  /** Names and values are legal in HTTP. Without those that belong to the connection, such as `Host`. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Undefined: the request has no body; no bytes: an empty one. */
  readonly body: Uint8Array | undefined
  /**
   * The key pair of the keystore whose certificate is shown to a server that asks for one (TLS); empty: the only one that
   * is valid. Undefined: none is shown.
   */
  readonly privateKeyAlias?: string | undefined
  /** For everything, from the connection to the last byte of the answer. */
  readonly timeoutMs: number
}

/** What another system answered. */
export interface HttpAnswer {
  readonly status: number
  /** The reason phrase, or the empty string. */
  readonly statusText: string
  /** In the order of the answer; a repeated header appears as often. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/** Security material, by the names under which the operator deployed it. */
export interface Credentials {
  /** Undefined when there is none of this name. */
  find(name: string): Promise<Credential | undefined>
  /**
   * A bearer token for the OAuth2 client credentials of this name, fetched when there is none that lasts. `refused` is a
   * token that a receiver just turned down: it is not given out again. Rejects with a `Failure` of code `credential` when
   * there are no such credentials, and of code `token-service` when their token service gives none.
   */
  accessToken(name: string, refused?: string): Promise<string>
}

/** One piece of security material. */
export type Credential = UserCredential | OAuth2ClientCredential | SecureParameter

/** A user and a password. */
export interface UserCredential {
  readonly kind: 'user'
  readonly user: string
  readonly password: string
}

/** How to get a token by the client credentials grant (RFC 6749 section 4.4). Optional texts are empty. */
export interface OAuth2ClientCredential {
  readonly kind: 'oauth2-client'
  readonly tokenServiceUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where client ID and secret go: Basic authentication, or the body of the request. */
  readonly clientAuthentication: 'header' | 'body'
  /** How the body is written. */
  readonly contentType: 'form' | 'json'
  readonly scope: string
  readonly resource: string
  readonly audience: string
  /** What else is sent when a token is fetched. */
  readonly parameters: readonly {
    readonly name: string
    readonly value: string
    readonly in: 'body' | 'header' | 'url'
  }[]
}

/** A secret text. */
export interface SecureParameter {
  readonly kind: 'secure-parameter'
  readonly value: string
}
