import { Failure } from '../run/failure.ts'
import { concatenate } from './concatenate.ts'
import { gunzip, gzip } from './gzip.ts'

/** How many entries are read from an archive. */
export const zipEntriesMax = 10_000

/** A file in an archive, still compressed. */
export interface ZipEntry {
  readonly name: string
  /** Bytes after decompression, as the archive says. */
  readonly size: number
  /** Throws a `Failure` of code `decoding` when the content is damaged, encrypted or packed in a way that is not Deflate. */
  read(): Promise<Uint8Array>
}

/** What an archive is made of. */
export interface ZipFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const signatures = { file: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 } as const
const sizes = { file: 30, directory: 46, end: 22 } as const
const commentMax = 0xffff
const encrypted = 1
const utf8Names = 0x800

/** The header of a GZIP member without name and time (RFC 1952 section 2.3). */
const gzipHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255)

/**
 * Lists the files of a ZIP archive (PKWARE APPNOTE 6.3) in the order of its directory; folders are left out. Names
 * are read as UTF-8. Throws a
 * `Failure` of code `decoding` when it is not an archive, is cut off, or uses ZIP64, and of code `size-limit` when it has
 * more than `zipEntriesMax` entries.
 */
export function listZip(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count === 0xffff) throw undecodable('found more entries than one without ZIP64 can have')
  if (count > zipEntriesMax) {
    throw new Failure(`Expected at most ${zipEntriesMax} entries in the archive, found ${count}.`, {
      code: 'size-limit',
    })
  }
  const entries: ZipEntry[] = []
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index += 1) {
    if (at + sizes.directory > end || view.getUint32(at, true) !== signatures.directory) {
      throw undecodable('found that its directory is damaged')
    }
    const entry = entryAt(bytes, view, at)
    if (!entry.name.endsWith('/')) entries.push(entry)
    at +=
      sizes.directory + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/**
 * Makes a ZIP archive of files packed with Deflate, all changed at `modifiedAt` (milliseconds since 1970, kept to two
 * seconds of UTC). Names are UTF-8.
 */
export async function makeZip(files: readonly ZipFile[], modifiedAt: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const nameBytes = new TextEncoder().encode(name)
    const packed = await gzip(bytes)
    const content = packed.subarray(gzipHeader.length, -8)
    const checksum = new DataView(packed.buffer, packed.byteOffset + packed.byteLength - 8).getUint32(0, true)
    const head = header({ checksum, packed: content.length, size: bytes.length, name: nameBytes.length, modifiedAt })
    const local = new DataView(new ArrayBuffer(sizes.file))
    local.setUint32(0, signatures.file, true)
    new Uint8Array(local.buffer).set(head, 4)
    const central = new DataView(new ArrayBuffer(sizes.directory))
    central.setUint32(0, signatures.directory, true)
    central.setUint16(4, 20, true)
    new Uint8Array(central.buffer).set(head, 6)
    central.setUint32(42, offset, true)
    parts.push(new Uint8Array(local.buffer), nameBytes, content)
    directory.push(new Uint8Array(central.buffer), nameBytes)
    offset += sizes.file + nameBytes.length + content.length
  }
  const directoryBytes = concatenate(directory)
  const end = new DataView(new ArrayBuffer(sizes.end))
  end.setUint32(0, signatures.end, true)
  end.setUint16(8, files.length, true)
  end.setUint16(10, files.length, true)
  end.setUint32(12, directoryBytes.length, true)
  end.setUint32(16, offset, true)
  return concatenate([...parts, directoryBytes, new Uint8Array(end.buffer)])
}

/** The 26 bytes that the header of a file and its directory entry share: from the version to the length of extra fields. */
function header(entry: {
  readonly checksum: number
  readonly packed: number
  readonly size: number
  readonly name: number
  readonly modifiedAt: number
}): Uint8Array {
  const view = new DataView(new ArrayBuffer(26))
  const date = new Date(entry.modifiedAt)
  const year = Math.max(date.getUTCFullYear() - 1980, 0)
  view.setUint16(0, 20, true)
  view.setUint16(2, utf8Names, true)
  view.setUint16(4, 8, true)
  view.setUint16(6, (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1), true)
  view.setUint16(8, (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(), true)
  view.setUint32(10, entry.checksum, true)
  view.setUint32(14, entry.packed, true)
  view.setUint32(18, entry.size, true)
  view.setUint16(22, entry.name, true)
  return new Uint8Array(view.buffer)
}

/** Where the end record starts: it is last, but a comment may follow it. */
function findEnd(view: DataView): number {
  const last = view.byteLength - sizes.end
  for (let at = last; at >= Math.max(0, last - commentMax); at -= 1) {
    if (view.getUint32(at, true) === signatures.end) return at
  }
  throw undecodable('found other bytes')
}

function entryAt(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const isEncrypted = (view.getUint16(at + 8, true) & encrypted) !== 0
  const method = view.getUint16(at + 10, true)
  const trailer = bytes.subarray(at + 16, at + 20)
  const packed = view.getUint32(at + 20, true)
  const size = view.getUint32(at + 24, true)
  const start = at + sizes.directory
  const nameBytes = bytes.subarray(start, start + view.getUint16(at + 28, true))
  const name = new TextDecoder('utf-8').decode(nameBytes)
  const offset = view.getUint32(at + 42, true)
  const read = async () => {
    if (isEncrypted) throw undecodable(`found that "${name}" is encrypted`)
    if (method !== 0 && method !== 8) throw undecodable(`found that "${name}" is packed by method ${method}`)
    if (offset + sizes.file > bytes.length || view.getUint32(offset, true) !== signatures.file) {
      throw undecodable(`found that "${name}" is damaged`)
    }
    const from = offset + sizes.file + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
    if (from + packed > bytes.length) throw undecodable(`found that "${name}" is cut off`)
    const content = bytes.subarray(from, from + packed)
    // Read as GZIP, the checksum is checked where the bytes are unpacked: off the event loop.
    const blocks = method === 8 ? [content] : storedBlocks(content)
    const length = Uint8Array.of(size, size >> 8, size >> 16, size >> 24)
    return gunzip([gzipHeader, ...blocks, trailer, length])
  }
  return { name, size, read }
}

/** Bytes that are not packed, as Deflate (RFC 1951 section 3.2.4). */
function storedBlocks(content: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = []
  for (let from = 0; from === 0 || from < content.length; from += 0xffff) {
    const block = content.subarray(from, from + 0xffff)
    const isLast = from + 0xffff >= content.length ? 1 : 0
    blocks.push(Uint8Array.of(isLast, block.length, block.length >> 8, ~block.length, ~block.length >> 8), block)
  }
  return blocks
}

function undecodable(found: string): Failure {
  return new Failure(`Expected a ZIP archive, ${found}.`, { code: 'decoding' })
}
