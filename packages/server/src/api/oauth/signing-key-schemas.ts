const text = { type: 'string' } as const
const moment = { type: 'string', description: 'ISO 8601.' } as const

const signingKey = {
  type: 'object',
  required: ['kid', 'alg', 'state', 'createdAt'],
  properties: {
    kid: { type: 'string', description: 'Key ID (RFC 7517), as in the key set and in the header of JWTs.' },
    alg: text,
    state: {
      type: 'string',
      enum: ['next', 'current', 'previous'],
      description: '`next` is in the key set and does not sign yet, `previous` verifies what it has signed.',
    },
    createdAt: moment,
    signsFrom: { ...moment, description: 'ISO 8601. Absent until it is decided.' },
    verifiesUntil: { ...moment, description: 'ISO 8601. Absent until it is decided.' },
  },
} as const

export const signingKeysReply = {
  type: 'object',
  required: ['keys'],
  properties: {
    keys: { type: 'array', items: signingKey, description: 'The newest first.' },
    rotatesAt: { ...moment, description: 'ISO 8601: when the next key takes over. Absent when that is not decided.' },
  },
} as const

export const signingKeyPath = {
  type: 'object',
  required: ['kid'],
  properties: { kid: { type: 'string', minLength: 1, maxLength: 100 } },
} as const
