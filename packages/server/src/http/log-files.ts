import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { AccessLog } from './access-log.ts'

/** A log file as it is at one moment. */
export interface LogFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
}

/** What the server has logged to disk: the HTTP access log, a file a day. Its other log goes to standard error. */
export class LogFiles {
  readonly #directory: string
  readonly #accessLog: Pick<AccessLog, 'flush'>
  /** Whose files these are, in the original's words: the runtime application. */
  readonly application: string

  constructor(dataDirectory: string, accessLog: Pick<AccessLog, 'flush'>, application: string) {
    this.#directory = join(dataDirectory, 'log')
    this.#accessLog = accessLog
    this.application = application
  }

  /** The latest last. */
  async list(): Promise<LogFile[]> {
    this.#accessLog.flush()
    const names = (await readdir(this.#directory)).filter(name => /^http-access-\d{4}-\d\d-\d\d\.log$/.test(name))
    const found = await Promise.all(names.sort().map(name => this.#describe(name)))
    return found.filter(file => file !== undefined)
  }

  /** The file as far as it was described: lines are added meanwhile. */
  read({ name, size }: LogFile): Readable {
    return size === 0 ? Readable.from([]) : createReadStream(join(this.#directory, name), { end: size - 1 })
  }

  /** The bytes from `start` up to but not including `end`; fewer where the file has been deleted meanwhile. */
  async readPart({ name }: LogFile, start: number, end: number): Promise<Buffer> {
    const file = await open(join(this.#directory, name)).catch(ignoreMissing)
    if (!file) return Buffer.alloc(0)
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }

  /** Undefined for one that has been deleted meanwhile. */
  async #describe(name: string): Promise<LogFile | undefined> {
    const found = await stat(join(this.#directory, name)).catch(ignoreMissing)
    return found && { name, size: found.size, modifiedAt: Math.floor(found.mtimeMs) }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
