import type { ScriptProgram } from '../ports.ts'

/**
 * The programs of a mapping's scripts, in the order of their paths; with each come all scripts and Java archives of the
 * artifact that it is in.
 */
export function scriptPrograms(
  paths: readonly string[],
  resources: ReadonlyMap<string, Uint8Array>,
): readonly ScriptProgram[] {
  const decoder = new TextDecoder('utf-8')
  const files = [...resources]
  const scripts = new Map(
    files.filter(([path]) => /\.(?:groovy|gsh|gvy)$/i.test(path)).map(([path, bytes]) => [path, decoder.decode(bytes)]),
  )
  const libraries = new Map(files.filter(([path]) => /^lib\/.*\.jar$/i.test(path)))
  return paths.map(file => ({ language: 'groovy', file, source: scripts.get(file) ?? '', scripts, libraries }))
}
