import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import yauzl from 'yauzl'
import yazl from 'yazl'
import { isStreamed, type StreamedEntry, streamedEntries } from './streamed-archive.ts'

/** What an archive may contain at most; beyond that it is refused, whatever it holds. */
export interface ArchiveLimits {
  readonly entriesMax: number
  /** Sum of the uncompressed sizes. */
  readonly totalBytesMax: number
  /** Uncompressed ÷ compressed size of one entry larger than 1 MiB. */
  readonly ratioMax: number
}

export const archiveLimits: ArchiveLimits = { entriesMax: 5_000, totalBytesMax: 256 * 1024 * 1024, ratioMax: 200 }

export type ArchiveErrorCode = 'not-a-zip' | 'archive-too-large' | 'archive-bomb' | 'unsafe-path' | 'broken-archive'

/** The archive's sender made a mistake: nothing of the archive was used. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode

  constructor(code: ArchiveErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'ArchiveError'
    this.code = code
  }
}

/** A map of `/`-separated paths to contents, in the archive's order, without directories. */
export type ArchiveFiles = ReadonlyMap<string, Uint8Array>

const inflate = promisify(inflateRaw)

/** What can be written into an archive again; names in old character sets grow when they are read. */
const pathBytesMax = 65_535

/**
 * Reads a zip whole. Sizes and checksums are verified against what was really inside, so that a header cannot lie.
 * Throws `ArchiveError`; a path that leaves the archive (`../`, absolute, drive letter) refuses the whole archive.
 */
export async function readArchive(zip: Uint8Array, limits: ArchiveLimits = archiveLimits): Promise<ArchiveFiles> {
  const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength)
  const files = new Map<string, Uint8Array>()
  let total = 0
  const check = (entry: Entry) => {
    if (entry.fileName === '' || Buffer.byteLength(entry.fileName) > pathBytesMax) {
      const expected = `Expected paths of 1 to ${pathBytesMax} bytes in an archive`
      throw new ArchiveError('unsafe-path', `${expected}, found "${entry.fileName.slice(0, 100)}"`)
    }
    if (files.has(entry.fileName)) {
      throw new ArchiveError(
        'broken-archive',
        `Expected each path once, found "${entry.fileName}" twice in the archive`,
      )
    }
    total += entry.uncompressedSize
    checkSize(entry, total, limits)
  }
  try {
    if (isStreamed(buffer)) {
      for (const entry of await readStreamed(buffer, limits)) {
        check(entry)
        files.set(entry.fileName, entry.data)
      }
      return files
    }
    const archive = await open(buffer, limits)
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      check(entry)
      files.set(entry.fileName, await readEntry(archive, buffer, entry))
    }
  } catch (error) {
    throw asArchiveError(error)
  }
  return files
}

async function readStreamed(buffer: Buffer, limits: ArchiveLimits): Promise<readonly StreamedEntry[]> {
  const found: StreamedEntry[] = []
  let count = 0
  let bytesLeft = limits.totalBytesMax
  try {
    for await (const entry of streamedEntries(buffer, size => Math.min(bytesLeft, size * limits.ratioMax))) {
      checkCount(++count, limits)
      // Before the next one is unpacked: what a header says is no bound to what is kept here.
      verified(entry, entry.data)
      bytesLeft -= entry.data.length
      if (bytesLeft < 0) checkSize(entry, limits.totalBytesMax - bytesLeft, limits)
      if (!entry.fileName.endsWith('/')) found.push(entry)
    }
  } catch (error) {
    if (error instanceof ArchiveError) throw error
    const known = asArchiveError(error)
    if (error instanceof Error && error.cause instanceof RangeError)
      throw new ArchiveError(
        'archive-too-large',
        `Expected fewer bytes in an archive, found that ${error.message}`,
        error,
      )
    throw known.code === 'broken-archive' ? notAZip(buffer, error) : known
  }
  return found
}

type Entry = Pick<yauzl.Entry, 'fileName' | 'compressedSize' | 'uncompressedSize' | 'crc32'>

function checkCount(count: number, { entriesMax }: ArchiveLimits): void {
  if (count <= entriesMax) return
  throw new ArchiveError('archive-too-large', `Expected at most ${entriesMax} entries in an archive, found ${count}`)
}

async function open(buffer: Buffer, limits: ArchiveLimits): Promise<yauzl.ZipFile> {
  let archive: yauzl.ZipFile
  try {
    archive = await yauzl.fromBufferPromise(buffer, { lazyEntries: true })
  } catch (error) {
    throw notAZip(buffer, error)
  }
  checkCount(archive.entryCount, limits)
  return archive
}

function notAZip(buffer: Buffer, cause: unknown): ArchiveError {
  return new ArchiveError('not-a-zip', `Expected a zip archive, found ${describe(buffer)}`, cause)
}

function describe(buffer: Buffer): string {
  if (buffer.length === 0) return 'nothing (0 bytes)'
  if (buffer.subarray(0, 2).toString('latin1') === 'PK') return `a truncated or damaged zip of ${buffer.length} bytes`
  return `${buffer.length} bytes that are not a zip`
}

function checkSize(entry: Entry, total: number, limits: ArchiveLimits): void {
  if (total > limits.totalBytesMax) {
    throw new ArchiveError(
      'archive-too-large',
      `Expected at most ${limits.totalBytesMax} bytes in an archive, found more at "${entry.fileName}"`,
    )
  }
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  if (entry.uncompressedSize > 1024 * 1024 && ratio > limits.ratioMax) {
    throw new ArchiveError(
      'archive-bomb',
      `Expected a compression ratio of at most ${limits.ratioMax}, found ${Math.round(ratio)} at "${entry.fileName}"`,
    )
  }
}

async function readEntry(archive: yauzl.ZipFile, buffer: Buffer, entry: yauzl.Entry): Promise<Uint8Array> {
  if (!entry.canDecodeFileData()) {
    throw new ArchiveError(
      'broken-archive',
      `Expected a stored or deflated entry, found another method at "${entry.fileName}"`,
    )
  }
  const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize)
  const data =
    entry.compressionMethod === 0
      ? Buffer.from(packed)
      : await inflate(packed, { maxOutputLength: Math.max(1, entry.uncompressedSize) })
  return verified(entry, data)
}

function verified(entry: Entry, data: Uint8Array): Uint8Array {
  if (data.length === entry.uncompressedSize && crc32(data) === entry.crc32) return data
  throw new ArchiveError(
    'broken-archive',
    `Expected the size and checksum in the directory, found others at "${entry.fileName}"`,
  )
}

function asArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/invalid relative path|absolute path|invalid characters in fileName/i.test(message)) {
    return new ArchiveError('unsafe-path', `Expected paths inside the archive, found: ${message}`, error)
  }
  return new ArchiveError('broken-archive', `Expected a readable zip archive, found: ${message}`, error)
}

/** Writes a deflated zip. The same files give the same bytes: entries carry no time of day. */
export async function writeArchive(files: ArchiveFiles): Promise<Uint8Array> {
  const archive = new yazl.ZipFile()
  for (const [path, data] of files) {
    archive.addBuffer(Buffer.from(data.buffer, data.byteOffset, data.byteLength), path, {
      mtime: new Date(1980, 0, 1),
      mode: 0o100644,
      forceDosTimestamp: true,
    })
  }
  archive.end()
  const chunks: Buffer[] = []
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** A file of an archive that is written while it is read. */
export interface ArchiveSource {
  readonly path: string
  /** Called when it is this file's turn. */
  read(): Readable
}

/** Writes a deflated zip piece by piece, as somebody reads it. What a source fails with is what reading fails with. */
export function writeArchiveOf(sources: readonly ArchiveSource[]): Readable {
  const archive = new yazl.ZipFile()
  const output = archive.outputStream as Readable
  archive.on('error', error => output.destroy(error as Error))
  for (const { path, read } of sources) archive.addReadStreamLazy(path, callback => callback(null, read()))
  archive.end()
  return output
}

/** Reads an unpacked artifact from disk: every file below `folder`, sorted by path. Symbolic links are not followed. */
export async function readFolder(folder: string): Promise<ArchiveFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !relative(folder, path).split(sep).includes('.git'))
    .sort()
  const files = new Map<string, Uint8Array>()
  for (const path of paths) files.set(relative(folder, path).split(sep).join('/'), await readFile(path))
  return files
}

/** An artifact from disk as a zip: the file itself, or a folder packed. Fails like `node:fs` when there is no such path. */
export async function readArtifact(path: string): Promise<Uint8Array> {
  const stats = await stat(path)
  return stats.isDirectory() ? writeArchive(await readFolder(path)) : readFile(path)
}
