import { ODataError } from '@sluice/odata'

const methods: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'MERGE', 'DELETE'])

/** Header fields by lower-case name. */
type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * The method that a request means: what a POST says in `X-HTTP-Method` (OData V2, "Method Tunneling through POST"), which
 * gets through proxies that know no other methods. Throws `ODataError` for one that cannot be meant.
 */
export function tunnelled(method: string, headers: Headers): string {
  const named = headers['x-http-method'] ?? headers['x-http-method-override']
  if (method !== 'POST' || named === undefined) return method
  const meant = String(named).trim().toUpperCase()
  if (methods.has(meant)) return meant
  throw new ODataError('invalid-value', `Expected PUT, PATCH, MERGE or DELETE in X-HTTP-Method, found "${meant}"`)
}

/** Throws `ODataError` for a request in a later version of the protocol than 2.0 (OData V2, "DataServiceVersion"). */
export function checkVersion(headers: Headers): void {
  const version = headers.dataserviceversion
  if (version === undefined || /^\s*[12]\.\d\s*(;|$)/.test(String(version))) return
  throw new ODataError(
    'invalid-value',
    `Expected DataServiceVersion 1.0 or 2.0, found "${String(version).slice(0, 20)}"`,
  )
}
