import type { LogFile, LogFiles } from './log-files.ts'

/** Which lines of the access log are looked for. What is not given is not looked at. */
export interface AccessLogQuery {
  /** `404`, or `4xx` for all from 400 to 499. */
  readonly status?: string
  readonly method?: string
  readonly user?: string
  /** A part of the path, in any case. */
  readonly path?: string
}

/** A line of the access log as it is in the file. */
export interface AccessLine {
  /** ISO 8601. */
  readonly time: string
  readonly address: string
  /** `-` where authentication failed. */
  readonly user: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly durationMs: number
  readonly bytes: number
  readonly reason?: string
}

/** A place in the log: a byte of one of its files. What is before it is older. */
export interface AccessLogPlace {
  readonly file: string
  readonly offset: number
}

/** The end of the log, as far as it was read. */
export interface AccessLogTail {
  /** The newest first. */
  readonly lines: readonly AccessLine[]
  /** Where to read on; undefined at the beginning of the oldest file. */
  readonly older: AccessLogPlace | undefined
}

const chunkBytes = 64 * 1024
/** What is read for one answer, in bytes: some 50,000 lines. */
const readBytesMax = 8 * 1024 * 1024
const newline = 10

/**
 * Reads the log from its end, or from before a place, until it has found `limit` lines or has read 8 MiB. Lines that are no
 * JSON, as a full disk may leave them, are skipped.
 */
export async function readAccessLogTail(
  logFiles: Pick<LogFiles, 'list' | 'readPart'>,
  query: AccessLogQuery,
  limit: number,
  before?: AccessLogPlace,
): Promise<AccessLogTail> {
  const files = (await logFiles.list()).filter(({ name }) => before === undefined || name <= before.file).reverse()
  const lines: AccessLine[] = []
  let read = 0
  for (const [index, file] of files.entries()) {
    let end = before?.file === file.name ? Math.min(before.offset, file.size) : file.size
    while (end > 0) {
      if (read >= readBytesMax) return { lines, older: { file: file.name, offset: end } }
      const { texts, start } = await linesBefore(logFiles, file, end)
      read += end - start
      for (const { text, at } of texts.reverse()) {
        const line = parsed(text)
        if (line === undefined || !matches(line, query)) continue
        lines.push(line)
        if (lines.length < limit) continue
        const isWhole = at === 0 && index === files.length - 1
        return { lines, older: isWhole ? undefined : { file: file.name, offset: at } }
      }
      end = start
    }
  }
  return { lines, older: undefined }
}

interface PlacedText {
  readonly text: string
  /** Of its first byte in the file. */
  readonly at: number
}

/** The whole lines in the chunk before `end`, and where they start. It grows where one is longer; none is as long as an answer reads. */
async function linesBefore(
  logFiles: Pick<LogFiles, 'readPart'>,
  file: LogFile,
  end: number,
): Promise<{ texts: PlacedText[]; start: number }> {
  for (let size = chunkBytes; ; size *= 2) {
    const from = Math.max(0, end - size)
    const bytes = await logFiles.readPart(file, from, end)
    const first = from === 0 ? 0 : bytes.indexOf(newline) + 1
    const isWithout = from > 0 && (first === 0 || first === bytes.length)
    if (isWithout && size < readBytesMax) continue
    if (isWithout) return { texts: [], start: from }
    const texts: PlacedText[] = []
    for (let at = first; at < bytes.length; ) {
      const stop = bytes.indexOf(newline, at)
      const until = stop < 0 ? bytes.length : stop
      texts.push({ text: bytes.toString('utf8', at, until), at: from + at })
      at = until + 1
    }
    return { texts, start: from + first }
  }
}

function parsed(text: string): AccessLine | undefined {
  try {
    return JSON.parse(text) as AccessLine
  } catch {
    return undefined
  }
}

function matches(line: AccessLine, { status, method, user, path }: AccessLogQuery): boolean {
  if (status !== undefined && !isOfStatus(line.status, status)) return false
  if (method !== undefined && line.method !== method.toUpperCase()) return false
  if (user !== undefined && line.user !== user) return false
  return path === undefined || line.path.toLowerCase().includes(path.toLowerCase())
}

function isOfStatus(status: number, wanted: string): boolean {
  return wanted.endsWith('xx') ? String(status)[0] === wanted[0] : String(status) === wanted
}
