import type { FromSchema } from 'json-schema-to-ts'
import { momentPattern } from '../../http/patterns.ts'
import { secretText } from './schemas.ts'

const text = { type: 'string' } as const
const moment = { type: 'string', description: 'ISO 8601.' } as const
const state = { type: 'string', enum: ['valid', 'expiring', 'expired'] } as const

export const clientSecretReply = {
  type: 'object',
  required: ['id', 'createdAt', 'state'],
  properties: {
    id: text,
    createdAt: moment,
    expiresAt: { ...moment, description: 'ISO 8601. Absent: never.' },
    lastUsedAt: { ...moment, description: 'ISO 8601, about five minutes exact. Absent: never.' },
    state,
    secret: { type: 'string', description: 'Only in the answer to the request that generated it.' },
  },
} as const

export type ClientSecretReply = FromSchema<typeof clientSecretReply>

export const clientSecretsReply = {
  type: 'object',
  required: ['secrets'],
  properties: { secrets: { type: 'array', items: clientSecretReply, description: 'Oldest first.' } },
} as const

const expiresAt = {
  type: 'string',
  pattern: momentPattern,
  description: 'ISO 8601, in the future. Default: never.',
} as const

export const secretCreation = {
  type: 'object',
  properties: { secret: secretText, expiresAt },
  additionalProperties: false,
} as const

export const secretUpdate = { type: 'object', properties: { expiresAt }, additionalProperties: false } as const

export const secretPath = {
  type: 'object',
  required: ['id', 'secretId'],
  properties: { id: text, secretId: text },
} as const

export type SecretCreation = FromSchema<typeof secretCreation>
export type SecretUpdate = FromSchema<typeof secretUpdate>
