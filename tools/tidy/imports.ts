import { posix } from 'node:path'
import { isCode, type SourceFile } from './check.ts'
import { codeOf, lineAt } from './code.ts'

/** One module that a file refers to, in whatever way: static, re-export, dynamic, worker or asset URL. */
export interface Import {
  readonly from: string
  readonly line: number
  readonly specifier: string
  /** `import type …`: nothing is left of it when the program runs. */
  readonly isType: boolean
}

const forms = [
  /^[ \t]*(?:import|export)\b[\w$*{},\s]*?\bfrom\s*(['"]) *\1/gm,
  /^[ \t]*import\s*(['"]) *\1/gm,
  /\b(?:import|require|import\.meta\.resolve)\s*\(\s*(['"]) *\1/g,
  /\bnew\s+URL\s*\(\s*(['"]) *\1\s*,\s*import\.meta\.url/g,
]

/** All imports of all code files, found in the text; good enough for code that the formatter has laid out. */
export function importsOf(files: readonly SourceFile[]): Import[] {
  return files.filter(file => isCode(file.path)).flatMap(importsOfFile)
}

function importsOfFile(file: SourceFile): Import[] {
  const code = codeOf(file.text)
  return forms.flatMap(form =>
    [...code.matchAll(form)].map(match => {
      const open = match.index + match[0].search(/['"]/)
      const quote = file.text.charAt(open)
      const specifier = file.text.slice(open + 1, file.text.indexOf(quote, open + 1))
      const isType = /^\s*(?:import|export)\s+type\b/.test(match[0])
      return { from: file.path, line: lineAt(code, match.index), specifier, isType }
    }),
  )
}

/** A package of this repository, as its `package.json` says. */
export interface Manifest {
  readonly folder: string
  readonly name: string
  /** Import specifier → path of the source file. */
  readonly entries: ReadonlyMap<string, string>
  /** Paths of the commands it installs. */
  readonly commands: readonly string[]
  readonly dependencies: ReadonlySet<string>
  readonly devDependencies: ReadonlySet<string>
}

/** Reads every `packages/<folder>/package.json` of the list. */
export function manifestsOf(files: readonly SourceFile[]): Manifest[] {
  return files.flatMap(file => {
    const folder = /^packages\/([^/]+)\/package\.json$/.exec(file.path)?.[1]
    return folder === undefined ? [] : [readManifest(folder, file.text)]
  })
}

interface PackageJson {
  readonly name: string
  readonly exports?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function readManifest(folder: string, text: string): Manifest {
  const { name, exports = {}, bin = {}, dependencies = {}, devDependencies = {} } = JSON.parse(text) as PackageJson
  const inPackage = (path: string) => posix.join('packages', folder, path)
  return {
    folder,
    name,
    entries: new Map(Object.entries(exports).map(([key, path]) => [posix.join(name, key), inPackage(path)])),
    commands: Object.values(bin).map(inPackage),
    dependencies: new Set(Object.keys(dependencies)),
    devDependencies: new Set(Object.keys(devDependencies)),
  }
}

/** The file of this repository that an import leads to; undefined for everything that is not ours. */
export function targetOf(
  found: Pick<Import, 'from' | 'specifier'>,
  manifests: readonly Manifest[],
): string | undefined {
  if (found.specifier.startsWith('.')) return posix.join(posix.dirname(found.from), found.specifier)
  return manifests.map(manifest => manifest.entries.get(found.specifier)).find(path => path !== undefined)
}
