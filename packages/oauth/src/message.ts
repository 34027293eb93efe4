import type { ClientCertificate } from './ports.ts'

/** An HTTP request as the OAuth endpoints see it. */
export interface OAuthRequest {
  readonly method: string
  /** Raw, without the question mark. */
  readonly query: string
  readonly contentType: string | undefined
  readonly body: string
  /** The `Authorization` header; several are one value, with commas between them (RFC 9110 §5.3). */
  readonly authorization: string | undefined
  /** Where the request came from, as far as it can be trusted; failed attempts are counted per client and address. */
  readonly address: string
  /** The path of the endpoint, below the issuer and as the caller wrote it. DPoP proofs name it; without it none is accepted. */
  readonly path?: string
  /** The `DPoP` header (RFC 9449 §4.1). */
  readonly dpop?: string | undefined
  /** The TLS client certificate of the connection, where one is asked for. */
  readonly certificate?: (() => ClientCertificate | undefined) | undefined
  /** As which token service a success is answered. Default: that of the Neo environment. */
  readonly form?: 'neo' | 'cloud-foundry'
}

/** An HTTP response, and what the access log should say about it. */
export interface OAuthResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Why the request was refused; for the log, never for the caller. */
  readonly reason: string | undefined
  /** The client, once it is known. On a refusal it is what the caller claimed. */
  readonly clientId: string | undefined
}
