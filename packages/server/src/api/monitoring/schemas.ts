const text = { type: 'string' } as const
const searched = { type: 'string', minLength: 1, maxLength: 512 } as const

export const accessLogQuery = {
  type: 'object',
  properties: {
    status: { type: 'string', pattern: '^[1-5](\\d\\d|xx)$', description: 'Such as `404`, or `4xx` for all of them.' },
    method: { type: 'string', pattern: '^[A-Za-z]{1,20}$' },
    user: { ...searched, description: 'Whole name; `-` where authentication failed.' },
    path: { ...searched, description: 'A part of the path, in any case.' },
    limit: { type: 'integer', minimum: 1, maximum: 1_000, default: 100, description: 'Lines in the answer.' },
    before: {
      type: 'string',
      pattern: '^http-access-\\d{4}-\\d\\d-\\d\\d\\.log:\\d{1,15}$',
      description: 'What an answer had in `older`: goes on from there.',
    },
  },
  additionalProperties: false,
} as const

const accessLine = {
  type: 'object',
  required: ['time', 'address', 'user', 'method', 'path', 'status', 'durationMs', 'bytes'],
  properties: {
    time: { type: 'string', description: 'When the request arrived, ISO 8601.' },
    address: { type: 'string', description: 'Of the sender.' },
    user: { type: 'string', description: '`-` where authentication failed.' },
    method: text,
    path: { type: 'string', description: 'Without the query, which may hold credentials.' },
    status: { type: 'integer' },
    durationMs: { type: 'number' },
    bytes: { type: 'integer', description: 'Of the body of the answer.' },
    reason: { type: 'string', description: 'Why the request was refused.' },
  },
} as const

export const accessLogReply = {
  type: 'object',
  required: ['lines'],
  properties: {
    lines: { type: 'array', description: 'The newest first.', items: accessLine },
    older: {
      type: 'string',
      description: 'For parameter `before`, where there may be older lines. An answer looks through 8 MiB at most.',
    },
  },
} as const
