import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { grants, oauthMetadata, oauthPaths } from '../src/index.ts'
import { World } from './world.ts'

const world = () => new World({ extensions: true })

const rules: readonly Rule<World>[] = [
  {
    section: '§2',
    rule: 'what is required is there',
    asked: ({ context }) => {
      const { issuer, authorization_endpoint, token_endpoint, response_types_supported } = oauthMetadata(context)
      return { issuer, authorization_endpoint, token_endpoint, response_types_supported }
    },
    expected: {
      issuer: 'https://sluice.example',
      authorization_endpoint: 'https://sluice.example/oauth2/api/v1/authorize',
      token_endpoint: 'https://sluice.example/oauth2/api/v1/token',
      response_types_supported: ['code'],
    },
  },
  {
    section: '§2',
    rule: 'a server without certificate has an issuer of http',
    asked: () => oauthMetadata(new World({ issuer: 'http://localhost:8080' }).context).issuer,
    expected: 'http://localhost:8080',
    differs: true,
  },
  {
    section: '§2',
    rule: 'scopes are not listed: each application has its own',
    asked: ({ context }) => oauthMetadata(context).scopes_supported,
    expected: undefined,
    differs: true,
  },
  {
    section: '§2',
    rule: 'every grant is listed, as the default would be another list',
    asked: ({ context }) => oauthMetadata(context).grant_types_supported,
    expected: grants.map(({ type }) => type),
  },
  {
    section: '§2',
    rule: 'every way to authenticate that the setting takes is listed, and none else',
    asked: () =>
      (['basic', 'form', 'query'] as const).map(
        clientAuthentication =>
          oauthMetadata(new World({ clientAuthentication }).context).token_endpoint_auth_methods_supported,
      ),
    expected: [
      ['client_secret_basic', 'none'],
      ['client_secret_basic', 'client_secret_post', 'none'],
      ['client_secret_basic', 'client_secret_post', 'none'],
    ],
  },
  {
    section: '§2',
    rule: 'revocation and introspection are named with their ways to authenticate, where they are offered',
    asked: ({ context }) => {
      const all = Object.entries(oauthMetadata(context))
      const named = (part: string) => all.filter(([name]) => name.startsWith(part)).length
      const without = Object.keys(oauthMetadata(new World().context))
      return [named('revocation'), named('introspection'), without.filter(name => /revoc|introsp/.test(name))]
    },
    expected: [3, 3, []],
  },
  {
    section: '§2',
    rule: 'where revocation and introspection are',
    asked: ({ context }) => {
      const { revocation_endpoint, introspection_endpoint } = oauthMetadata(context)
      return [revocation_endpoint, introspection_endpoint]
    },
    expected: ['https://sluice.example/oauth2/api/v1/revoke', 'https://sluice.example/oauth2/api/v1/introspect'],
  },
  {
    section: '§2',
    rule: 'endpoints are absolute URLs of the issuer without a fragment',
    asked: ({ context }) =>
      Object.entries(oauthMetadata(context))
        .filter(([name]) => /_(endpoint|uri)$/.test(name))
        .map(([, value]) => new URL(String(value)))
        .filter(({ origin, hash }) => origin !== 'https://sluice.example' || hash !== ''),
    expected: [],
  },
  {
    section: '§3',
    rule: 'it is at the well-known path',
    asked: () => oauthPaths.metadata,
    expected: '/.well-known/oauth-authorization-server',
  },
  {
    section: '§3.2',
    rule: 'nothing is listed that is empty',
    asked: ({ context }) =>
      Object.entries(oauthMetadata(context)).filter(
        ([, value]) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
      ),
    expected: [],
  },
]

testRules('RFC 8414', world, rules)
