import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDirectory } from '../../config/create-directory.ts'

/**
 * Keeps an archive of an artifact where JVMs can read it, and resolves with its path: one of its content, so that flows which
 * bring the same archive share it.
 */
export async function keepLibrary(cache: string, archive: Uint8Array): Promise<string> {
  const path = join(cache, `library-${createHash('sha256').update(archive).digest('hex')}.jar`)
  if (existsSync(path)) return path
  createDirectory(cache)
  const partial = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(partial, archive, { mode: 0o600 })
  await rename(partial, path)
  return path
}
