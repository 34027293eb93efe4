import { Failure } from '../run/failure.ts'

/**
 * Reads records of fields. Fields in double quotes may hold the separator, line ends and, doubled, quotes (RFC 4180). Lines
 * end with LF, CRLF or CR; empty lines are skipped. Throws a `Failure` of code `conversion` when a quote is not closed, or
 * when something other than a separator follows it.
 */
export function parseCsv(text: string, separator: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const endRecord = () => {
    if (record.length > 1 || record[0] !== '') records.push(record)
    record = []
  }
  while (at < text.length) {
    const start = at
    const isQuoted = text[at] === '"'
    at = isQuoted ? quotedEnd(text, at, records.length) : plainEnd(text, at, separator)
    record.push(isQuoted ? text.slice(start + 1, at - 1).replaceAll('""', '"') : text.slice(start, at))
    const isLast = at >= text.length
    if (text.startsWith(separator, at) && !isLast) {
      at += separator.length
      // A separator at the very end has an empty field behind it.
      if (at < text.length) continue
      record.push('')
    } else if (!isLast && text[at] !== '\r' && text[at] !== '\n') {
      throw malformed(`a separator or line end after a quoted field in record ${records.length + 1}, found other text`)
    }
    endRecord()
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  return records
}

/** One record without a line end. Fields that hold the separator, a quote or a line end are put in quotes (RFC 4180). */
export function writeCsv(fields: readonly string[], separator: string): string {
  return fields
    .map(field => (field.includes(separator) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(separator)
}

function quotedEnd(text: string, start: number, records: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1
  }
  throw malformed(`the end of a quoted field in record ${records + 1}, found the end of the text`)
}

function plainEnd(text: string, start: number, separator: string): number {
  const first = separator.charCodeAt(0)
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x0a || code === 0x0d || (code === first && text.startsWith(separator, at))) return at
  }
  return text.length
}

function malformed(expected: string): Failure {
  return new Failure(`Expected CSV with ${expected}.`, { code: 'conversion' })
}
