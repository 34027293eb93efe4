import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
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

  /** Undefined for one that has been deleted meanwhile. */
  async #describe(name: string): Promise<LogFile | undefined> {
    try {
      const { size, mtimeMs } = await stat(join(this.#directory, name))
      return { name, size, modifiedAt: Math.floor(mtimeMs) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}
