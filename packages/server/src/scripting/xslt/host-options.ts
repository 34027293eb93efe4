/** What hosts of stylesheets are made of. */
export interface StylesheetHostOptions {
  /** How long one transformation may take. */
  readonly timeoutMs: number
  /** Gets what `xsl:message` says. */
  onMessage(file: string, text: string): void
}

/** How long one compilation may take: large stylesheets, of thousands of templates, take half a minute in SaxonJS. */
export const compileMsMax = 120_000
