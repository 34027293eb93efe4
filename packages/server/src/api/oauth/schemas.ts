import type { FromSchema } from 'json-schema-to-ts'
import { clientIdPattern, linePattern } from '../../http/patterns.ts'
import { platformScopes } from './platform-scopes.ts'

const text = { type: 'string' } as const
const moment = { type: 'string', description: 'ISO 8601.' } as const
/** One line: no control characters. */
const line = { type: 'string', minLength: 1, maxLength: 255, pattern: linePattern } as const

/** A secret that an administrator chooses. */
export const secretText = {
  ...line,
  description: 'Kept as a hash only. Default: generated and answered once.',
} as const

const lifetime = {
  type: 'object',
  description: 'Lifetime of opaque tokens, at most 180 days. Default: 60 minutes.',
  required: ['value', 'unit'],
  properties: {
    value: { type: 'integer', minimum: 1 },
    unit: { type: 'string', enum: ['minutes', 'hours', 'days'] },
  },
  additionalProperties: false,
} as const
const refreshLifetime = {
  ...lifetime,
  description: 'Grant authorization_code only: lifetime of refresh tokens, at most 180 days. Default: 30 days.',
} as const
const grant = { type: 'string', enum: ['client_credentials', 'authorization_code'] } as const
const kind = { type: 'string', enum: ['application', 'platform'] } as const

const description = { type: 'string', maxLength: 1000 } as const

const translations = {
  type: 'object',
  description: 'Name and description in other languages, by language tag (RFC 5646) such as `de` or `pt-BR`.',
  maxProperties: 50,
  patternProperties: {
    '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$': {
      type: 'object',
      properties: { name: line, description },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
} as const

const authMethod = {
  type: 'string',
  enum: [
    ...(['client_secret_basic', 'none', 'private_key_jwt'] as const),
    ...(['tls_client_auth', 'self_signed_tls_client_auth'] as const),
  ],
} as const
const name = { type: 'string', minLength: 1, maxLength: 1000 } as const
const keySet = {
  type: 'object',
  required: ['keys'],
  properties: { keys: { type: 'array', items: { type: 'object', required: ['kty'] } } },
} as const

/** How a client authenticates, and what it and its users must show. Names are those of RFC 7591, 8705, 9126 and 9449. */
const proofs = {
  tokenEndpointAuthMethod: {
    ...authMethod,
    description:
      'Default: `client_secret_basic`, which stands for every way of sending a secret that the server takes; of clients that are not confidential `none`.',
  },
  tlsClientAuthSubjectDn: {
    ...name,
    description: 'As in RFC 4514. Of the names for `tls_client_auth` exactly one is needed.',
  },
  tlsClientAuthSanDns: name,
  tlsClientAuthSanUri: name,
  tlsClientAuthSanIp: name,
  tlsClientAuthSanEmail: name,
  certificate: {
    type: 'string',
    maxLength: 65_536,
    description: 'For `self_signed_tls_client_auth`: certificates in PEM, any of which counts.',
  },
  requirePushedAuthorizationRequests: { type: 'boolean', description: 'Grant authorization_code only.' },
  dpopBoundAccessTokens: { type: 'boolean', description: 'Whether every token request needs a DPoP proof.' },
  tlsClientCertificateBoundAccessTokens: {
    type: 'boolean',
    description: 'Whether tokens are bound to the TLS client certificate of the request that got them.',
  },
} as const

const editable = {
  name: line,
  description,
  subscription: { type: 'string', description: 'The application that its tokens are for.' },
  grant,
  confidential: {
    type: 'boolean',
    description: 'Whether it has a secret. Default: true, and required for client_credentials.',
  },
  secret: secretText,
  tokenLifetime: lifetime,
  refreshTokenLifetime: refreshLifetime,
  redirectUri: { type: 'string', maxLength: 2048, description: 'Grant authorization_code only.' },
  skipConsent: { type: 'boolean', description: 'Grant authorization_code only.' },
  translations,
  ...proofs,
  jwks: {
    anyOf: [keySet, { type: 'string', maxLength: 65_536 }],
    description: 'For `private_key_jwt`: public keys as a JWKS (RFC 7517), or as a text in PEM.',
  },
} as const

export const clientUpdate = { type: 'object', properties: editable, additionalProperties: false } as const

export const clientCreation = {
  type: 'object',
  properties: {
    ...editable,
    kind: { ...kind, description: 'Default: application.' },
    id: { type: 'string', pattern: clientIdPattern, description: 'Default: a generated UUID.' },
    scopes: {
      type: 'array',
      items: { type: 'string', enum: platformScopes },
      uniqueItems: true,
      description: 'Platform clients only.',
    },
  },
  additionalProperties: false,
} as const

export type ClientUpdate = FromSchema<typeof clientUpdate>
export type ClientCreation = FromSchema<typeof clientCreation>

export const clientReply = {
  type: 'object',
  required: [
    ...(['id', 'kind', 'name', 'description', 'subscription', 'user', 'grant', 'confidential'] as const),
    ...(['scopes', 'tokenLifetime', 'skipConsent', 'translations', 'createdAt', 'tokenEndpointAuthMethod'] as const),
  ],
  properties: {
    id: text,
    kind,
    name: text,
    description: text,
    subscription: { type: 'string', description: 'Empty for platform clients.' },
    user: { type: 'string', description: 'The user to assign roles to.' },
    grant,
    confidential: { type: 'boolean' },
    scopes: { type: 'array', items: text },
    tokenLifetime: lifetime,
    refreshTokenLifetime: refreshLifetime,
    redirectUri: text,
    skipConsent: { type: 'boolean' },
    translations,
    createdAt: moment,
    ...proofs,
    jwks: keySet,
    secret: { type: 'string', description: 'Only in the answer to the request that generated it.' },
    secretExpiresAt: {
      type: 'string',
      description: 'ISO 8601: when the next of its secrets expires, or the last one has. Absent when none does.',
    },
    secretState: {
      type: 'string',
      enum: ['valid', 'expiring', 'expired'],
      description: 'Of that expiry. `expiring`: within the days that are set for warnings.',
    },
  },
} as const

export type ClientReply = FromSchema<typeof clientReply>

export const clientsReply = {
  type: 'object',
  required: ['clients'],
  properties: { clients: { type: 'array', items: clientReply } },
} as const
export const clientPath = { type: 'object', required: ['id'], properties: { id: text } } as const

export const tokensQuery = {
  type: 'object',
  properties: {
    clientId: text,
    user: text,
    limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  },
  additionalProperties: false,
} as const
export const revocationQuery = {
  type: 'object',
  properties: {
    clientId: { type: 'string', minLength: 1 },
    user: { type: 'string', minLength: 1, description: 'Instead of `clientId`.' },
    all: { const: 'true', description: 'Instead of both: the tokens of everybody, also that of the caller.' },
  },
  additionalProperties: false,
} as const
export const tokenPath = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', pattern: '^[0-9a-f]{72}$' } },
} as const

export const tokensReply = {
  type: 'object',
  required: ['tokens'],
  properties: {
    tokens: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'clientId', 'user', 'application', 'issuedAt', 'validUntil'],
        properties: {
          id: { type: 'string', description: 'In hexadecimal. The last 64 digits are SHA-256 of the token.' },
          clientId: text,
          user: text,
          application: { type: 'string', description: 'Empty for platform clients.' },
          issuedAt: moment,
          validUntil: moment,
        },
      },
    },
  },
} as const
export const authorizationPath = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer', minimum: 1, maximum: 2_147_483_647 } },
} as const

export const authorizationsReply = {
  type: 'object',
  required: ['authorizations'],
  properties: {
    authorizations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'clientId', 'user', 'application', 'scopes', 'issuedAt', 'usedAt', 'validUntil'],
        properties: {
          id: { type: 'integer' },
          clientId: text,
          user: text,
          application: text,
          scopes: { type: 'array', items: text },
          issuedAt: { ...moment, description: 'When the user allowed it.' },
          usedAt: { ...moment, description: 'When the client last got tokens for it.' },
          validUntil: { ...moment, description: 'When the last of these tokens expires.' },
        },
      },
    },
  },
} as const
export const revokedReply = {
  type: 'object',
  required: ['revoked'],
  properties: { revoked: { type: 'integer', description: 'Access tokens.' } },
} as const

export const metadataReply = {
  type: 'object',
  required: ['issuer', 'token_endpoint', 'jwks_uri', 'grant_types_supported'],
  properties: {
    issuer: text,
    token_endpoint: text,
    jwks_uri: text,
    grant_types_supported: { type: 'array', items: text },
    authorization_endpoint: text,
    revocation_endpoint: text,
    revocation_endpoint_auth_methods_supported: { type: 'array', items: text },
    introspection_endpoint: text,
    introspection_endpoint_auth_methods_supported: { type: 'array', items: text },
    response_types_supported: { type: 'array', items: text },
    response_modes_supported: { type: 'array', items: text },
    code_challenge_methods_supported: { type: 'array', items: text },
    authorization_response_iss_parameter_supported: { type: 'boolean' },
    token_endpoint_auth_methods_supported: { type: 'array', items: text },
    token_endpoint_auth_signing_alg_values_supported: { type: 'array', items: text },
    revocation_endpoint_auth_signing_alg_values_supported: { type: 'array', items: text },
    introspection_endpoint_auth_signing_alg_values_supported: { type: 'array', items: text },
    pushed_authorization_request_endpoint: text,
    require_pushed_authorization_requests: { type: 'boolean' },
    dpop_signing_alg_values_supported: { type: 'array', items: text },
    tls_client_certificate_bound_access_tokens: { type: 'boolean' },
  },
} as const
export const keysReply = {
  type: 'object',
  required: ['keys'],
  properties: { keys: { type: 'array', items: { type: 'object', required: ['kty', 'kid'] } } },
} as const

/** RFC 9126 §2.2. */
export const pushedReply = {
  type: 'object',
  required: ['request_uri', 'expires_in'],
  properties: { request_uri: text, expires_in: { type: 'integer', description: 'Seconds.' } },
} as const

/** RFC 7662 §2.2. */
export const introspectionReply = {
  type: 'object',
  required: ['active'],
  properties: {
    active: { type: 'boolean' },
    token_type: text,
    scope: text,
    client_id: text,
    username: text,
    sub: text,
    aud: text,
    iss: text,
    exp: { type: 'integer', description: 'Seconds since 1970.' },
    cnf: {
      type: 'object',
      description: 'What its user has to have (RFC 7800).',
      properties: { jkt: text, 'x5t#S256': text },
    },
  },
} as const
