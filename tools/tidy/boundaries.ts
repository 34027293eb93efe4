import { isBuiltin } from 'node:module'
import { type Check, type Findings, findingsOf, isCode, isTestCode, packageOf, type SourceFile } from './check.ts'
import { codeOf, matches } from './code.ts'
import { type Import, importsOf, type Manifest, manifestsOf, targetOf } from './imports.ts'

const scope = '@sluice/'

function overImports(
  files: readonly SourceFile[],
  inspect: (found: Import, manifests: readonly Manifest[]) => string | undefined,
): Findings {
  const manifests = manifestsOf(files)
  return findingsOf(importsOf(files), found => {
    const problem = inspect(found, manifests)
    return problem === undefined ? [] : [`${found.from}:${found.line}: ${problem}`]
  })
}

/** `mayImport`: package → what it may import from this repository besides itself, sub-paths included. Other folders may import anything. */
export function directionCheck(mayImport: Readonly<Record<string, readonly string[]>>): Check {
  return files =>
    overImports(files, found => {
      const owner = packageOf(found.from)
      if (owner === undefined || !found.specifier.startsWith(scope)) return undefined
      const allowed = mayImport[owner]
      if (allowed === undefined) return `expected package "${owner}" in the dependency table, found no row for it`
      if (
        [`${scope}${owner}`, ...allowed].some(
          name => found.specifier === name || found.specifier.startsWith(`${name}/`),
        )
      )
        return undefined
      return `expected ${owner} to import ${allowed.join(', ') || 'nothing from this repository'}, found ${found.specifier}`
    })
}

/** A package is entered by its `index.ts`, a declared sub-path or one of its commands; never by a path into its code. */
export const frontDoors: Check = files =>
  overImports(files, (found, manifests) => {
    const target = targetOf(found, manifests)
    if (found.specifier.startsWith(scope)) {
      if (target !== undefined) return undefined
      return `expected an entry that a package.json declares under "exports", found ${found.specifier}`
    }
    const entered = packageOf(target ?? '')
    if (target === undefined || entered === undefined || entered === packageOf(found.from)) return undefined
    if (!isCode(target) || manifests.some(({ commands }) => commands.includes(target))) return undefined
    return `expected package "${entered}" by its name, found the path ${found.specifier}`
  })

/**
 * What a package imports from npm or from this repository stands in its own `package.json`; tests may use the root's, and
 * types alone, or what tests share, may come from a development dependency.
 */
export const declaredDependencies: Check = files =>
  overImports(files, (found, manifests) => {
    const owner = manifests.find(manifest => manifest.folder === packageOf(found.from))
    if (owner === undefined || found.from.endsWith('.test.ts') || /^[./]/.test(found.specifier)) return undefined
    if (isBuiltin(found.specifier)) return undefined
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(found.specifier)?.[0] ?? found.specifier
    if (name === owner.name || owner.dependencies.has(name)) return undefined
    if ((found.isType || isTestCode(found.from)) && owner.devDependencies.has(name)) return undefined
    return `expected "${name}" under "dependencies" of packages/${owner.folder}/package.json, found it nowhere there`
  })

/** Testing sub-paths and test folders are for tests. */
export const testingApart: Check = files =>
  overImports(files, (found, manifests) => {
    if (packageOf(found.from) === undefined || isTestCode(found.from)) return undefined
    const target = targetOf(found, manifests) ?? ''
    return isTestCode(target) ? `expected production code to do without test code, found ${found.specifier}` : undefined
  })

/** Inside a package: a file below `from` does not import one below `to`, tests excepted. */
export interface InnerRule {
  readonly from: string
  readonly to: string
  readonly why: string
}

export function innerDirectionCheck(rules: readonly InnerRule[]): Check {
  return files =>
    overImports(files, (found, manifests) => {
      const target = targetOf(found, manifests)
      const broken = rules.find(
        rule => found.from.startsWith(rule.from) && !isTestCode(found.from) && target?.startsWith(rule.to),
      )
      return broken === undefined
        ? undefined
        : `expected no import from ${broken.to} (${broken.why}), found ${found.specifier}`
    })
}

/**
 * Production code imports only types from `node:http`: loading it as an ES module loads what is behind `fetch`, too, which
 * `file` avoids.
 */
export function nodeHttpCheck(file: string): Check {
  return files =>
    overImports(files, found =>
      found.specifier === 'node:http' && packageOf(found.from) && !found.isType && !isTestCode(found.from)
        ? `expected the parts of node:http from ${file}, found an import of it`
        : undefined,
    )
}

/** Who calls may be behind a proxy: only `file` reads addresses of connections, and nothing reads Fastify's, which knows no proxy. */
export function addressCheck(file: string): Check {
  const pattern = /\.remoteAddress\b|\brequest\.ip\b|[{,]\s*ip\b(?=[^{}()]*\}[^{}()]*\)\s*(?::[^{}=]*)?=>)/g
  return files => {
    const code = files.filter(
      ({ path }) => path.startsWith('packages/server/src/') && isCode(path) && !isTestCode(path),
    )
    const readers = code.filter(({ path }) => path !== file)
    return findingsOf(readers, ({ path, text }) =>
      matches(path, codeOf(text), pattern, `expected addressOf of ${file} in place of what a proxy hides`),
    )
  }
}

/** Only `folder` imports the database: `node:sqlite`, Kysely, PostgreSQL's driver. */
export function databaseCheck(folder: string): Check {
  return files =>
    overImports(files, found =>
      /^(?:node:sqlite|kysely|pg)(?:\/|$)/.test(found.specifier) && !found.from.startsWith(folder)
        ? `expected the database behind ${folder}, found ${found.specifier}`
        : undefined,
    )
}
