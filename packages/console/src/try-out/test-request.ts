/** A header as a row of the form. */
export interface HeaderRow {
  readonly name: string
  readonly value: string
}

/** What is sent after the headers. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly content: Blob }

/** A request to an endpoint of a flow, without the token. */
export interface TestRequest {
  readonly method: string
  /** From `/http/` on, with the query. */
  readonly path: string
  readonly headers: readonly HeaderRow[]
  readonly body: RequestBody
}

/** The methods of the HTTPS sender. */
export const methods = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** What keeps a header from being sent: a key of the texts. */
export type HeaderProblem = 'name' | 'value' | 'authorization' | 'browser'

/** Whether requests of the method have a body (a browser sends none with GET and HEAD). */
export function takesBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** The path of a request: an endpoint's address, as picked or typed with or without `/http`, and what follows it. */
export function pathOf(address: string, tail: string): string {
  const trimmed = address.trim().replace(/\/\*$/, '')
  const path = /^\/?(http|cxf)\//i.test(trimmed) ? trimmed.replace(/^\/?/, '/') : `/http/${trimmed.replace(/^\//, '')}`
  const more = tail.trim()
  if (more === '' || more.startsWith('?')) return path + more
  return `${path.replace(/\/$/, '')}/${more.replace(/^\//, '')}`
}

/** Rows with a name; those that are still empty do not count. */
export function filledHeaders(rows: readonly HeaderRow[]): readonly HeaderRow[] {
  return rows
    .filter(({ name, value }) => name.trim() !== '' || value !== '')
    .map(row => ({ ...row, name: row.name.trim() }))
}

/** Set by the browser alone (https://fetch.spec.whatwg.org/#forbidden-request-header). */
const ofBrowser =
  /^(accept-charset|accept-encoding|access-control-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i

/** Why a header cannot be sent (RFC 9110 §5.1, §5.5, and what browsers keep to themselves). */
export function headerProblem({ name, value }: HeaderRow): HeaderProblem | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name.trim())) return 'name'
  if (/^authorization$/i.test(name.trim())) return 'authorization'
  if (ofBrowser.test(name.trim())) return 'browser'
  return /^[\t\x20-\x7e\xa0-\xff]*$/.test(value) ? undefined : 'value'
}
