import { readFile, stat } from 'node:fs/promises'
import { type Diagnostic, isPackagedArtifact, isPackageExport, openBundle, readPackage } from '@sluice/iflow'
import { ArchiveError, type ArchiveFiles, readArchive, readArtifact, readFolder } from '../../runtime/archive.ts'
import { CommandError } from '../line/errors.ts'

/** An artifact found on disk, not yet looked into. */
export interface FoundArtifact {
  /** The path that was given, and inside an exported package the artifact's name. */
  readonly source: string
  /** In the index of an exported package; empty elsewhere. */
  readonly id: string
  readonly name: string
  /** `IFlow`, `ScriptCollection`, … in the index of an exported package; undefined elsewhere. */
  readonly type: string | undefined
  open(): Promise<ReturnType<typeof openBundle>>
  /** The artifact zip: of a file exactly its bytes. Throws `CommandError` when the package does not hold it. */
  zip(): Promise<Uint8Array>
}

/**
 * The artifacts at a path: an unpacked artifact (folder), an artifact zip, or all of an exported package. Throws
 * `CommandError` when there is no such path; what is wrong inside is a diagnostic.
 */
export async function* findArtifacts(path: string): AsyncGenerator<FoundArtifact> {
  const files = await readPath(path)
  if ('code' in files || !isPackageExport(files)) {
    yield { ...unlisted(path), open: async () => openFiles(files), zip: () => readArtifact(path) }
    return
  }
  const listed = readPackage(files)
  if ('code' in listed) {
    yield { ...unlisted(path), open: async () => openFiles(listed), zip: () => readArtifact(path) }
    return
  }
  for (const { id, name, type, content } of listed.filter(isPackagedArtifact)) {
    const open = async () => openFiles(content ? await unpack(content) : missingContent(name))
    const zip = async () => {
      if (content) return content
      throw new CommandError(`${missingContent(name).message} (${path})`)
    }
    yield { source: `${path}: ${name}`, id, name, type, open, zip }
  }
}

function unlisted(source: string) {
  return { source, id: '', name: '', type: undefined }
}

function openFiles(files: ArchiveFiles | Diagnostic): ReturnType<typeof openBundle> {
  return 'code' in files ? { bundle: undefined, diagnostics: [files] } : openBundle(files)
}

/** Finds the artifacts at a path. Throws `CommandError` when there is no such path. */
export type Find = (path: string) => Promise<readonly FoundArtifact[]>

/** Every artifact anew. */
const findAnew: Find = async path => {
  const found: FoundArtifact[] = []
  for await (const artifact of findArtifacts(path)) found.push(artifact)
  return found
}

/** Reads each path and opens each artifact no more than once. */
export function findOnce(): Find {
  const found = new Map<string, Promise<readonly FoundArtifact[]>>()
  return path => {
    const known = found.get(path) ?? findAnew(path).then(all => all.map(openedOnce))
    found.set(path, known)
    return known
  }
}

function openedOnce({ open, ...found }: FoundArtifact): FoundArtifact {
  let opened: ReturnType<FoundArtifact['open']> | undefined
  return {
    ...found,
    open: () => {
      opened ??= open()
      return opened
    },
  }
}

/** An artifact from disk, read. */
export interface SelectedArtifact {
  readonly source: string
  readonly opened: ReturnType<typeof openBundle>
  zip(): Promise<Uint8Array>
}

/**
 * The artifacts at a path, opened; `package.zip#name` is the artifact of this name or ID in an exported package. Throws
 * `CommandError` when there is none; what is wrong inside is a diagnostic.
 */
export async function selectArtifacts(path: string, find = findAnew): Promise<readonly SelectedArtifact[]> {
  const [, file = path, wanted] = /^(.*)#([^#]*)$/s.exec(path) ?? []
  const found = await find(file)
  const chosen = found.filter(({ id, name }) => wanted === undefined || id === wanted || name === wanted)
  if (chosen.length === 0) {
    const names = found.map(({ name }) => `"${name}"`).join(', ')
    throw new CommandError(`Expected one of ${names} in ${file}, found "${wanted ?? 'nothing'}"`)
  }
  return Promise.all(chosen.map(async ({ source, open, zip }) => ({ source, opened: await open(), zip })))
}

/** As `selectArtifacts`, for a path of one artifact. */
export async function selectArtifact(path: string, find = findAnew): Promise<SelectedArtifact> {
  const [only, ...others] = await selectArtifacts(path, find)
  if (only && others.length === 0) return only
  const name = only?.source.replace(`${path}: `, '')
  throw new CommandError(
    `Expected one artifact, found ${others.length + 1} in ${path}: name one, as in "${path}#${name}"`,
  )
}

async function readPath(path: string): Promise<ArchiveFiles | Diagnostic> {
  try {
    if ((await stat(path)).isDirectory()) return await readFolder(path)
    return await unpack(await readFile(path))
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw new CommandError(`Expected a zip or a folder, found: ${cause.message}`, { cause })
  }
}

async function unpack(zip: Uint8Array): Promise<ArchiveFiles | Diagnostic> {
  try {
    return await readArchive(zip)
  } catch (error) {
    if (error instanceof ArchiveError) return { code: error.code, severity: 'error', message: error.message, at: {} }
    throw error
  }
}

function missingContent(name: string): Diagnostic {
  const message = `Expected the content of "${name}" in the package, found only its entry in resources.cnt.`
  return { code: 'broken-package', severity: 'error', message, at: { file: 'resources.cnt' } }
}
