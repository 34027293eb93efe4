#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (Number(process.versions.node.split('.')[0]) < 24) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
  const pinned = join(root, 'node_modules', '.bin', 'node')
  process.stderr.write(
    `sluice: Expected Node 24 or newer, found ${process.version}; "npm start" and "npx sluice" use the pinned ${pinned}.\n`,
  )
  process.exit(2)
}

await import('./load-quickly.js')
await import('../src/cli/main.ts')
