import { test } from 'node:test'
import { serviceRequests, tokenRequests } from '../../../test/fuzzed-oauth-requests.ts'
import {
  challenge,
  clientSecret,
  codesOf,
  fuzz,
  refreshTokenOf,
  fuzzSeed as seed,
  signedIn,
  startFuzzTenant,
} from './oauth-fuzz.ts'

// Part of the fuzz run of the authorization server: 200,000 requests in fuzz-oauth-*.test.ts.

test(`40,000 requests for tokens and about tokens are answered as they should be (seed ${seed})`, async context => {
  const tenant = await startFuzzTenant()
  try {
    const { cookie } = (await signedIn(tenant, tenant.server.admin)).visitor
    await tenant.token('orders', '', clientSecret)
    const refill = async () => {
      const [first = '', second = '', ...code] = await codesOf(tenant, cookie, { client_id: 'swift' }, 16)
      const bound = { client_id: 'swift', code_challenge: challenge, code_challenge_method: 'S256' }
      return {
        code,
        boundCode: await codesOf(tenant, cookie, bound, 14),
        refreshToken: [await refreshTokenOf(tenant, first), await refreshTokenOf(tenant, second)],
        token: [await tenant.token('orders', '', clientSecret)],
        jwt: [await tenant.token('orders', '&token_format=jwt', clientSecret)],
      }
    }
    const tokens = { count: 30_000, seed, successMin: 0.25 }
    context.diagnostic(await fuzz(tenant, tokenRequests, refill, tokens))
    const services = { count: 10_000, seed: seed + 1, successMin: 0.4 }
    context.diagnostic(await fuzz(tenant, serviceRequests, refill, services))
  } finally {
    await tenant.close()
  }
})
