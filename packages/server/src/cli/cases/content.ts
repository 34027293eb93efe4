import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { RawContent } from './case-schema.ts'

/** A file that a case names cannot be read. */
export class MissingContent extends Error {
  constructor(cause: Error) {
    super(`Expected a readable file, found: ${cause.message}`, { cause })
    this.name = 'MissingContent'
  }
}

/** What `content` of a case stands for; files are relative to `folder`. Throws `MissingContent`. */
export async function readContent(raw: RawContent | undefined, folder: string): Promise<string | Uint8Array | null> {
  if (raw === undefined || raw === null) return null
  if (typeof raw !== 'object') return String(raw)
  if (raw.file !== undefined) return readBytes(raw.file, folder)
  if (raw.base64 !== undefined) return Buffer.from(raw.base64, 'base64')
  if (raw.text !== undefined) return raw.text
  return 'json' in raw ? JSON.stringify(raw.json) : null
}

/** Throws `MissingContent`. */
export async function readBytes(file: string, folder: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(folder, file))
  } catch (cause) {
    throw new MissingContent(cause as Error)
  }
}
