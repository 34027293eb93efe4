import { ODataError } from '@sluice/odata'

const methods: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'MERGE', 'DELETE'])

/**
 * The method that a request means: what a POST says in `X-HTTP-Method` (OData V2, "Method Tunneling through POST"), which
 * gets through proxies that know no other methods. Throws `ODataError` for one that cannot be meant. Names in lower case.
 */
export function tunnelled(method: string, headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const named = headers['x-http-method'] ?? headers['x-http-method-override']
  if (method !== 'POST' || named === undefined) return method
  const meant = String(named).trim().toUpperCase()
  if (methods.has(meant)) return meant
  throw new ODataError('invalid-value', `Expected PUT, PATCH, MERGE or DELETE in X-HTTP-Method, found "${meant}"`)
}
