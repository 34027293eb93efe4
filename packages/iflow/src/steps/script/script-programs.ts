import type { ScriptProgram } from '../../ports.ts'

/** Files of an artifact by path below `src/main/resources`. */
export type Resources = ReadonlyMap<string, Uint8Array>

const extensions = { groovy: /\.(?:groovy|gsh|gvy)$/i, javascript: /\.js$/i } as const

/**
 * The programs of these files, in the order of their paths. With each come all scripts of its language that the artifact
 * holds, and with Groovy its Java archives.
 */
export function scriptPrograms(
  language: ScriptProgram['language'],
  paths: readonly string[],
  resources: Resources,
): readonly ScriptProgram[] {
  const decoder = new TextDecoder('utf-8')
  const files = [...resources]
  const scripts = new Map(
    files
      .filter(([path]) => extensions[language].test(path) || paths.includes(path))
      .map(([path, bytes]) => [path, decoder.decode(bytes)]),
  )
  const libraries = new Map(language === 'groovy' ? files.filter(([path]) => /^libs?\/.*\.jar$/i.test(path)) : [])
  return paths.map(file => ({ language, file, source: scripts.get(file) ?? '', scripts, libraries }))
}

const known = new WeakMap<Resources, WeakMap<Resources, Map<string, ScriptProgram>>>()

/**
 * The program of a file that steps of a flow call: one for all of them, so that what the script keeps between calls is
 * shared by these steps and by no other flow.
 */
export function programOfSteps(
  language: ScriptProgram['language'],
  file: string,
  { flow, source }: { readonly flow: Resources; readonly source: Resources },
): ScriptProgram | undefined {
  const ofFlow = known.get(flow) ?? new WeakMap<Resources, Map<string, ScriptProgram>>()
  known.set(flow, ofFlow)
  const ofSource = ofFlow.get(source) ?? new Map<string, ScriptProgram>()
  ofFlow.set(source, ofSource)
  const program = ofSource.get(file) ?? scriptPrograms(language, [file], source)[0]
  if (program !== undefined) ofSource.set(file, program)
  return program
}
