import { isBuiltin } from 'node:module'
import { type Check, findingsOf, isCode, packageOf, type SourceFile } from './check.ts'
import { codeOf, matches } from './code.ts'
import { importsOf } from './imports.ts'

const banned: readonly [pattern: RegExp, what: string][] = [
  [/(?<![.\w])Date\s*\.\s*now\b/g, 'the clock port instead of Date.now'],
  [/\bnew\s+Date\b(?!\s*\(\s*[^)\s])/g, 'the clock port instead of new Date() without argument'],
  [/(?<![.\w])performance\s*\./g, 'the clock port instead of performance'],
  [/(?<![.\w])Math\s*\.\s*random\b/g, 'the random port instead of Math.random'],
  [/(?<![.\w])crypto\s*\./g, 'a port instead of crypto'],
  [/(?<![.\w])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/g, 'a port instead of a timer'],
  [/(?<![.\w])(?:fetch\s*\(|XMLHttpRequest\b|WebSocket\b)/g, 'a port instead of the network'],
  [/(?<![.\w])process\s*\.(?=\s*(?:env|argv|cwd|exit|std|on|nextTick|hrtime|pid)\b)/g, 'a port instead of process'],
]

/** Packages that read no clock, draw no random number, start no timer and import nothing of Node's: they are given ports. */
export function purityCheck(packages: readonly string[]): Check {
  return files => {
    const pure = files.filter(file => isCode(file.path) && isPure(file.path, packages))
    return findingsOf(pure, file => [...ambientUses(file), ...nodeImports(file)])
  }
}

function isPure(path: string, packages: readonly string[]): boolean {
  return packages.includes(packageOf(path) ?? '') && path.includes('/src/') && !path.endsWith('.test.ts')
}

function ambientUses(file: SourceFile): string[] {
  const code = codeOf(file.text)
  return banned.flatMap(([pattern, what]) => matches(file.path, code, pattern, `expected ${what} in a pure package`))
}

function nodeImports(file: SourceFile): string[] {
  return importsOf([file])
    .filter(found => isBuiltin(found.specifier))
    .map(found => `${found.from}:${found.line}: expected no Node module in a pure package, found ${found.specifier}`)
}
