const text = { type: 'string' } as const

export const externalUserReply = {
  type: 'object',
  required: ['name', 'provider', 'subject', 'email', 'displayName', 'signedInAt'],
  properties: {
    name: text,
    provider: {
      type: 'string',
      description: 'The identity provider that vouches for the user. The list has a name once for each.',
    },
    subject: {
      type: 'string',
      description:
        'Who the user is at an OpenID provider (claim `sub`): no other account gets the name. Empty for SAML.',
    },
    email: text,
    displayName: text,
    signedInAt: { type: 'string', description: 'ISO 8601: the last sign-in or assertion.' },
  },
} as const

export const externalUsersReply = {
  type: 'object',
  required: ['users', 'count'],
  properties: {
    users: { type: 'array', items: externalUserReply },
    count: { type: 'integer', description: 'All that match.' },
  },
} as const

export const mappedGroupsQuery = {
  type: 'object',
  required: ['user'],
  properties: { user: { type: 'string', minLength: 1, maxLength: 255 } },
  additionalProperties: false,
} as const

export const mappedGroupsReply = {
  type: 'object',
  required: ['groups'],
  properties: {
    groups: {
      type: 'array',
      items: { type: 'object', required: ['group', 'provider'], properties: { group: text, provider: text } },
    },
  },
} as const
