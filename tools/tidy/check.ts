/** A text file of the repository; `path` is relative to its root, with `/`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What a check saw and what it objects to. A check that saw nothing has not checked anything, whatever it found. */
export interface Findings {
  /** How many files, imports, exports … were looked at. */
  readonly seen: number
  /** One line each: `path:line: what was expected, what was found`. */
  readonly breaches: readonly string[]
}

/** A rule over the whole repository: pure, so that it can be tried on files that exist in memory only. */
export type Check = (files: readonly SourceFile[]) => Findings

/** Applies `inspect` to each item; every returned line is a breach. */
export function findingsOf<Item>(items: readonly Item[], inspect: (item: Item) => readonly string[]): Findings {
  return { seen: items.length, breaches: items.flatMap(inspect) }
}

/** Production, test and tool code, without declaration files. */
export function isCode(path: string): boolean {
  return /\.(?:tsx?|js)$/.test(path) && !path.endsWith('.d.ts')
}

/** Code that only tests run: tests, their fixtures and the testing sub-paths. */
export function isTestCode(path: string): boolean {
  return path.endsWith('.test.ts') || /(?:^|\/)(?:test|testing)\//.test(path)
}

/** The package a file belongs to (`iflow` for `packages/iflow/…`), undefined outside `packages/`. */
export function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1]
}
