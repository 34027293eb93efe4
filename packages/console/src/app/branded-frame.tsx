import { Link } from '@ui5/webcomponents-react/Link'
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Branding, type BrandingColors, type LegalLinks, legalLinks } from '../api/branding.ts'

export interface BrandedFrameProps {
  readonly branding: Branding
  readonly children: ReactNode
}

/** What is around the forms that people see before they are known: background, logo, legal links. */
export function BrandedFrame({ branding, children }: BrandedFrameProps) {
  const { colors, logo, links = {} } = branding
  return (
    <div className="sign-in" {...(colors && { style: styleOf(colors) })}>
      <div>
        <img className="sign-in-logo" src={logo ?? '/console/icon.svg'} alt="" />
        {children}
        <Links links={links} />
      </div>
    </div>
  )
}

function Links({ links }: { readonly links: LegalLinks }) {
  const { t } = useTranslation()
  const given = legalLinks.filter(name => links[name])
  if (given.length === 0) return null
  return (
    <div className="legal-links">
      {given.map(name => (
        <Link key={name} href={links[name] ?? ''} target="_blank" rel="noopener noreferrer">
          {t(`signIn.links.${name}`)}
        </Link>
      ))}
    </div>
  )
}

/** The properties that buttons of the design system take their colours from. */
function styleOf({ background, button, buttonText }: BrandingColors): CSSProperties {
  const states = ['', '_Hover', '_Active'].map(state => `--sapButton_Emphasized${state}`)
  return {
    background,
    ...Object.fromEntries(
      states.flatMap(name => [
        [`${name}_Background`, button],
        [`${name}_BorderColor`, button],
        [`${name}_TextColor`, buttonText],
      ]),
    ),
  }
}
