import { fileURLToPath } from 'node:url'
import { probe } from '../load.ts'
import { freePort, startProcess, waitUntil } from '../server-process.ts'
import type { Target } from '../target.ts'
import { checkToken, tokenRequest } from '../token-request.ts'

const script = fileURLToPath(new URL('../peers/oidc-provider.js', import.meta.url))
const clientId = 'bench'
const clientSecret = 'a-secret-that-is-compared-in-plain'

/** panva's oidc-provider, client credentials, its default storage in memory: nothing is written to disk. */
function oidcProvider(format: 'opaque' | 'jwt', title: string): Target {
  return {
    name: `oidc-provider-${format === 'jwt' ? 'es256' : 'opaque'}`,
    title,
    async start({ serverCore, directory }) {
      const port = await freePort()
      const process = startProcess({
        core: serverCore,
        args: [script, String(port), format, clientId, clientSecret],
        logFile: `${directory}/oidc-provider-${format}.log`,
      })
      const url = `http://127.0.0.1:${port}/token`
      const request = { ...tokenRequest(url, clientId, clientSecret), check: checkToken(format) }
      await waitUntil(() => probe(request).then(() => true), process)
      return { process, request }
    },
  }
}

export const oidcProviderOpaque = oidcProvider('opaque', 'oidc-provider, opaque, in memory')
export const oidcProviderEs256 = oidcProvider('jwt', 'oidc-provider, JWT ES256')
