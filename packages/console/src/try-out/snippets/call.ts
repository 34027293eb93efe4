import type { HeaderRow } from '../test-request.ts'

/** A call of an endpoint with a token of a client's own, as code in some language shows it. The secret is never part of it. */
export interface Call {
  /** Of the server: `https://host:port`. */
  readonly origin: string
  readonly clientId: string
  /** `jwt` or `jwtrfc`; undefined for opaque tokens. */
  readonly tokenFormat: string | undefined
  readonly method: string
  /** From `/http/` on, with the query. */
  readonly path: string
  readonly headers: readonly HeaderRow[]
  /** A file is known by its name. */
  readonly body: { readonly text: string } | { readonly fileName: string } | undefined
}

/** Where the client's token comes from. */
export function tokenUrl({ origin, tokenFormat }: Call): string {
  const format = tokenFormat === undefined ? '' : `&token_format=${tokenFormat}`
  return `${origin}/oauth2/api/v1/token?grant_type=client_credentials${format}`
}
