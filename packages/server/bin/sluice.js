#!/usr/bin/env node
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

if (Number(process.versions.node.split('.')[0]) < 24) {
  const pinned = join(root, 'node_modules', '.bin', 'node')
  process.stderr.write(
    `sluice: Expected Node 24 or newer, found ${process.version}; "npm start" and "npx sluice" use the pinned ${pinned}.\n`,
  )
  process.exit(2)
}

// Not in the system's temporary folder: whoever can write there could put code into it.
module.enableCompileCache(join(root, 'node_modules', '.cache', 'compile'))

// Relative specifiers of our sources and of the one package with hundreds of modules are whole file names: what Node would
// look up for each of a thousand modules (links, package scopes, formats) is known.
module.registerHooks({
  resolve(specifier, context, next) {
    const isSource = specifier.endsWith('.ts')
    if (!specifier.startsWith('.') || !(isSource || context.parentURL?.includes('/node_modules/kysely/'))) {
      return next(specifier, context)
    }
    const { href } = new URL(specifier, context.parentURL)
    return { url: href, format: isSource ? 'module-typescript' : 'module', shortCircuit: true }
  },
})
await import('../src/cli/main.ts')
