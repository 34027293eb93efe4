import { type Check, findingsOf, type SourceFile } from './check.ts'
import { codeOf, lineAt } from './code.ts'
import { manifestsOf, targetOf } from './imports.ts'

interface PublicName {
  readonly path: string
  readonly name: string
}

/** Every name that a package exports has a doc comment where it is declared. */
export const documentedExports: Check = files => {
  const byPath = new Map(files.map(file => [file.path, file]))
  const doors = manifestsOf(files).flatMap(manifest => [...manifest.entries.values()])
  const names = new Map(
    doors.flatMap(door => exportsOf(door, byPath)).map(found => [`${found.path} ${found.name}`, found] as const),
  )
  return findingsOf([...names.values()], ({ path, name }) => {
    const text = byPath.get(path)?.text ?? ''
    const declaration = declarationOf(text, name)
    if (declaration === undefined) return [`${path}:1: expected the declaration of "${name}", found none`]
    if (/\*\/\s*$/.test(text.slice(0, declaration))) return []
    return [`${path}:${lineAt(text, declaration)}: expected a doc comment on the public "${name}", found none`]
  })
}

const declared =
  /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const|let|function\*?|class|interface|type)\s+([\w$]+)/gm
const reexported = /^export\s+(?:type\s+)?(\*|\{[^}]*\})\s*from\s*(['"]) *\2/gm
const listed = /^export\s+(?:type\s+)?\{([^}]*)\}(?!\s*from)/gm

/** Names a module exports, each with the file that declares it. */
function exportsOf(path: string, byPath: ReadonlyMap<string, SourceFile>): PublicName[] {
  const file = byPath.get(path)
  if (file === undefined) return []
  const code = codeOf(file.text)
  const own = [...code.matchAll(declared)].map(match => ({ path, name: match[1] ?? '' }))
  const lists = [...code.matchAll(listed)].flatMap(match => namesIn(match[1] ?? '').map(name => ({ path, name })))
  const others = [...code.matchAll(reexported)].flatMap(match => {
    const open = match.index + match[0].search(/['"]/)
    const end = match.index + match[0].length - 1
    const target = targetOf({ from: path, specifier: file.text.slice(open + 1, end) }, [])
    if (target === undefined) return []
    const behind = exportsOf(target, byPath)
    if (match[1] === '*') return behind
    return namesIn(match[1] ?? '').map(name => behind.find(found => found.name === name) ?? { path: target, name })
  })
  return [...own, ...lists, ...others]
}

/** The names as their own module calls them: `{ type A, b as c }` → `A`, `b`. */
function namesIn(list: string): string[] {
  return [...list.matchAll(/(?:type\s+)?([\w$]+)(?:\s+as\s+[\w$]+)?/g)].map(match => match[1] ?? '')
}

function declarationOf(text: string, name: string): number | undefined {
  const kinds = String.raw`(?:const|let|function\*?|class|interface|type)`
  const pattern = new RegExp(
    String.raw`^(?:export\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?${kinds}\s+${name.replaceAll('$', String.raw`\$`)}(?![\w$])`,
    'm',
  )
  return pattern.exec(codeOf(text))?.index
}
