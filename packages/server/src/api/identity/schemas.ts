import { emailPattern, linePattern, userNamePattern } from '../../http/patterns.ts'
import { passwordLength } from '../../identity/password-rules.ts'

const text = { type: 'string' } as const
const moment = { type: 'string', description: 'ISO 8601.' } as const
const line = { type: 'string', maxLength: 255, pattern: linePattern } as const
const email = {
  type: 'string',
  maxLength: 254,
  pattern: emailPattern,
  description: 'E-mail address, or empty.',
} as const
const password = {
  type: 'string',
  description: `${passwordLength.min} to ${passwordLength.max} characters. Default: generated and answered once.`,
} as const

const name = {
  type: 'string',
  maxLength: 128,
  pattern: userNamePattern,
} as const

export const userPath = { type: 'object', required: ['name'], properties: { name: text } } as const

export const usersQuery = {
  type: 'object',
  properties: {
    search: {
      type: 'string',
      maxLength: 255,
      default: '',
      description: 'Part of name, e-mail address or display name.',
    },
    skip: { type: 'integer', minimum: 0, maximum: 1_000_000, default: 0 },
    top: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  },
  additionalProperties: false,
} as const

export const userCreation = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { ...name, description: 'For signing in; compared without regard to case. Not `oauth_client_…`.' },
    email,
    displayName: line,
    password,
    mustChangePassword: { type: 'boolean', description: 'Whether it must be changed at first sign-in. Default: true.' },
  },
  additionalProperties: false,
} as const

export const userUpdate = {
  type: 'object',
  required: ['enabled'],
  properties: {
    email,
    displayName: line,
    enabled: { type: 'boolean', description: 'False ends sessions, revokes tokens and lets nobody sign in.' },
  },
  additionalProperties: false,
} as const

export const passwordReset = {
  type: 'object',
  properties: {
    password,
    mustChangePassword: { type: 'boolean', description: 'Whether it must be changed at next sign-in. Default: true.' },
  },
  additionalProperties: false,
} as const

const generated = {
  type: 'string',
  description: 'Only in the answer to the request that generated it.',
} as const

export const passwordReply = { type: 'object', properties: { password: generated } } as const

export const userReply = {
  type: 'object',
  required: ['name', 'email', 'displayName', 'enabled', 'mustChangePassword', 'createdAt'],
  properties: {
    name: text,
    email: text,
    displayName: text,
    enabled: { type: 'boolean' },
    mustChangePassword: { type: 'boolean' },
    lockedUntil: { ...moment, description: 'ISO 8601. Only while wrong passwords lock the user.' },
    createdAt: moment,
    signedInAt: { ...moment, description: 'ISO 8601: when the user last began a session. Missing when never.' },
    password: generated,
  },
} as const

export const usersReply = {
  type: 'object',
  required: ['users', 'count'],
  properties: {
    users: { type: 'array', items: userReply },
    count: { type: 'integer', description: 'How many match in all.' },
  },
} as const

const count = { type: 'integer' } as const
export const departureReply = {
  type: 'object',
  description: 'What went with the user: role assignments, memberships in groups, sessions, opaque tokens.',
  required: ['roles', 'groups', 'sessions', 'tokens'],
  properties: { roles: count, groups: count, sessions: count, tokens: count },
} as const
