import { introspectionEndpoint, type OAuthRequest, type OAuthResponse, revocationEndpoint } from '../src/index.ts'
import { mobileClient, queryOf, webClient } from './authorization.ts'
import { application, basic, settle, World } from './world.ts'

/** Clients of two applications, confidential and public. */
export const servicesWorld = (): World =>
  new World({ extensions: true })
    .register(application())
    .register(application({ id: 'partner' }))
    .register(application({ id: 'api', subscription: 'devtmn' }))
    .register(webClient())
    .register(mobileClient(), undefined)

type Endpoint = (request: OAuthRequest, context: World['context']) => Promise<OAuthResponse>

const asker =
  (endpoint: Endpoint) =>
  async (here: World, parameters: Record<string, string>, client = 'orders', more: Partial<OAuthRequest> = {}) => {
    const authorization = client === '' ? undefined : basic(client, 'pa55-word')
    const contentType = 'application/x-www-form-urlencoded'
    const blank = { method: 'POST', query: '', contentType, body: queryOf(parameters), address: '192.0.2.1' }
    const asked = endpoint({ ...blank, authorization, ...more }, here.context)
    await settle()
    here.clock.advance(1)
    const { status, headers, body } = await asked
    return { status, headers, body: body === '' ? undefined : JSON.parse(body) }
  }

/** As a client, `orders` unless told otherwise, or as none where its ID is empty. */
export const introspect = asker(introspectionEndpoint)
export const revoke = asker(revocationEndpoint)

/** Whether a token works, with nothing remembered of it. */
export async function isAccepted(here: World, token: string): Promise<boolean> {
  here.context.validator.forgetToken(new Uint8Array())
  return (await here.validate(token)).accepted
}
