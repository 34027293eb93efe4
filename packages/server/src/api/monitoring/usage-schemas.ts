import type { StoredKind } from '../../store/store.ts'

const text = { type: 'string' } as const
const number = { type: 'integer' } as const

export const messagesQuery = {
  type: 'object',
  required: ['from', 'interval'],
  properties: {
    from: {
      type: 'string',
      maxLength: 40,
      description: 'A time with its zone, such as 2026-01-31T00:00:00Z: when the first interval begins.',
    },
    to: { type: 'string', maxLength: 40, description: 'Default: now.' },
    interval: {
      type: 'string',
      enum: ['hour', 'day', 'week'],
      description: 'Days have 24 hours. There may be 200 intervals.',
    },
    flow: { type: 'string', maxLength: 512, description: 'Only the flow with this ID.' },
    top: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 10,
      description: 'Flows that are told apart: those with the most messages.',
    },
  },
  additionalProperties: false,
} as const

const figures = {
  messages: { type: 'integer', description: 'That ended then, whatever their status.' },
  failed: { type: 'integer', description: 'Of those, with status FAILED.' },
  averageMs: { type: 'number', description: 'From start to end.' },
  maxMs: { type: 'integer', description: 'Of the slowest.' },
} as const

const required = ['messages', 'failed', 'averageMs', 'maxMs'] as const

const points = {
  type: 'array',
  description: 'Intervals that have any.',
  items: { type: 'object', required: ['interval', ...required], properties: { interval: number, ...figures } },
} as const

const usage = { ...figures, points } as const

export const messagesReply = {
  type: 'object',
  required: ['intervals', 'end', 'all', 'flows'],
  properties: {
    intervals: { type: 'array', description: 'When each begins, ISO 8601.', items: text },
    end: { type: 'string', description: 'Of the last one.' },
    all: { type: 'object', required: [...required, 'points'], properties: usage },
    flows: {
      type: 'array',
      description: 'The most messages first.',
      items: {
        type: 'object',
        required: ['id', 'name', ...required, 'points'],
        properties: { id: text, name: text, ...usage },
      },
    },
    others: {
      type: 'object',
      description: 'All other flows together, where there are any.',
      required: ['flows', ...required, 'points'],
      properties: { flows: { type: 'integer', description: 'How many.' }, ...usage },
    },
  },
} as const

/** In the order in which they are told. */
export const storedKinds = [
  'messageLogs',
  'customHeaders',
  'attachments',
  'runSteps',
  'traceMessages',
  'persistedMessages',
  'dataStoreEntries',
  'variables',
  'queueMessages',
  'processedMessages',
  'tokens',
  'artifacts',
] as const satisfies readonly StoredKind[]

export const storageReply = {
  type: 'object',
  required: ['databaseBytes', 'availableBytes', 'rows'],
  properties: {
    databaseBytes: number,
    availableBytes: { type: 'integer', description: 'What the database can still grow by.' },
    rows: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'rows'],
        properties: { kind: { type: 'string', enum: storedKinds }, rows: number },
      },
    },
  },
} as const

export const tokensReply = {
  type: 'object',
  required: ['clients', 'valid', 'answers'],
  properties: {
    clients: { type: 'integer', description: 'That are registered.' },
    valid: {
      type: 'array',
      description:
        'Opaque tokens that are valid, by client, the most first. JWTs are not stored and cannot be counted.',
      items: { type: 'object', required: ['clientId', 'tokens'], properties: { clientId: text, tokens: number } },
    },
    answers: {
      type: 'array',
      description: 'Of the token endpoint since the server started, by HTTP status.',
      items: { type: 'object', required: ['status', 'count'], properties: { status: number, count: number } },
    },
  },
} as const
