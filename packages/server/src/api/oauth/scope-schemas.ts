import { declaredScopePattern, languageTagPattern, linePattern } from '../../http/patterns.ts'

const application = {
  type: 'string',
  description: 'An application of the subaccount, for example "deviflmap".',
} as const
const description = { type: 'string', minLength: 1, maxLength: 255, pattern: linePattern } as const

const id = { type: 'string', pattern: declaredScopePattern } as const

const texts = {
  description: { ...description, description: 'What users read when they are asked.' },
  translations: {
    type: 'object',
    description: 'Descriptions in other languages, by language tag such as "de".',
    maxProperties: 100,
    propertyNames: { pattern: languageTagPattern },
    additionalProperties: description,
  },
} as const

export const scope = {
  type: 'object',
  required: ['id', 'description'],
  properties: { id, ...texts },
  additionalProperties: false,
} as const

export const scopeUpdate = {
  type: 'object',
  required: ['description'],
  properties: texts,
  additionalProperties: false,
} as const

export const scopesReply = {
  type: 'object',
  required: ['scopes'],
  properties: { scopes: { type: 'array', items: scope } },
} as const

export const applicationPath = { type: 'object', required: ['application'], properties: { application } } as const
export const scopePath = {
  type: 'object',
  required: ['application', 'id'],
  properties: { application, id: { type: 'string' } },
} as const
