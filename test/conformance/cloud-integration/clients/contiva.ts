import contiva from '@contiva/sap-integration-suite-client'
import type { AcceptanceTenant } from '../acceptance-tenant.ts'

/** The client of `@contiva/sap-integration-suite-client`. */
export type Contiva = InstanceType<typeof contiva.default>

/** The npm package as it is; it sends its credentials in the query and never tries again here. */
export function openContiva({ url, tokenPath, api }: AcceptanceTenant): Contiva {
  return new contiva.default({
    baseUrl: `${url}/api/v1`,
    oauthTokenUrl: `${url}${tokenPath}`,
    oauthClientId: api.id,
    oauthClientSecret: api.secret,
    maxRetries: 0,
  })
}
