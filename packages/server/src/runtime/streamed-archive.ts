import { promisify } from 'node:util'
import { type InflateRaw, inflateRaw } from 'node:zlib'
import yauzl from 'yauzl'

/** One file of an archive. */
export interface StreamedEntry {
  readonly fileName: string
  readonly compressedSize: number
  readonly uncompressedSize: number
  readonly crc32: number
  readonly data: Uint8Array
}

const localHeader = 'PK\x03\x04'
const descriptor = 'PK\x07\x08'
const endOfDirectory = 'PK\x05\x06'
const headerLength = 30
/** With the longest comment there can be. */
const endLengthMax = 22 + 65_535
/** General purpose bit 3: sizes and checksum follow the data. */
const sizesFollow = 8

const inflateWithInfo = promisify(
  (
    data: Uint8Array,
    options: { readonly maxOutputLength: number },
    done: (error: Error | null, result: { buffer: Buffer; engine: InflateRaw }) => void,
  ) => inflateRaw(data, { ...options, info: true }, done as never),
)

/**
 * Whether this is a zip without a directory at its end, as a stream of local entries: one of the original's published
 * packages has an artifact like that, and Java reads it.
 */
export function isStreamed(buffer: Buffer): boolean {
  if (buffer.subarray(0, 4).toString('latin1') !== localHeader) return false
  return buffer.subarray(-endLengthMax).indexOf(endOfDirectory, 0, 'latin1') < 0
}

/**
 * The files of such a zip, which must end with its last entry. Throws an `Error` for what is cut off or cannot be told apart,
 * and for an entry larger than `bytesMax` allows for this many bytes of the zip (at least 1 MiB).
 */
export async function* streamedEntries(
  buffer: Buffer,
  bytesMax: (packed: number) => number,
): AsyncGenerator<StreamedEntry> {
  let position = 0
  while (position < buffer.length) {
    const { entry, end } = await readEntry(buffer, position, bytesMax)
    position = end
    yield entry
  }
}

async function readEntry(
  buffer: Buffer,
  start: number,
  bytesMax: (packed: number) => number,
): Promise<{ readonly entry: StreamedEntry; readonly end: number }> {
  if (buffer.subarray(start, start + 4).toString('latin1') !== localHeader || start + headerLength > buffer.length)
    throw new Error('the zip ends inside its directory')
  const flags = buffer.readUInt16LE(start + 6)
  const method = buffer.readUInt16LE(start + 8)
  const nameEnd = start + headerLength + buffer.readUInt16LE(start + 26)
  const fileName = buffer.subarray(start + headerLength, nameEnd).toString('utf8')
  const problem = yauzl.validateFileName(fileName)
  if (problem !== null) throw new Error(problem)
  const dataStart = nameEnd + buffer.readUInt16LE(start + 28)
  if ((flags & sizesFollow) === 0) {
    const entry = await knownSize(buffer, { start, dataStart, fileName, method, bytesMax })
    return { entry, end: dataStart + entry.compressedSize }
  }
  if (method !== 8) throw new Error(`the size of "${fileName}" is not known`)
  const { data, compressedSize } = await inflate(buffer.subarray(dataStart), fileName, bytesMax)
  const dataEnd = dataStart + compressedSize
  const isMarked = buffer.subarray(dataEnd, dataEnd + 4).toString('latin1') === descriptor
  const sizes = dataEnd + (isMarked ? 4 : 0)
  if (sizes + 12 > buffer.length) throw new Error(`"${fileName}" is cut off`)
  const uncompressedSize = buffer.readUInt32LE(sizes + 8)
  return {
    entry: { fileName, compressedSize, uncompressedSize, crc32: buffer.readUInt32LE(sizes), data },
    end: sizes + 12,
  }
}

async function knownSize(
  buffer: Buffer,
  header: {
    readonly start: number
    readonly dataStart: number
    readonly fileName: string
    readonly method: number
    readonly bytesMax: (packed: number) => number
  },
): Promise<StreamedEntry> {
  const { start, dataStart, fileName, method, bytesMax } = header
  const compressedSize = buffer.readUInt32LE(start + 18)
  const uncompressedSize = buffer.readUInt32LE(start + 22)
  const packed = buffer.subarray(dataStart, dataStart + compressedSize)
  if (packed.length < compressedSize) throw new Error(`"${fileName}" is cut off`)
  if (method !== 0 && method !== 8) throw new Error(`"${fileName}" is packed by another method`)
  const data = method === 0 ? Buffer.from(packed) : (await inflate(packed, fileName, bytesMax)).data
  return { fileName, compressedSize, uncompressedSize, crc32: buffer.readUInt32LE(start + 14), data }
}

async function inflate(
  packed: Buffer,
  fileName: string,
  bytesMax: (packed: number) => number,
): Promise<{ readonly data: Buffer; readonly compressedSize: number }> {
  try {
    const maxOutputLength = Math.max(1024 * 1024, bytesMax(packed.length))
    const { buffer, engine } = await inflateWithInfo(packed, { maxOutputLength })
    return { data: buffer, compressedSize: engine.bytesWritten }
  } catch (cause) {
    const what = cause instanceof RangeError ? 'is too large' : 'cannot be unpacked'
    throw new Error(`"${fileName}" ${what}`, { cause })
  }
}
