import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from './check.ts'

/** `.git` is a folder in a clone and a file in a work tree. */
const skipped = new Set(['.git', 'node_modules', 'data', 'dist'])
const bytesMax = 1_048_576

/** Every text file below `root` but installed packages, what was built, and the server's data. */
export function readRepository(root: string): SourceFile[] {
  const files: SourceFile[] = []
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) open.push(path)
      else if (entry.isFile()) files.push(...readText(root, path))
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function readText(root: string, path: string): SourceFile[] {
  const bytes = readFileSync(join(root, path))
  return bytes.length > bytesMax || bytes.includes(0) ? [] : [{ path, text: bytes.toString('utf8') }]
}
