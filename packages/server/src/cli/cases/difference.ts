import { asText } from '@sluice/iflow'
import type { RawMatcher } from './case-schema.ts'
import { differences, type Found } from './match.ts'

/** Keys below `expect` that lead to something: names, and places in lists. */
export type Path = readonly (string | number)[]

/** What is not as expected, and how. */
export interface Difference {
  /** `body`, `headers.Content-Type`, `calls.Shop[0].body`, …. */
  readonly what: string
  readonly lines: readonly string[]
  /** What the case would have to say instead, in this order. */
  readonly updates: readonly Update[]
}

/** A place below `expect` with what was found there; or with the value that has to stand there, undefined for none. */
export type Update = { readonly path: Path } & (
  | { readonly expected: RawMatcher; readonly found: Found; readonly charset: string | undefined }
  | { readonly value: unknown }
)

/** A difference that a value at this place would end. */
export function difference(path: Path, lines: readonly string[], value: unknown): Difference {
  return { what: describePath(path), lines, updates: [{ path, value }] }
}

/** One difference, or none. */
export async function differ(
  path: Path,
  expected: RawMatcher,
  found: Found,
  folder: string,
  charset?: string,
): Promise<Difference[]> {
  const lines = await differences(expected, found, folder, charset)
  if (lines.length === 0) return []
  return [{ what: describePath(path), lines, updates: [{ path, expected, found, charset }] }]
}

/** Compares values by name, as text; one that is not there is nothing. */
export async function valueDifferences(
  path: Path,
  expected: Readonly<Record<string, RawMatcher>> | undefined,
  found: { get(name: string): unknown },
  folder: string,
): Promise<Difference[]> {
  const all: Difference[] = []
  for (const [name, matcher] of Object.entries(expected ?? {})) {
    const value = found.get(name)
    all.push(...(await differ([...path, name], matcher, value === undefined ? null : asText(value), folder)))
  }
  return all
}

/** The difference at a place further down. */
export function below(prefix: Path, { lines, updates, what }: Difference): Difference {
  const moved = updates.map(update => ({ ...update, path: [...prefix, ...update.path] }))
  return { what: `${describePath(prefix)}.${what}`, lines, updates: moved }
}

function describePath(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('')
}
