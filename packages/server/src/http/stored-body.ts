import { randomUUID } from 'node:crypto'
import { readSync } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoredBytes } from '@sluice/iflow'

/** A body in a file that nobody else can open and that is gone with this process, whatever ends it. */
export class StoredBody implements StoredBytes {
  readonly #file: FileHandle
  #length = 0
  #piece = Buffer.alloc(0)

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async create(directory: string): Promise<StoredBody> {
    const path = join(directory, `body-${randomUUID()}`)
    const file = await open(path, 'wx+', 0o600)
    await unlink(path)
    return new StoredBody(file)
  }

  get length(): number {
    return this.#length
  }

  async add(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const { bytesWritten } = await this.#file.write(chunk, at, chunk.length - at, this.#length)
      at += bytesWritten
      this.#length += bytesWritten
    }
  }

  /** At once rather than later: what was just written is in the system's cache. */
  read(start: number, end: number): Uint8Array {
    const length = end - start
    if (this.#piece.length < length) this.#piece = Buffer.allocUnsafeSlow(length)
    let count = 0
    while (count < length) {
      const read = readSync(this.#file.fd, this.#piece, count, length - count, start + count)
      if (read === 0) throw new Error(`Expected ${this.#length} bytes in the file of a body, found ${start + count}`)
      count += read
    }
    const piece = this.#piece.subarray(0, length)
    // Whoever wants the whole body keeps it.
    if (length === this.#length) this.#piece = Buffer.alloc(0)
    return piece
  }

  /** Piece by piece; each is gone with the next, so that the memory of one does for all. */
  *pieces(): Generator<Uint8Array> {
    for (let start = 0; start < this.#length; start += pieceBytes) {
      yield this.read(start, Math.min(this.#length, start + pieceBytes))
    }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

const pieceBytes = 64 * 1024
