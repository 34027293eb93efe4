import { Failure } from '../run/failure.ts'
import { concatenate } from './concatenate.ts'
import type { ZipFile } from './zip.ts'

/** How many entries are read from an archive. */
export const tarEntriesMax = 10_000

const block = 512
/** Where the fields of a header are (POSIX.1-2017, pax, "ustar Interchange Format"): offset and length. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  user: [108, 8],
  group: [116, 8],
  size: [124, 12],
  modified: [136, 12],
  checksum: [148, 8],
  prefix: [345, 155],
} as const
const typeAt = 156
const magicAt = 257

/**
 * The files of a TAR archive one after the other; folders and links are left out. Names of any length are read as GNU tar
 * and pax write them. Throws a `Failure` of code `decoding` when the bytes are no archive or are cut off, and of code
 * `size-limit` when there are more than `tarEntriesMax` entries.
 */
export function* readTar(bytes: Uint8Array): Generator<ZipFile> {
  let longName: string | undefined
  let count = 0
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block)
    if (header.every(byte => byte === 0)) return
    count += 1
    if (count > tarEntriesMax) {
      throw new Failure(`Expected at most ${tarEntriesMax} entries in the archive, found more.`, { code: 'size-limit' })
    }
    if (number(header, fields.checksum) !== checksumOf(header)) throw undecodable('found other bytes')
    const size = number(header, fields.size)
    const content = bytes.subarray(at + block, at + block + size)
    if (content.length < size) throw undecodable('found that it is cut off')
    const type = String.fromCharCode(header[typeAt] ?? 0)
    if (type === 'L') longName = text(content)
    else if (type === 'x') longName = paxPath(content) ?? longName
    else {
      if (type === '0' || type === '\0' || type === '7') yield { name: longName ?? nameIn(header), bytes: content }
      longName = undefined
    }
    at += block + Math.ceil(size / block) * block
  }
  if (count === 0) throw undecodable('found other bytes')
}

/** Makes a TAR archive of files, all changed at `modifiedAt` (milliseconds since 1970). Names are UTF-8. */
export function makeTar(files: readonly ZipFile[], modifiedAt: number): Uint8Array {
  const parts: Uint8Array[] = []
  for (const { name, bytes } of files) {
    const nameBytes = new TextEncoder().encode(name)
    if (nameBytes.length > fields.name[1]) parts.push(...entry('././@LongLink', nameBytes, 'L', modifiedAt))
    parts.push(...entry(name, bytes, '0', modifiedAt))
  }
  return concatenate([...parts, new Uint8Array(2 * block)])
}

function entry(name: string, content: Uint8Array, type: string, modifiedAt: number): Uint8Array[] {
  const header = new Uint8Array(block)
  header.set(new TextEncoder().encode(name).subarray(0, fields.name[1]))
  setOctal(header, fields.mode, 0o644)
  setOctal(header, fields.user, 0)
  setOctal(header, fields.group, 0)
  setOctal(header, fields.size, content.length)
  setOctal(header, fields.modified, Math.floor(modifiedAt / 1000))
  header[typeAt] = type.charCodeAt(0)
  // "ustar", a zero byte, and the version 00.
  header.set([0x75, 0x73, 0x74, 0x61, 0x72, 0, 0x30, 0x30], magicAt)
  setOctal(header, fields.checksum, checksumOf(header))
  return [header, content, new Uint8Array((block - (content.length % block)) % block)]
}

/** The sum of all bytes of a header, its own field read as blanks. */
function checksumOf(header: Uint8Array): number {
  const [start, length] = fields.checksum
  return header.reduce((sum, byte, at) => sum + (at >= start && at < start + length ? 0x20 : byte), 0)
}

type Field = readonly [offset: number, length: number]

function setOctal(header: Uint8Array, [offset, length]: Field, value: number): void {
  header.set(new TextEncoder().encode(`${value.toString(8).padStart(length - 1, '0')}\0`), offset)
}

function number(header: Uint8Array, [offset, length]: Field): number {
  const digits = text(header.subarray(offset, offset + length)).trim()
  if (!/^[0-7]*$/.test(digits)) throw undecodable('found other bytes')
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}

function nameIn(header: Uint8Array): string {
  const part = ([offset, length]: Field) => text(header.subarray(offset, offset + length))
  const prefix = text(header.subarray(magicAt, magicAt + 5)) === 'ustar' ? part(fields.prefix) : ''
  return prefix === '' ? part(fields.name) : `${prefix}/${part(fields.name)}`
}

/** The `path` of pax records, each `<length> <keyword>=<value>\n`. */
function paxPath(records: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text(records))?.[1]
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder('utf-8').decode(end < 0 ? bytes : bytes.subarray(0, end))
}

function undecodable(found: string): Failure {
  return new Failure(`Expected a TAR archive, ${found}.`, { code: 'decoding' })
}
