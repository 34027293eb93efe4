import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import yauzl from 'yauzl'
import yazl from 'yazl'

/** Paths to contents. */
export type Files = ReadonlyMap<string, Buffer>

/** Files of an artifact in `artifacts/`, as they lie there. */
export function artifactFiles(id: string): Files {
  const folder = join(import.meta.dirname, 'artifacts', id)
  const paths = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
  return new Map(paths.map(path => [path, readFileSync(join(folder, path))]))
}

/** The files with a text of one of them replaced. */
export function edited(files: Files, path: string, from: string, to: string): Files {
  const text = files.get(path)?.toString('utf8')
  if (!text?.includes(from)) throw new Error(`Expected ${path} to contain "${from}"`)
  return new Map([...files, [path, Buffer.from(text.replaceAll(from, to))]])
}

/** A zip as people's tools make it; the same files make the same bytes. */
export async function zip(files: Files): Promise<Buffer> {
  const archive = new yazl.ZipFile()
  for (const [path, data] of files) archive.addBuffer(data, path, { mtime: new Date(2026, 0, 5) })
  archive.end()
  const pieces: Buffer[] = []
  for await (const piece of archive.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Files of a zip by path. */
export async function unzip(bytes: Buffer): Promise<Files> {
  const archive = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  const files = new Map<string, Buffer>()
  for await (const entry of archive.eachEntry()) {
    const pieces: Buffer[] = []
    for await (const piece of await archive.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    files.set(entry.fileName, Buffer.concat(pieces))
  }
  return files
}
