import contiva from '@contiva/sap-integration-suite-client'
import type { AcceptanceTenant } from '../acceptance-tenant.ts'

/** The client of `@contiva/sap-integration-suite-client`. */
export type Contiva = InstanceType<typeof contiva.default>

/**
 * The npm package as it is; it sends its credentials in the query and never tries again here. Unless it is told not to, it
 * takes lists out of what is around them, and a count that came along with it.
 */
export function openContiva({ url, tokenPath, api }: AcceptanceTenant, normalizeResponses = true): Contiva {
  return new contiva.default({
    baseUrl: `${url}/api/v1`,
    oauthTokenUrl: `${url}${tokenPath}`,
    oauthClientId: api.id,
    oauthClientSecret: api.secret,
    maxRetries: 0,
    normalizeResponses,
  })
}
