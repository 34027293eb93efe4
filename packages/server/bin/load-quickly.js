// For the product and its tests: what a start costs is mostly reading a thousand modules.
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

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
