import { diagnostics } from './diagnostics.ts'
import { editedArtifact } from './edited-artifact.ts'

const text = { type: 'string' } as const
const texts = { type: 'object', additionalProperties: text } as const
const bytes = { type: 'string', contentEncoding: 'base64', description: 'The body, instead, in base64.' } as const

const reply = {
  type: 'object',
  properties: {
    status: { type: 'integer', minimum: 100, maximum: 599, description: 'Default: 200.' },
    headers: texts,
    body: { type: 'string', description: 'Without one, the body stays as it was; over HTTP it is empty.' },
    bytes,
    failure: { type: 'string', description: 'The text of a failure instead of an answer; over HTTP: no connection.' },
  },
  additionalProperties: false,
} as const

/** What `POST /simulations` takes. */
export const simulationRequest = {
  type: 'object',
  required: ['files'],
  properties: {
    ...editedArtifact,
    from: {
      type: 'string',
      description:
        'BPMN ID of the first step or event, or of the sequence flow before it. Default: the start of the process that the first sender leads to.',
    },
    to: {
      type: 'string',
      description:
        'BPMN ID of the last step or event, or of the sequence flow behind it. A branch that gets there ends, others go on, and nothing comes behind. Default: the end of the process.',
    },
    message: {
      type: 'object',
      description: 'The message before the first step, as it is: no sender lets it in.',
      properties: {
        headers: texts,
        properties: texts,
        body: { type: 'string', description: 'Default: none.' },
        bytes,
      },
      additionalProperties: false,
    },
    mocks: {
      type: 'object',
      description:
        'Answers of receivers by ID or name of their channel; several are given in turn, the last one again and again. Any other receiver answers with what it got.',
      additionalProperties: { anyOf: [reply, { type: 'array', items: reply, minItems: 1, maxItems: 1_000 }] },
    },
  },
  additionalProperties: false,
} as const

const message = {
  type: 'object',
  required: ['headers', 'properties', 'body'],
  properties: {
    headers: { ...texts, description: 'Long ones are cut, which `…` shows.' },
    properties: texts,
    body: {
      type: 'object',
      required: ['mediaType', 'size', 'isCut'],
      properties: {
        text: { type: 'string', description: 'Of a body in UTF-8.' },
        base64: { type: 'string', description: 'Of any other body.' },
        mediaType: {
          type: 'string',
          description: 'As header `Content-Type` says, else `text/plain` or `application/octet-stream`.',
        },
        size: { type: 'integer', description: 'Bytes of the whole body.' },
        isCut: { type: 'boolean', description: 'Whether this is only its beginning.' },
      },
    },
  },
} as const

const step = {
  type: 'object',
  required: ['elementId', 'name', 'processId', 'depth', 'branch'],
  properties: {
    elementId: text,
    name: text,
    processId: text,
    depth: {
      type: 'integer',
      description: '0 in the process that was started, 1 in a local process called from there, …',
    },
    branch: {
      type: 'string',
      description: 'Which part or branch: its index, behind those of the ones it is within: `2`, `2.0`. Empty outside.',
    },
    ms: { type: 'integer', description: 'How long it took. Missing: it did not end.' },
    before: message,
    after: message,
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: text, message: text },
    },
  },
} as const

const call = {
  type: 'object',
  required: ['channelId', 'channelName', 'adapter', 'message'],
  properties: {
    channelId: text,
    channelName: text,
    adapter: { type: 'string', description: 'Its component type, such as HTTP.' },
    request: {
      type: 'object',
      description: 'Adapters that speak HTTP: what would have been sent. Secrets are invented.',
      required: ['method', 'url', 'headers'],
      properties: { method: text, url: text, headers: texts },
    },
    message,
  },
} as const

/** What `POST /simulations` answers. */
export const simulationAnswer = {
  type: 'object',
  required: ['status', 'diagnostics', 'steps', 'stepsLeftOut', 'calls'],
  properties: {
    status: {
      type: 'string',
      enum: ['COMPLETED', 'FAILED', 'ESCALATED', 'NOT_STARTED'],
      description: 'NOT_STARTED: the diagnostics say why.',
    },
    failure: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: text, message: text, elementId: text },
    },
    diagnostics,
    steps: {
      type: 'array',
      items: step,
      description: 'In the order in which they began. Messages are left out when there are too many.',
    },
    stepsLeftOut: { type: 'integer', description: 'How many more steps there were.' },
    calls: { type: 'array', items: call, description: 'Calls of receivers, in their order.' },
    message: { ...message, description: 'As the last step left it.' },
  },
} as const
