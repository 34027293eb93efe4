import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Creates a directory that a setting names, for its owner alone, and what is missing above it; one that is there is left as it is.
 * Throws what the system says. `mkdirSync` with `recursive` tries without end where the system does not know a path whose parent
 * is there, as in `/proc` and below a working directory that was deleted.
 */
export function createDirectory(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) createDirectory(parent)
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Somebody else was faster.
    if (!existsSync(path)) throw error
  }
}
