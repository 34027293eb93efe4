import type { Branding, BrandingColors, LegalLinks } from '../api/branding.ts'

/** Colours and links as they are typed. */
export interface BrandingDraft {
  readonly theme: 'default' | 'custom'
  readonly colors: BrandingColors
  readonly links: Required<LegalLinks>
}

/** What the original's custom theme begins with. */
const firstColors: BrandingColors = { background: '#CCCCCC', button: '#007CC0', buttonText: '#FFFFFF' }

/** The draft of what is stored. */
export function brandingDraftOf({ colors, links = {} }: Branding): BrandingDraft {
  const { legalDisclosure = '', privacyPolicy = '', termsOfUse = '' } = links
  return {
    theme: colors ? 'custom' : 'default',
    colors: colors ?? firstColors,
    links: { legalDisclosure, privacyPolicy, termsOfUse },
  }
}

/** What is stored for a draft. */
export function brandingOf({ theme, colors, links }: BrandingDraft): Pick<Branding, 'colors' | 'links'> {
  const { legalDisclosure, privacyPolicy, termsOfUse } = links
  const trimmed = {
    legalDisclosure: legalDisclosure.trim(),
    privacyPolicy: privacyPolicy.trim(),
    termsOfUse: termsOfUse.trim(),
  }
  return { ...(theme === 'custom' && { colors }), links: trimmed }
}

/** Whether a text is a colour as the server wants it. */
export function isColor(text: string): boolean {
  return /^#[0-9a-fA-F]{6}$/.test(text)
}
