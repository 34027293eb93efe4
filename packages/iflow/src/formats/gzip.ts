import { Failure } from '../run/failure.ts'
import { concatenate } from './concatenate.ts'

/**
 * How much may come out of compressed bytes: `ratioMax` times what went in, at least `bytesMin`, at most `bytesMax`. Small
 * archives may be packed as tightly as they like; a large result must have cost its sender something.
 */
export const decompressionLimits = { bytesMin: 10 * 1024 * 1024, bytesMax: 256 * 1024 * 1024, ratioMax: 200 } as const

/** The most that may come out of so many compressed bytes. */
export function decompressedMax(compressed: number): number {
  const { bytesMin, bytesMax, ratioMax } = decompressionLimits
  return Math.min(bytesMax, Math.max(bytesMin, compressed * ratioMax))
}

/** Compresses bytes as GZIP (RFC 1952), with neither a name nor a time: the same bytes give the same result everywhere. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const out = await pass(new CompressionStream('gzip'), [bytes], Number.POSITIVE_INFINITY)
  // The operating system stands here; 255 is "unknown".
  out[9] = 255
  return out
}

/**
 * Decompresses one member of GZIP (RFC 1952). Throws a `Failure` of code `decoding` when it is not GZIP, is cut
 * off, goes on behind the member, or its checksum is wrong, and of code `size-limit` as soon as more than `max` bytes come out.
 */
export async function gunzip(
  parts: readonly Uint8Array[],
  max = decompressedMax(parts.reduce((sum, part) => sum + part.length, 0)),
): Promise<Uint8Array> {
  try {
    return await pass(new DecompressionStream('gzip'), parts, max)
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure('Expected compressed bytes, found others, or less than all.', { code: 'decoding', cause })
  }
}

async function pass(
  stream: CompressionStream | DecompressionStream,
  parts: readonly Uint8Array[],
  max: number,
): Promise<Uint8Array> {
  const reader = stream.readable.getReader()
  const feeding = feed(stream.writable.getWriter(), parts)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { value } = await reader.read()
      if (value === undefined) break
      length += value.length
      if (length > max) {
        throw new Failure(`Expected at most ${max} bytes after decompression, found more.`, { code: 'size-limit' })
      }
      chunks.push(value)
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined)
    await feeding.catch(() => undefined)
    throw error
  }
  await feeding
  return concatenate(chunks)
}

async function feed(
  writer: { write(chunk: Uint8Array<ArrayBuffer>): Promise<void>; close(): Promise<void> },
  parts: readonly Uint8Array[],
): Promise<void> {
  for (const part of parts) await writer.write(part as Uint8Array<ArrayBuffer>)
  await writer.close()
}
