/** An image. */
export interface Logo {
  /** Its media type. */
  readonly type: string
  readonly content: Uint8Array
}

/** What a theme says. */
export interface Theme {
  /** `#RRGGBB`. Undefined: the default theme. */
  readonly colors?: { readonly background: string; readonly button: string; readonly buttonText: string }
  /** http and https URLs, or empty. */
  readonly links?: {
    readonly legalDisclosure?: string
    readonly privacyPolicy?: string
    readonly termsOfUse?: string
  }
}

/** How the pages that end users see look. */
export interface BrandingRow {
  readonly theme: Theme
  /** Media type of the logo; undefined where there is none. */
  readonly logoType: string | undefined
  /** When any of it was changed, in milliseconds since 1970. */
  readonly modifiedAt: number
}

/** The branding of the subaccount. */
export interface Branding {
  /** Undefined until any of it is set. */
  find(): Promise<BrandingRow | undefined>
  findLogo(): Promise<Logo | undefined>
  /** Keeps the logo. */
  putTheme(theme: Theme, now: number): Promise<void>
  /** Keeps the theme; undefined takes the logo away. */
  putLogo(logo: Logo | undefined, now: number): Promise<void>
  /** Forgets all of it. */
  reset(): Promise<void>
}
