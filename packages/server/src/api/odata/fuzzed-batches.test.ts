import fc from 'fast-check'
import type { FuzzRequest } from './fuzzed-requests.test.ts'

/** A multipart body and the content type it is sent with. */
export interface FuzzBatch {
  readonly contentType: string
  readonly body: string
}

const lineBreaks = fc.constantFrom('\r\n', '\r\n', '\n')

/** What is wrong with a batch as text; most often nothing. */
const damages = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 4 },
  fc.tuple(
    fc.nat(),
    fc.nat(20),
    fc.constantFrom(
      '--batch',
      '--batch--',
      '--set',
      '\r\n',
      '\n\n',
      ':',
      'Content-ID: 1\r\n',
      '\u0000',
      'HTTP/1.1',
      '$1',
    ),
  ),
)

/** The first nine times in ten. */
function mostly(usual: string, ...others: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: fc.constant(usual), weight: 9 }, fc.constantFrom(...others))
}

/** Batches of requests, alone and in changesets, some of them damaged. */
export function batchesOf(requests: fc.Arbitrary<FuzzRequest>): fc.Arbitrary<FuzzBatch> {
  const part = fc
    .record({
      request: requests,
      outer: mostly(
        'Content-Type: application/http|Content-Transfer-Encoding: binary|',
        'Content-Type:application/http|',
        '',
        'Content-ID: 1|',
        'Content-Type: text/plain|',
      ),
      version: fc.constantFrom(' HTTP/1.1', ' HTTP/1.1', ''),
      prefix: fc.constantFrom('', '', '/api/v1/', 'https://tenant.example/api/v1/', '$1/', '/'),
    })
    .map(({ request, outer, version, prefix }) => {
      const fields = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}|`)
      return `${outer}|${request.method} ${prefix}${request.url}${version}|${fields.join('')}|${escapeBars(request.body)}|`
    })
  const change = part.map(text => text.replace(/\|(?:GET|HEAD) /, '|DELETE '))
  const changeset = fc.array(fc.oneof({ arbitrary: change, weight: 20 }, part), { maxLength: 3 }).map(parts => {
    const inside = parts.map(text => `--set|${text}`).join('')
    return `Content-Type: multipart/mixed; boundary=set||${inside}--set--|`
  })
  const items = fc.array(fc.oneof({ arbitrary: part, weight: 2 }, changeset), { maxLength: 3 })
  return fc
    .record({
      items,
      lineBreak: lineBreaks,
      damage: damages,
      end: mostly('--batch--', '--batch--|', '--batch--|epilogue', '', '--batch|'),
      contentType: mostly(
        'multipart/mixed; boundary=batch',
        'multipart/mixed;boundary="batch"',
        'multipart/mixed; boundary=',
        'x',
      ),
    })
    .map(({ items: parts, lineBreak, damage, end, contentType }) => {
      const whole = `${parts.map(text => `--batch|${text}`).join('')}${end}`
        .replaceAll('|', lineBreak)
        .replaceAll('\u0001', '|')
      if (!damage) return { contentType, body: whole }
      const [at, cut, piece] = damage
      const place = at % (whole.length + 1)
      return { contentType, body: whole.slice(0, place) + piece + whole.slice(place + cut) }
    })
}

/** `|` is a line break here. */
function escapeBars(text: string): string {
  return text.replaceAll('|', '\u0001')
}
