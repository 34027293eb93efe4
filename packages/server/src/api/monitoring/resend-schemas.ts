import { numberPattern } from '../../http/patterns.ts'

const text = { type: 'string' } as const

export const messagePath = {
  type: 'object',
  required: ['messageGuid'],
  properties: { messageGuid: { type: 'string', minLength: 1, maxLength: 128 } },
} as const

export const resendBody = {
  type: 'object',
  description: 'Either `storeEntry` or `traceMessage`.',
  properties: {
    storeEntry: { type: 'string', maxLength: 128, description: 'ID of an entry of the message store.' },
    traceMessage: { type: 'string', pattern: numberPattern, description: 'ID of a traced message.' },
    address: {
      type: 'string',
      maxLength: 1_024,
      description: 'Of the sender to use, for a flow with more than one: `/orders`.',
    },
  },
  additionalProperties: false,
} as const

export const resendReply = {
  type: 'object',
  description: 'The message that was processed.',
  required: ['messageGuid', 'status', 'resentFrom'],
  properties: {
    messageGuid: text,
    status: { type: 'string', description: '`COMPLETED`, `FAILED` or `ESCALATED`.' },
    resentFrom: {
      type: 'string',
      description: 'The message that it was. Its log has it in custom header `ResentFrom`.',
    },
  },
} as const
