export const credentials = {
  type: 'object',
  required: ['user', 'password'],
  properties: {
    user: { type: 'string', minLength: 1, maxLength: 128 },
    password: { type: 'string', minLength: 1, maxLength: 512 },
  },
  additionalProperties: false,
} as const

export const passwordChange = {
  type: 'object',
  required: ['user', 'password', 'newPassword'],
  properties: { ...credentials.properties, newPassword: { type: 'string', description: '8 to 512 characters.' } },
  additionalProperties: false,
} as const

const text = { type: 'string' } as const

export const session = {
  type: 'object',
  description: 'Who is signed in. Header `X-CSRF-Token` of the answer is the token to send with changes.',
  required: ['user', 'expiresAt', 'subaccount', 'roles'],
  properties: {
    user: text,
    provider: { type: 'string', description: 'Identity provider where the user signed in; none for local users.' },
    expiresAt: { type: 'string', description: 'ISO 8601; each request moves it on, up to 12 hours after sign-in.' },
    subaccount: { type: 'string', description: 'Technical name.' },
    roles: {
      type: 'array',
      description: 'Assigned to the user and its groups; those in an `AuthGroup` role besides it.',
      items: { type: 'object', required: ['application', 'role'], properties: { application: text, role: text } },
    },
  },
} as const

export const providers = {
  type: 'object',
  required: ['providers'],
  properties: {
    providers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'path'],
        properties: {
          name: { type: 'string', description: 'Of the OpenID provider.' },
          path: {
            type: 'string',
            description: 'Where a browser goes to sign in; its parameter `return_to` is the path to go on to.',
          },
        },
      },
    },
  },
} as const
