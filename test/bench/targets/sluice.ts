import { type LoadRequest, probe } from '../load.ts'
import { clientId, clientSecret, helloAnswer, type SluiceServer, setUpHello, startSluice } from '../sluice-server.ts'
import type { Target } from '../target.ts'
import { checkToken, tokenRequest } from '../token-request.ts'

function sluice(name: string, title: string, requestOf: (server: SluiceServer) => Promise<LoadRequest>): Target {
  return {
    name,
    title,
    async start({ serverCore, directory }) {
      const server = await startSluice(serverCore, `${directory}/${name}`)
      await setUpHello(server)
      const request = await requestOf(server)
      await probe(request)
      return { process: server.process, request }
    },
  }
}

const tokenPath = '/oauth2/api/v1/token'

/** Secret verified, token stored and on disk before the answer. */
export const sluiceTokenOpaque = sluice('sluice-token-opaque', 'Sluice, opaque, stored', async ({ url }) => ({
  ...tokenRequest(`${url}${tokenPath}`, clientId, clientSecret),
  check: checkToken('opaque'),
}))

export const sluiceTokenEs256 = sluice('sluice-token-es256', 'Sluice, JWT ES256', async ({ url }) => ({
  ...tokenRequest(`${url}${tokenPath}?token_format=jwtrfc`, clientId, clientSecret),
  check: checkToken('jwt'),
}))

/** Token and role checked, Content Modifier run, message processing log written. */
export const sluiceCall = sluice('sluice-call', 'Sluice, flow called, log stored', async ({ url, tenant }) => ({
  url: `${url}/http/hello`,
  method: 'POST',
  headers: {
    authorization: `Bearer ${await tenant.issueToken(clientId, clientSecret)}`,
    'content-type': 'text/plain',
  },
  body: 'Hi',
  check(body) {
    if (body !== helloAnswer) throw new Error(`Expected "${helloAnswer}", found "${body}"`)
  },
}))
