import type { Stylesheets } from '@sluice/iflow'
import { openSaxonJs } from './saxon-js/stylesheets.ts'

/** What one transformation or compilation may use up. */
export interface StylesheetLimits {
  readonly timeoutMs: number
  readonly memoryMb: number
}

/** What hosts of stylesheets are made of. */
export interface StylesheetHostOptions {
  readonly limits: StylesheetLimits
  /** Gets what `xsl:message` says. */
  onMessage(file: string, text: string): void
}

/** Chosen: as for other heavy work on a message. */
const defaults: StylesheetLimits = { timeoutMs: 120_000, memoryMb: 2_048 }

/** The host of stylesheets. `close` ends what it started. */
export function openStylesheets({
  limits = defaults,
  onMessage = () => {},
}: Partial<StylesheetHostOptions> = {}): Stylesheets & { close(): Promise<void> } {
  return openSaxonJs({ limits, onMessage })
}
