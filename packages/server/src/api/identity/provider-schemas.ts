import { linePattern, namePattern, scopePattern } from '../../http/patterns.ts'
import { metadataLengthMax } from '../../saml/read-metadata.ts'

const line = { type: 'string', maxLength: 255, pattern: linePattern } as const
const filledLine = { ...line, minLength: 1 } as const
const name = {
  ...line,
  minLength: 1,
  pattern: namePattern,
} as const
const affix = { ...line, maxLength: 64, default: '' } as const

export const providerPath = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } as const

const rule = {
  type: 'object',
  required: ['assertionAttribute', 'operation', 'value'],
  properties: {
    assertionAttribute: { ...filledLine, description: 'SAML attribute or claim; case-sensitive.' },
    operation: { type: 'string', enum: ['equals', 'regexp'] },
    value: {
      ...filledLine,
      description:
        'With `regexp` a regular expression for the whole value, as Java has it but without looking around or back.',
    },
  },
  additionalProperties: false,
} as const

const assertionBasedGroup = {
  type: 'object',
  required: ['group', 'rules'],
  properties: {
    group: filledLine,
    rules: { type: 'array', minItems: 1, maxItems: 20, items: rule, description: 'All of them must hold.' },
  },
  additionalProperties: false,
} as const

const saml = {
  type: 'object',
  required: ['issuer', 'certificates'],
  properties: {
    issuer: { ...name, description: 'Entity ID.' },
    certificates: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      items: { type: 'string', maxLength: 24_000 },
      description: 'Signing certificates, each in PEM or base64: RSA of at least 2048 bits, or P-256, P-384 or P-521.',
    },
    userIdAttribute: {
      ...line,
      default: '',
      description: 'Attribute that holds the user name. Default: the name identifier of the subject.',
    },
  },
  additionalProperties: false,
} as const

const oidc = {
  type: 'object',
  required: ['issuer', 'clientId'],
  properties: {
    issuer: { ...name, description: 'Issuer as OpenID Connect Discovery has it: https, or http on this machine.' },
    clientId: filledLine,
    clientSecret: {
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      description: 'Never answered. Without it an update keeps the stored one.',
    },
    scopes: {
      type: 'array',
      maxItems: 50,
      items: { type: 'string', pattern: scopePattern, maxLength: 255 },
      description: 'Asked for beside `openid`. Default: `profile`, `email`.',
    },
    userNameClaim: { ...filledLine, default: 'preferred_username', description: 'Claim that holds the user name.' },
  },
  additionalProperties: false,
} as const

const properties = {
  description: { ...line, default: '' },
  enabled: { type: 'boolean', default: true, description: 'Whether anything that it says is believed.' },
  userIdPrefix: { ...affix, description: 'Put before each user name, so that providers cannot name the same user.' },
  userIdSuffix: affix,
  saml,
  oidc,
  defaultGroups: { type: 'array', maxItems: 100, items: filledLine, default: [], description: 'Of all its users.' },
  assertionBasedGroups: {
    type: 'array',
    maxItems: 100,
    items: assertionBasedGroup,
    default: [],
    description: 'Groups for users with certain attributes. One of several entries of a group is enough.',
  },
} as const

export const providerCreation = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { ...name, description: 'For people and for the parameter `saml2idp`; compared without regard to case.' },
    ...properties,
  },
  additionalProperties: false,
} as const

export const providerUpdate = {
  type: 'object',
  required: ['enabled'],
  properties,
  additionalProperties: false,
} as const

const text = { type: 'string' } as const
const texts = { type: 'array', items: text } as const
const moment = { type: 'string', description: 'ISO 8601.' } as const

const certificateReply = {
  type: 'object',
  required: ['subject', 'validFrom', 'validUntil', 'sha256'],
  properties: {
    subject: text,
    validFrom: moment,
    validUntil: moment,
    sha256: { ...text, description: 'Fingerprint.' },
  },
} as const

export const providerReply = {
  type: 'object',
  required: [
    ...['name', 'kind', 'description', 'enabled', 'userIdPrefix', 'userIdSuffix'],
    ...['defaultGroups', 'assertionBasedGroups', 'createdAt', 'modifiedAt'],
  ],
  properties: {
    name: text,
    kind: { type: 'string', enum: ['saml', 'oidc'] },
    description: text,
    enabled: { type: 'boolean' },
    userIdPrefix: text,
    userIdSuffix: text,
    saml: {
      type: 'object',
      required: ['issuer', 'certificates', 'userIdAttribute'],
      properties: { issuer: text, certificates: texts, userIdAttribute: text },
    },
    certificates: {
      type: 'array',
      items: certificateReply,
      description: 'What the certificates of `saml` say, in their order.',
    },
    oidc: {
      type: 'object',
      required: ['issuer', 'clientId', 'scopes', 'userNameClaim'],
      properties: { issuer: text, clientId: text, scopes: texts, userNameClaim: text },
    },
    redirectUri: { ...text, description: 'Of an OpenID provider: to be registered there, exactly.' },
    defaultGroups: texts,
    assertionBasedGroups: { type: 'array', items: assertionBasedGroup },
    createdAt: moment,
    modifiedAt: moment,
  },
} as const

export const providersReply = {
  type: 'object',
  required: ['identityProviders', 'localProvider'],
  properties: {
    identityProviders: { type: 'array', items: providerReply },
    localProvider: {
      type: 'object',
      description: 'What SAML identity providers have to know of this server.',
      required: ['name', 'tokenEndpoint'],
      properties: {
        name: { ...text, description: 'Audience of assertions.' },
        tokenEndpoint: { ...text, description: 'Recipient of assertions.' },
      },
    },
  },
} as const

export const metadataBody = {
  type: 'object',
  required: ['metadata'],
  properties: {
    metadata: { type: 'string', maxLength: metadataLengthMax, description: 'XML: an EntityDescriptor.' },
  },
  additionalProperties: false,
} as const

export const metadataReply = {
  type: 'object',
  required: ['issuer', 'certificates'],
  properties: { issuer: text, certificates: { ...texts, description: 'PEM.' } },
} as const
