import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../line/errors.ts'

/** `orders.test.yaml` beside a flow, or `test.yaml` in a folder that is one case. */
const caseFile = /(?:^|[/\\]|\.)test\.ya?ml$/

/** Test files below the paths, sorted, each once; a path that is a file is one. Throws `CommandError` when there are none. */
export async function findCaseFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const path of paths) for (const file of await filesAt(path)) found.add(file)
  if (found.size > 0) return [...found]
  throw new CommandError(`Expected files *.test.yaml or test.yaml in ${paths.join(', ')}, found none`)
}

async function filesAt(path: string): Promise<readonly string[]> {
  const stats = await stat(path).catch((cause: Error) => {
    throw new CommandError(`Expected a folder or a test file, found: ${cause.message}`, { cause })
  })
  if (!stats.isDirectory()) return [path]
  return below(path)
}

async function below(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) {
      found.push(...(await below(path)))
    } else if (entry.isFile() && caseFile.test(path)) found.push(path)
  }
  return found
}
