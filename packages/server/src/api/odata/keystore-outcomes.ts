import type { EntityRow } from '@sluice/odata'
import type { FileEntry } from '../../keystore/read-keystore.ts'
import type { ImportOutcome, KeystoreContent } from '../../store/store.ts'
import { isLine } from './check-id.ts'
import { aliasLengthMax } from './keystore-import.ts'
import { aliasRow, entryRow } from './keystore-rows.ts'

/** What a file has under an alias that is not brought in, and why. */
export interface Ignored {
  readonly alias: string
  readonly reason: string
}

/** What of a file can be brought in: each alias once, the first of those that differ in case only. */
export function usableContents(file: readonly FileEntry[]): {
  readonly contents: readonly KeystoreContent[]
  readonly ignored: readonly Ignored[]
} {
  const contents: KeystoreContent[] = []
  const ignored: Ignored[] = []
  const seen = new Set<string>()
  for (const entry of file) {
    const { alias } = entry
    const key = alias.toLowerCase()
    if ('problem' in entry) ignored.push({ alias, reason: entry.problem })
    else if (!isLine(alias, aliasLengthMax)) {
      ignored.push({ alias, reason: `Expected an alias of one line and at most ${aliasLengthMax} characters` })
    } else if (seen.has(key)) ignored.push({ alias, reason: 'Expected each alias once, found it before' })
    else if ('pair' in entry) contents.push({ alias, ...entry.pair })
    else contents.push({ alias, certificates: [entry.certificate] })
    seen.add(key)
  }
  return { contents, ignored }
}

const statuses: Readonly<Record<ImportOutcome['status'], string>> = {
  created: 'Created',
  updated: 'Updated',
  unchanged: 'Unchanged',
  kept: 'Not imported: the alias is taken',
  removed: 'Removed',
}

/** The entries of the keystore with what an import has made of them, by alias. */
export function outcomeRows(outcomes: readonly ImportOutcome[], now: number): EntityRow[] {
  const place = ({ entry }: ImportOutcome) => entry.alias.toLowerCase()
  const sorted = outcomes.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
  return sorted.map(({ status, entry }) => ({ ...entryRow(entry, 'system', now), Status: statuses[status] }))
}

/** What was left out, with why. */
export function ignoredRows(ignored: readonly Ignored[]): EntityRow[] {
  return ignored.map(({ alias, reason }) => ({
    ...aliasRow(alias, 'system'),
    Status: `Not imported: ${reason}`.slice(0, 500),
  }))
}
