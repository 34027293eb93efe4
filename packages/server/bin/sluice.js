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
await import('../src/cli/main.ts')
