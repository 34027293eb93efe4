/** What hosts of stylesheets are made of. */
export interface StylesheetHostOptions {
  /** How long one transformation may take. */
  readonly timeoutMs: number
  /** Gets what `xsl:message` says. */
  onMessage(file: string, text: string): void
}
