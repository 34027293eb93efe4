import fc from 'fast-check'

/** Values that requests name before there are any: `{code}` in a parameter, header or body. Each use takes the next. */
export type Pools = Readonly<Record<string, readonly string[]>>

/** One parameter, and how it is written. */
interface FuzzParameter {
  readonly name: string
  readonly value: string
  readonly place: 'query' | 'body'
  readonly encoding: 'form' | 'raw' | 'all' | 'twice' | 'broken'
}

/** A request of which most parts are right. */
export interface FuzzRequest {
  readonly method: string
  readonly path: string
  readonly parameters: readonly FuzzParameter[]
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** In place of a form. */
  readonly body?: string
}

/** Stands in values; must not stand in a page. */
export const markup = '<zq7 x="1">'

const hardTexts = [
  ...[
    '',
    ' ',
    '%',
    '%00',
    '%zz',
    '%c0%af',
    '\0',
    '\r\nX-Smuggled: 1',
    '\t',
    '\u202e',
    '\ud800',
    'é',
    '😀',
    '+',
    '&a=b',
    '=',
  ],
  ...[
    markup,
    `">${markup}`,
    "' or '1'='1",
    '; drop table clients',
    '${7*7}',
    '{{7*7}}',
    '../../../etc/passwd',
    'file://x/',
  ],
  ...[
    'null',
    'undefined',
    'true',
    '-1',
    '1e999',
    '[]',
    '{}',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'a.b.c',
    '..',
  ],
  ...['x'.repeat(600), '9'.repeat(300), '%41'.repeat(100), '.'.repeat(2000), 'https://evil.example/', '//evil.example'],
]

export const junk = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hardTexts) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  // Of any code points; `unit: 'binary'` takes seconds to list them all.
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0x10_ffff }), { maxLength: 6 })
      .map(points => String.fromCodePoint(...points)),
  },
)

const changes: readonly ((text: string) => string)[] = [
  text => text.toUpperCase(),
  text => text.slice(1),
  text => text.slice(0, -1),
  text => `${text} `,
  text => `${text}\0`,
  text => text + text,
  text => [...text].reverse().join(''),
  text => `${text}/../${text}`,
]

const changed = (texts: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...texts), fc.constantFrom(...changes))
    .map(([text, change]) => (text.startsWith('{') ? text : change(text)))

/** Mostly one of the right values, sometimes nearly, sometimes anything. */
export const near = (...right: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: changed(right) },
    { weight: 1, arbitrary: junk },
  )

const place = fc.constantFrom<FuzzParameter['place']>('body', 'body', 'body', 'query')
const encoding = fc.oneof(
  { weight: 30, arbitrary: fc.constant<FuzzParameter['encoding']>('form') },
  { weight: 1, arbitrary: fc.constantFrom<FuzzParameter['encoding']>('raw', 'all', 'twice', 'broken') },
)

/** A parameter that is there unless it is left out. */
export const parameter = (name: string, value: fc.Arbitrary<string>, where = place): fc.Arbitrary<FuzzParameter> =>
  fc.record({ name: fc.constant(name), value, place: where, encoding })

/** Parameters that nobody asked for, known and unknown; where they are there already, they are duplicates. */
export const stray = (names: readonly string[]): fc.Arbitrary<readonly FuzzParameter[]> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.record({ name: fc.oneof(fc.constantFrom(...names), junk), value: junk, place, encoding }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    },
  )

const forwarded = [
  ...[
    ['X-Forwarded-For', '203.0.113.9'],
    ['X-Forwarded-Host', 'evil.example'],
    ['Forwarded', 'host=evil.example'],
  ],
  ...[
    ['X-HTTP-Method-Override', 'DELETE'],
    ['SSL_CLIENT_CERT', 'x'],
    ['X-Original-URL', '/'],
    ['X-CSRF-Token', 'Fetch'],
  ],
  ...[
    ['Accept', 'text/html;q=x'],
    ['Accept-Language', 'de;q=9,*'],
    ['Content-Encoding', 'gzip'],
    ['Expect', '100-continue'],
  ],
  ...[
    ['Cookie', 'JSESSIONID=0'],
    ['Cookie', ';;=;JSESSIONID'],
    ['Range', 'bytes=0-1'],
    ['If-None-Match', '*'],
    ['DPoP', 'a.b.c'],
  ],
  ...[
    ['Origin', 'null'],
    ['Origin', 'https://evil.example'],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Referer', markup],
  ],
] as unknown as readonly (readonly [string, string])[]

/** Header fields beside those that a request needs. */
export const strayHeaders = fc.oneof(
  { weight: 6, arbitrary: fc.constant<readonly (readonly [string, string])[]>([]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...forwarded), { minLength: 1, maxLength: 2 }) },
)

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** `Authorization` headers of clients by ID and secret, nearly right ones, and none. */
export const authorizations = (clients: readonly (readonly [id: string, secret: string])[]) => {
  const right = clients.map(([id, secret]) => basic(id, secret))
  const wrong = [
    ...clients.map(([id]) => basic(id, 'wrong')),
    ...[
      'Basic',
      'Basic ',
      'Basic =',
      'Basic Og==',
      'Basic ****',
      'Negotiate x',
      'Bearer',
      'Bearer {token}',
      basic('', ''),
    ],
    ...[
      basic('nobody', 'x'),
      basic('a:b:c', 'd'),
      basic('%zz', '%zz'),
      `Basic ${'A'.repeat(5000)}`,
      'DPoP {token}',
      ',',
    ],
    ...right.flatMap(text => [text.toLowerCase(), text.replace(' ', '  '), `${text},${text}`, text.slice(0, -3)]),
  ]
  return fc
    .oneof(
      { weight: 18, arbitrary: fc.constantFrom(...right) },
      { weight: 3, arbitrary: fc.constantFrom(...wrong) },
      { weight: 1, arbitrary: fc.constant('') },
    )
    .map(value => (value === '' ? [] : [['Authorization', value] as const]))
}

const contentTypes = [
  ...['application/x-www-form-urlencoded; charset=UTF-8', 'APPLICATION/X-WWW-FORM-URLENCODED', 'application/json', ''],
  ...[
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/x-www-form-urlencoded;;;',
    'a/b/c',
    'x',
    'text/html',
  ],
]

export const contentType = fc
  .oneof(
    { weight: 12, arbitrary: fc.constant('application/x-www-form-urlencoded') },
    { weight: 1, arbitrary: fc.constantFrom(...contentTypes) },
  )
  .map(value => (value === '' ? [] : [['Content-Type', value] as const]))

export const methods = (usual: string) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constant(usual) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'QUERY'),
    },
  )

/** A request with its values in it. */
export interface FilledRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** Puts values into a request, each as it is to be encoded. `take` gives the next value of a pool, empty where there is none. */
export function filled(request: FuzzRequest, take: (pool: string) => string): FilledRequest {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (all, pool: string) => take(pool) || all)
  const listed = (place: FuzzParameter['place']) =>
    request.parameters
      .filter(parameter => parameter.place === place)
      .map(({ name, value, encoding }) => `${encoded(name, 'form')}=${encoded(fill(value), encoding)}`)
      .join('&')
  return {
    method: request.method,
    path: fill(request.path).replace(/[^\x21-\x7e]/gu, character => encoded(character, 'form')),
    query: listed('query'),
    headers: request.headers.map(([name, value]) => [name, fill(value).replace(/[^\x20-\x7e]/g, '?')]),
    body: fill(request.body ?? listed('body')),
  }
}

/** Takes values from pools in turn. */
export function takerOf(pools: Pools): (pool: string) => string {
  const used = new Map<string, number>()
  return pool => {
    const next = used.get(pool) ?? 0
    used.set(pool, next + 1)
    return pools[pool]?.[next % pools[pool].length] ?? ''
  }
}

function encoded(text: string, encoding: FuzzParameter['encoding']): string {
  const form = encodeURIComponent(text.toWellFormed())
  if (encoding === 'form') return form
  if (encoding === 'twice') return encodeURIComponent(form)
  if (encoding === 'broken') return `${form}%e4`
  if (encoding === 'raw')
    return text.replace(/[^\x21-\x22\x24-\x7e]/gu, character => encodeURIComponent(character.toWellFormed()))
  return Buffer.from(text).toString('hex').replace(/../g, '%$&')
}

/** Requests in one go: long enough to keep a server busy, short enough for the values in the pools to live. */
const batch = 200

/** What makes requests. */
export type FuzzRequests = fc.Arbitrary<FuzzRequest>

/** Has `run` take `count` requests in batches, and ends with the first that fails. */
export async function inBatches(
  requests: FuzzRequests,
  { count, seed }: { readonly count: number; readonly seed: number },
  run: (batch: readonly FuzzRequest[]) => Promise<void>,
): Promise<void> {
  const oneBatch = fc.array(requests, { minLength: batch, maxLength: batch, size: 'max' })
  await fc.assert(fc.asyncProperty(oneBatch, run), { seed, numRuns: count / batch, endOnFailure: true })
}

/** The same in every run, unless `FUZZ_SEED` says another. */
export const fuzzSeed = Number(process.env.FUZZ_SEED ?? 20_261_129)
