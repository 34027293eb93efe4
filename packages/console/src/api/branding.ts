import { call, callJson } from './http.ts'

/** Colours of the custom theme, each `#RRGGBB`. */
export interface BrandingColors {
  readonly background: string
  readonly button: string
  readonly buttonText: string
}

/** Where legal texts are; empty or missing where there is none. */
export interface LegalLinks {
  readonly legalDisclosure?: string
  readonly privacyPolicy?: string
  readonly termsOfUse?: string
}

/** How the pages look that end users see. Without colours they have the default theme. */
export interface Branding {
  readonly colors?: BrandingColors
  readonly links?: LegalLinks
  /** Path of the image. */
  readonly logo?: string
}

export const legalLinks = ['legalDisclosure', 'privacyPolicy', 'termsOfUse'] as const

/** Begins the keys of all queries about the branding. */
export const brandingKey = ['branding'] as const

const path = '/oauth2/api/v1/branding'

/** Also for somebody who is not signed in. */
export function readBranding(): Promise<Branding> {
  return callJson('GET', path)
}

/** Replaces colours and links; the logo stays. */
export function updateBranding(json: Pick<Branding, 'colors' | 'links'>): Promise<Branding> {
  return callJson('PUT', path, { json })
}

/** Replaces the logo; the server tells what kind of image it is. */
export async function uploadLogo(image: File): Promise<void> {
  await call('PUT', `${path}/logo`, { body: image, headers: { 'content-type': image.type || 'image/png' } })
}

export async function deleteLogo(): Promise<void> {
  await call('DELETE', `${path}/logo`)
}

/** Goes back to the default theme, without logo and links. */
export async function resetBranding(): Promise<void> {
  await call('DELETE', path)
}
