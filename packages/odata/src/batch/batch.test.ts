import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ODataError } from '../error.ts'
import { parseBatch, urlInBatch } from './parse-batch.ts'
import { renderBatch } from './render-batch.ts'

const type = 'multipart/mixed; boundary=b'

/** `|` stands for a line break, so that a table can show a body. */
const lines = (text: string, lineBreak = '\r\n') => text.replaceAll('|', lineBreak)

/** What is asked for, in short: requests as `METHOD url body`, those of a changeset in brackets. */
function show(body: string, contentType = type, requestsMax = 10): string {
  return parseBatch(contentType, body, requestsMax)
    .map(item => {
      const requests = item.kind === 'request' ? [item.request] : item.requests
      const texts = requests.map(({ method, url, body: text, contentId }) =>
        [contentId && `#${contentId}`, method, url, JSON.stringify(text)].filter(Boolean).join(' '),
      )
      return item.kind === 'request' ? texts.join() : `[${texts.join(', ')}]`
    })
    .join('; ')
}

const get =
  '--b|Content-Type: application/http|Content-Transfer-Encoding: binary||GET Books HTTP/1.1|Accept: application/json|||'
const changeset = [
  '--b|Content-Type: multipart/mixed; boundary=c||',
  '--c|Content-Type: application/http|Content-ID: 1||POST Books HTTP/1.1|Content-Type: application/json||{"Id":"x"}|',
  "--c|Content-Type: application/http||DELETE Books('y') HTTP/1.1||",
  '--c--|',
].join('')

const understood: readonly (readonly [title: string, body: string, requests: string])[] = [
  ['single requests in order', `${get}${get.replace('Books', 'Authors')}--b--|`, 'GET Books ""; GET Authors ""'],
  ['a changeset', `${changeset}--b--`, `[#1 POST Books "{\\"Id\\":\\"x\\"}", DELETE Books('y') ""]`],
  [
    'a changeset among requests',
    `${get}${changeset}${get}--b--`,
    `GET Books ""; [#1 POST Books "{\\"Id\\":\\"x\\"}", DELETE Books('y') ""]; GET Books ""`,
  ],
  ['what is before the first delimiter and after the last', `preamble|--bc|${get}--b--|epilogue|--b|x`, 'GET Books ""'],
  [
    'a part without an empty line at its end',
    '--b|Content-Type: application/http||GET Books HTTP/1.1|--b--',
    'GET Books ""',
  ],
  [
    'fields without a blank, in any case',
    '--b|content-type:application/http|CONTENT-ID:7||GET Books HTTP/1.1||--b--',
    '#7 GET Books ""',
  ],
  ['a Content-ID beside the headers of the request', '--b||GET Books HTTP/1.1|Content-ID: 7||--b--', '#7 GET Books ""'],
  ['a part without headers, and a request without a version', '--b|||GET Books||--b--', 'GET Books ""'],
  [
    'blanks in a URL',
    "--b||PUT Books('a b')/$links/Pieces('c') HTTP/1.1||{}|--b--",
    `PUT Books('a b')/$links/Pieces('c') "{}"`,
  ],
  [
    'no empty line before the first delimiter of a changeset',
    '--b|Content-Type: multipart/mixed; boundary=c|--c||POST Books HTTP/1.1||{}|--c--|--b--',
    '[POST Books "{}"]',
  ],
  [
    'a boundary that begins like another',
    `--b|Content-Type: multipart/mixed; boundary=b2||--b2||POST Books HTTP/1.1||--b1|--b2--|--b--`,
    '[POST Books "--b1"]',
  ],
  ['a delimiter inside a line as text', '--b||POST Books HTTP/1.1||x --b|--b--', 'POST Books "x --b"'],
  ['blanks after a delimiter', '--b \t||GET Books HTTP/1.1||--b-- ', 'GET Books ""'],
  ['a batch of nothing', '--b--', ''],
  ['a changeset of nothing', '--b|Content-Type: multipart/mixed; boundary=c||--c--|--b--', '[]'],
]

for (const [title, body, requests] of understood) {
  test(`a batch may have ${title}, with CRLF and with LF`, () => {
    assert.equal(show(lines(body)), requests)
    assert.equal(show(lines(body, '\n')), requests)
  })
}

test('a request line of blanks is read in no time', () => {
  const blanks = ' '.repeat(1_000_000)
  const [item] = parseBatch('multipart/mixed; boundary=b', `--b\n\nGET a${blanks}x${blanks}HTTP/1.1\n--b--`, 1)
  assert.equal(item?.kind === 'request' && item.request.url, `a${blanks}x`)
})

test('the boundary is found in any form of the content type', () => {
  for (const contentType of [
    'multipart/mixed;boundary=b',
    'Multipart/Mixed; charset=utf-8; Boundary="b"',
    'multipart/mixed; boundary = b ; charset=utf-8',
  ]) {
    assert.equal(show('--b--', contentType), '', contentType)
  }
})

const refused: readonly (readonly [body: string, message: RegExp])[] = [
  ['', /"--b" in the body, found none/],
  [get, /"--b--" in the body, found none: is it complete/],
  ['--b|Content-Type: text/plain||GET Books HTTP/1.1||--b--', /application\/http, found "text\/plain"/],
  ['--b|Content-Type: application/http|||--b--', /a request line .* found ""/],
  ['--b||Books||--b--', /a request line .* found "Books"/],
  ['--b|Content-Type: multipart/mixed||--c--|--b--', /a boundary of 1 to 200 characters .* found 0/],
  [
    '--b|Content-Type: multipart/mixed; boundary=c||--c||GET Books HTTP/1.1||--c--|--b--',
    /only changes in a changeset, found GET/,
  ],
  [
    '--b|Content-Type: multipart/mixed; boundary=c||--c|Content-Type: multipart/mixed; boundary=d||--d--|--c--|--b--',
    /application\/http, found "multipart\/mixed; boundary=d"/,
  ],
  ['--b|Content-Type: multipart/mixed; boundary=c||--c||POST Books HTTP/1.1||--b--', /"--c--" in the body/],
  [
    `--b|Content-Type: multipart/mixed; boundary=c||${'--c|Content-ID: 1||POST Books HTTP/1.1||'.repeat(2)}--c--|--b--`,
    /Content-ID once in a changeset, found "1"/,
  ],
  ['--b|Content-ID: a b||GET Books HTTP/1.1||--b--', /Content-ID of 1 to 200 visible/],
  [`${get.repeat(11)}--b--`, /at most 10 parts/],
  [`${changeset.repeat(6)}--b--`, /at most/],
  [`--b|${Array.from({ length: 51 }, (_, index) => `h${index}: x|`).join('')}|GET Books||--b--`, /50 header fields/],
  [`--b||GET Books HTTP/1.1|a: ${'x'.repeat(8_000)}||--b--`, /8000 characters/],
]

for (const [body, message] of refused) {
  test(`the batch ${body.slice(0, 70)} is refused`, () => {
    assert.throws(
      () => show(lines(body)),
      (error: unknown) => {
        assert.ok(error instanceof ODataError)
        assert.deepEqual([error.code, error.status], ['malformed-batch', 400])
        assert.match(error.message, message)
        return true
      },
    )
  })
}

test('a batch of another content type is refused', () => {
  for (const contentType of [undefined, 'application/json', 'multipart/form-data; boundary=b']) {
    assert.throws(() => parseBatch(contentType, '--b--', 1), { code: 'unsupported-media-type', status: 415 })
  }
})

const urls: readonly (readonly [url: string, relative: string])[] = [
  ["Books('x')?$format=json", "Books('x')?$format=json"],
  ["/Books('x')", "Books('x')"],
  ["/api/v1/Books('x')", "Books('x')"],
  ['/api/v1?$format=json', '?$format=json'],
  ['/api/v1x/Books', 'api/v1x/Books'],
  ["https://host:443/api/v1/Books('https://x')", "Books('https://x')"],
  ['$1/Pieces', "Books('new')/Pieces"],
  ['$1', "Books('new')"],
  ['/api/v1/$1?$select=Id', "Books('new')?$select=Id"],
  ['$2/Pieces', '$2/Pieces'],
  ['$metadata', '$metadata'],
]

for (const [url, relative] of urls) {
  test(`the URL ${url} in a batch is ${relative}`, () => {
    assert.equal(urlInBatch(url, '/api/v1', new Map([['1', "Books('new')"]])), relative)
  })
}

test('answers come in order, with lengths in bytes', () => {
  const json = { 'content-type': 'application/json' }
  const created = {
    status: 201,
    phrase: 'Created',
    headers: { dataserviceversion: '2.0', location: 'u' },
    contentId: '1',
  }
  const text = renderBatch(
    [
      { status: 200, phrase: 'OK', headers: json, body: 'aä€😀\ud800', contentId: undefined },
      {
        changeset: [
          { ...created, body: Uint8Array.of(65, 66) },
          { status: 204, phrase: 'No Content', headers: {}, body: '', contentId: undefined },
        ],
      },
    ],
    'b',
  )
    .map(piece => (typeof piece === 'string' ? piece : Buffer.from(piece).toString()))
    .join('')
  const part = '|Content-Type: application/http|Content-Transfer-Encoding: binary|'
  assert.equal(
    text,
    lines(
      [
        `--b${part}|HTTP/1.1 200 OK|Content-Type: application/json|Content-Length: 13||aä€😀\ud800|`,
        '--b|Content-Type: multipart/mixed; boundary=changeset_1_b||',
        `--changeset_1_b${part}Content-ID: 1||HTTP/1.1 201 Created|DataServiceVersion: 2.0|Location: u|Content-Length: 2||AB|`,
        `--changeset_1_b${part}|HTTP/1.1 204 No Content|||`,
        '--changeset_1_b--|--b--|',
      ].join(''),
    ),
  )
  assert.equal(Buffer.byteLength('aä€😀\ud800'), 13)
})
