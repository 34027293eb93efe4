import type { StylesheetProgram, Stylesheets } from '@sluice/iflow'
import { findJava, JavaMissing, saxonOf } from '../jvm/find-java.ts'
import type { JvmPool } from '../jvm/jvm-pool.ts'
import type { StylesheetHostOptions } from './host-options.ts'
import { SaxonHe } from './saxon-he/stylesheets.ts'
import { openSaxonJs } from './saxon-js/stylesheets.ts'

/** What stylesheets run on. */
export interface StylesheetsOptions extends StylesheetHostOptions {
  /** Where Saxon-HE runs; whoever opened them closes them. */
  readonly jvms: JvmPool
  /** Where Java is looked for: see `findJava`. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Saxon-HE where there are Java and Saxon, SaxonJS elsewhere, and for stylesheets that Saxon-HE refuses: SaxonJS knows
 * `xsl:evaluate` and functions as values, Saxon-HE 9.9 does not. `close` ends what it started.
 */
export function openStylesheets(options: StylesheetsOptions): Stylesheets & { close(): Promise<void> } {
  const saxonJs = openSaxonJs(options)
  let hosts: readonly Stylesheets[] | undefined
  const prepared = new WeakMap<StylesheetProgram, Promise<Prepared>>()
  const prepare = (program: StylesheetProgram): Promise<Prepared> => {
    const known = prepared.get(program)
    if (known) return known
    hosts ??= hasSaxon(options.env) ? [new SaxonHe(options.jvms, options), saxonJs] : [saxonJs]
    const made = prepareIn(hosts, program)
    prepared.set(program, made)
    return made
  }
  return {
    prepare: async program => (await prepare(program)).problems,
    transform: async (program, input) => (await prepare(program)).host.transform(program, input),
    close: () => saxonJs.close(),
  }
}

/** Where a stylesheet runs, and why it does not. */
interface Prepared {
  readonly host: Stylesheets
  readonly problems: readonly string[]
}

/** In the first host that takes it; in none: what is wrong in the eyes of the first. */
async function prepareIn(hosts: readonly Stylesheets[], program: StylesheetProgram): Promise<Prepared> {
  let refused: Prepared | undefined
  for (const host of hosts) {
    const problems = await host.prepare(program)
    if (problems.length === 0) return { host, problems }
    refused ??= { host, problems }
  }
  if (refused === undefined) throw new Error('Expected a host of stylesheets, found none')
  return refused
}

function hasSaxon(env: StylesheetsOptions['env']): boolean {
  try {
    return saxonOf(findJava(env)) !== undefined
  } catch (error) {
    if (error instanceof JavaMissing) return false
    throw error
  }
}
