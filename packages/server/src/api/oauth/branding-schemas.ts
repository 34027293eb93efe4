import type { FromSchema } from 'json-schema-to-ts'
import { colorPattern, linkPattern } from '../../http/patterns.ts'

const color = { type: 'string', pattern: colorPattern } as const
const link = {
  type: 'string',
  maxLength: 2048,
  pattern: linkPattern,
  description: 'An http or https URL, or empty.',
} as const

const colors = {
  type: 'object',
  description: 'The custom theme. Without it the pages have the default one.',
  required: ['background', 'button', 'buttonText'],
  properties: { background: color, button: color, buttonText: color },
  additionalProperties: false,
} as const

const links = {
  type: 'object',
  properties: { legalDisclosure: link, privacyPolicy: link, termsOfUse: link },
  additionalProperties: false,
} as const

export const brandingUpdate = { type: 'object', properties: { colors, links }, additionalProperties: false } as const

export type BrandingUpdate = FromSchema<typeof brandingUpdate>

export const brandingReply = {
  type: 'object',
  properties: {
    colors,
    links,
    logo: { type: 'string', description: 'Path of the logo. It changes with the image.' },
  },
} as const

export const logoTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const

const image = { content: Object.fromEntries(logoTypes.map(type => [type, { schema: {} }])) }
export const logoBody = image
export const logoReply = { description: 'The image.', ...image }
