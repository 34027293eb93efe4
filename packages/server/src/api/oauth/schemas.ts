import { type Static, Type } from 'typebox'
import { platformScopes } from './platform-scopes.ts'

const strict = { additionalProperties: false }

const text = (maxLength: number, more: object = {}) => Type.String({ maxLength, ...more })
/** One line: no control characters. */
const line = (maxLength: number) => text(maxLength, { minLength: 1, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })

const lifetime = Type.Object(
  { value: Type.Integer({ minimum: 1 }), unit: Type.Enum(['minutes', 'hours', 'days']) },
  { ...strict, description: 'Lifetime of opaque tokens, at most 180 days. Default: 60 minutes.' },
)
const grant = Type.Enum(['client_credentials', 'authorization_code'])
const kind = Type.Enum(['application', 'platform'])

const editable = {
  name: Type.Optional(line(255)),
  description: Type.Optional(text(1000)),
  subscription: Type.Optional(Type.String({ description: 'The application that its tokens are for.' })),
  grant: Type.Optional(grant),
  confidential: Type.Optional(
    Type.Boolean({ description: 'Whether it has a secret. Default: true, and required for client_credentials.' }),
  ),
  secret: Type.Optional({ ...line(255), description: 'Kept as a hash only. Default: generated and answered once.' }),
  tokenLifetime: Type.Optional(lifetime),
  redirectUri: Type.Optional(Type.String({ maxLength: 2048, description: 'Grant authorization_code only.' })),
  skipConsent: Type.Optional(Type.Boolean({ description: 'Grant authorization_code only.' })),
}

export const clientUpdate = Type.Object(editable, strict)

export const clientCreation = Type.Object(
  {
    ...editable,
    kind: Type.Optional({ ...kind, description: 'Default: application.' }),
    id: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._~-]{1,128}$', description: 'Default: a generated UUID.' })),
    scopes: Type.Optional(
      Type.Array(Type.Enum([...platformScopes]), { uniqueItems: true, description: 'Platform clients only.' }),
    ),
  },
  strict,
)

export type ClientUpdate = Static<typeof clientUpdate>
export type ClientCreation = Static<typeof clientCreation>

export const clientReply = Type.Object({
  id: Type.String(),
  kind,
  name: Type.String(),
  description: Type.String(),
  subscription: Type.String({ description: 'Empty for platform clients.' }),
  user: Type.String({ description: 'The user to assign roles to.' }),
  grant,
  confidential: Type.Boolean(),
  scopes: Type.Array(Type.String()),
  tokenLifetime: lifetime,
  redirectUri: Type.Optional(Type.String()),
  skipConsent: Type.Boolean(),
  createdAt: Type.String({ description: 'ISO 8601.' }),
  secret: Type.Optional(Type.String({ description: 'Only in the answer to the request that generated it.' })),
})

export type ClientReply = Static<typeof clientReply>

export const clientsReply = Type.Object({ clients: Type.Array(clientReply) })
export const clientPath = Type.Object({ id: Type.String() })

export const tokensQuery = Type.Object(
  {
    clientId: Type.Optional(Type.String()),
    user: Type.Optional(Type.String()),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  strict,
)
export const tokensOfClientQuery = Type.Object({ clientId: Type.String({ minLength: 1 }) }, strict)
export const tokenPath = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{64}$' }) })

export const tokensReply = Type.Object({
  tokens: Type.Array(
    Type.Object({
      id: Type.String({ description: 'SHA-256 of the token in hexadecimal.' }),
      clientId: Type.String(),
      user: Type.String(),
      application: Type.String({ description: 'Empty for platform clients.' }),
      issuedAt: Type.String({ description: 'ISO 8601.' }),
      validUntil: Type.String({ description: 'ISO 8601.' }),
    }),
  ),
})
export const revokedReply = Type.Object({ revoked: Type.Integer() })
