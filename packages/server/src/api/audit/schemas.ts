import { auditActions, auditCategories, auditMethods, auditObjects } from '../../store/audit-catalogue.ts'

const text = { type: 'string' } as const
const name = { type: 'string', minLength: 1, maxLength: 512 } as const
const objects = [...auditObjects.keys()]

const filters = {
  from: { type: 'string', maxLength: 40, description: 'From this time on, ISO 8601.' },
  to: { type: 'string', maxLength: 40, description: 'Before this time.' },
  category: { type: 'string', enum: auditCategories },
  object: { type: 'string', enum: objects, description: 'What it is about.' },
  action: { type: 'string', enum: auditActions },
  user: { ...name, description: 'Whole name, exactly.' },
  clientId: { ...name, description: 'Whole ID, exactly.' },
  address: name,
  outcome: { type: 'string', enum: ['success', 'failure'] },
  text: { ...name, description: 'In an ID, a user, a client, an address or a reason; in any case.' },
} as const

export const exportQuery = { type: 'object', properties: filters, additionalProperties: false } as const

export const recordsQuery = {
  type: 'object',
  properties: {
    ...filters,
    limit: { type: 'integer', minimum: 1, maximum: 1_000, default: 100, description: 'Records in the answer.' },
    before: {
      type: 'string',
      pattern: '^\\d{1,15}-\\d{1,15}$',
      description: 'What an answer had in `older`: goes on from there.',
    },
  },
  additionalProperties: false,
} as const

export const record = {
  type: 'object',
  required: ['id', 'time', 'category', 'object', 'action', 'outcome'],
  properties: {
    id: { type: 'integer', description: 'Counts up.' },
    time: { type: 'string', description: 'ISO 8601.' },
    category: { type: 'string', enum: auditCategories },
    object: { type: 'string', enum: objects },
    action: { type: 'string', enum: auditActions },
    outcome: { type: 'string', enum: ['success', 'failure'] },
    ids: {
      type: 'array',
      description: 'Which objects: IDs, names; of tokens and codes the first 5 characters.',
      items: text,
    },
    user: { type: 'string', description: 'Who did it; none where a client did it for itself.' },
    clientId: { type: 'string', description: 'The client that did it, or by way of which the user did.' },
    address: { type: 'string', description: 'Where the request came from.' },
    method: { type: 'string', enum: auditMethods, description: 'The grant, the way of signing in, or what caused it.' },
    reason: { type: 'string', description: 'Why it failed.' },
    changes: {
      type: 'array',
      description: 'Fields that changed, without values; of assignments, whom they are about.',
      items: text,
    },
    count: { type: 'integer', description: 'How many the record stands for, where these are more than one.' },
  },
} as const

export const recordsReply = {
  type: 'object',
  required: ['records'],
  properties: {
    records: { type: 'array', description: 'The latest first.', items: record },
    older: { type: 'string', description: 'For parameter `before`, where there may be earlier ones.' },
  },
} as const

export const exportReply = {
  description: 'One record as JSON a line, the latest first.',
  content: { 'application/x-ndjson': { schema: record } },
} as const

const account = { type: 'string', description: 'Technical name of the subaccount.' } as const

export const accountPath = { type: 'object', required: ['account'], properties: { account } } as const

export const originalQuery = {
  type: 'object',
  properties: {
    $filter: { type: 'string', description: 'On `Time` (`yyyy-mm-ddThh.MM.ss`), `User`, `Category`, `Application`.' },
    $top: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
    $skip: { type: 'integer', minimum: 0, maximum: 1_000_000_000, default: 0 },
    $count: { type: 'string', enum: ['true', 'false'] },
    $skiptoken: { type: 'string', pattern: '^\\d{1,15}-\\d{1,15}$' },
  },
} as const

export const originalReply = {
  type: 'object',
  required: ['@odata.context', 'value'],
  properties: {
    '@odata.context': text,
    '@odata.count': { type: 'integer' },
    value: {
      type: 'array',
      items: {
        type: 'object',
        required: ['Uuid', 'Category', 'User', 'Tenant', 'Account', 'Application', 'Time', 'Message', 'InstanceId'],
        properties: {
          ...{ Uuid: text, Category: text, User: text, Tenant: text, Account: text, Application: text },
          ...{ Time: text, Message: text, InstanceId: { type: 'null' }, FormatVersion: text },
        },
      },
    },
    '@odata.nextLink': text,
  },
} as const

export const retentionReply = {
  type: 'object',
  required: ['retention'],
  properties: { retention: { type: 'integer', description: 'Days.' } },
} as const
