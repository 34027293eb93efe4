import { AssertionMaker } from '../src/testing/index.ts'
import type { AuditCase, AuditWorld } from './audit-events.ts'

const providers = '/api/identity/v1/identity-providers'
const basic = 'partner:partner secret'

const makers = new WeakMap<AuditWorld, AssertionMaker>()

function makerOf(world: AuditWorld): AssertionMaker {
  const maker = makers.get(world) ?? new AssertionMaker({ audience: world.tenant.server.url })
  makers.set(world, maker)
  return maker
}

const exchange = (world: AuditWorld, assertion: string) =>
  world.token(
    { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion: world.secret(assertion) },
    basic,
  )

/** What is recorded of identity providers and their assertions. */
export const trustCases: readonly AuditCase[] = [
  {
    name: 'identity providers are trusted, changed and refused',
    act: async world => {
      const { issuer, certificate } = makerOf(world)
      const saml = { issuer, certificates: [certificate] }
      await world.administer('POST', providers, { name: 'corporate', saml })
      await world.administer('PUT', `${providers}/corporate`, { enabled: true, saml, description: 'Everybody' })
      const oidc = { issuer: 'http://login.example', clientId: 'a', clientSecret: world.secret('of the OpenID client') }
      await world.administer('POST', providers, { name: 'partners', oidc })
    },
    expected: [
      'identity-provider create corporate by admin',
      'identity-provider update corporate by admin [description]',
      /^identity-provider create partners by admin !Expected "oidc\.issuer"/,
    ],
  },
  {
    name: 'an assertion is exchanged for tokens, and comes again',
    act: async world => {
      const client = { id: 'partner', name: 'Partner', subscription: 'deviflmap', secret: 'partner secret' }
      await world.administer('POST', '/oauth2/api/v1/clients', client)
      const now = world.tenant.server.clock.now()
      const assertion = makerOf(world).encoded({ now, nameId: 'ada@corp.example' })
      await exchange(world, assertion)
      await exchange(world, assertion)
      await exchange(world, makerOf(world).encoded({ now, nameId: 'admin' }))
    },
    expected: [
      'client create partner by admin',
      /^access-token issue [0-9a-f]{5} by ada@corp\.example\/partner via urn:ietf:params:oauth:grant-type:saml2-bearer$/,
      'access-token issue by /partner !the assertion was used before',
      'access-token issue by /partner !the user name is that of a local user',
    ],
  },
  {
    name: 'an identity provider is trusted no more',
    act: world => world.administer('DELETE', `${providers}/corporate`),
    expected: ['identity-provider delete corporate by admin'],
  },
]
