import type { EntityType, PrimitiveType } from '@sluice/odata'
import fc from 'fast-check'
import type { EntitySetApi } from './definition.ts'
import { entitySets } from './index.ts'

/** A request before it is sent. */
export interface FuzzRequest {
  readonly method: string
  /** Below `/api/v1`, without a leading slash. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Texts that try to leave a literal, and those that are hard to carry. */
const hardTexts = [
  ...[
    "' or '1'='1",
    "'; drop table packages; --",
    "x') or 1=1 --",
    '" or ""="',
    "\\' union select * from keys --",
    '/*',
  ],
  ...[
    '%',
    '_',
    '\\',
    '\u0000',
    '\ud800',
    '\u202e',
    '😀',
    'é',
    '\r\n',
    '\t',
    '',
    'canary',
    "''",
    '$1',
    '?',
    '{}',
    '%27',
  ],
]

/** Pieces of the grammar, to be put where they do not belong. */
const pieces = [
  ...[
    '(',
    ')',
    "'",
    "''",
    ',',
    '=',
    '/',
    '?',
    '&',
    ' ',
    '+',
    '%27',
    '%2F',
    '%',
    '%zz',
    '%00',
    '\\',
    '"',
    ';',
    '--',
    '$',
  ],
  ...[
    'eq',
    ' and ',
    ' or ',
    'not ',
    'null',
    'true',
    '1',
    '-',
    '7L',
    '1e999',
    "datetime'",
    "X'0",
    'substringof(',
    '0x1',
  ],
  ...[
    '$filter=',
    '$top=',
    '$select=',
    '$orderby=',
    '$expand=',
    '$skiptoken=',
    '$format=',
    '__proto__',
    '$links',
    '$batch',
  ],
  ...['$value', '$count', '*', '../', '//', '(())', '\ud800', '\u0000', '€', '😀'],
]

/** Half of a surrogate pair, too. fast-check's own unit `binary` takes seconds to be made. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map(unit => String.fromCharCode(unit))

const text = fc.oneof(
  { arbitrary: fc.constantFrom(...hardTexts), weight: 2 },
  { arbitrary: fc.string({ unit: anyUnit, maxLength: 8 }), weight: 1 },
  { arbitrary: fc.constantFrom('canary', 'canary', 'hello', 'active', 'a', '61', 'system'), weight: 4 },
)

const integer = fc.oneof(fc.integer().map(String), fc.constantFrom('0', '1', '-1', '9223372036854775807', '2147483648'))

/** A literal of a type as the URL grammar has it. */
const literals: Readonly<Record<PrimitiveType, fc.Arbitrary<string>>> = {
  'Edm.String': text.map(value => `'${value.replaceAll("'", "''")}'`),
  'Edm.Boolean': fc.constantFrom('true', 'false', '1', '0'),
  'Edm.Int32': integer,
  'Edm.Int64': integer.map(value => `${value}L`),
  'Edm.Double': fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  'Edm.DateTime': fc.constantFrom(
    "datetime'2025-01-02T03:04:05'",
    "datetime'2025-01-02T03:04:05.123Z'",
    "datetime'9999-12-31T00:00:00'",
  ),
  'Edm.DateTimeOffset': fc.constantFrom(
    "datetimeoffset'2025-01-02T03:04:05+01:00'",
    "datetimeoffset'0000-01-01T00:00:00Z'",
  ),
  'Edm.Binary': fc.constantFrom("X'00FF'", "binary''"),
}

const anyLiteral = fc.oneof(
  ...Object.values(literals),
  fc.constantFrom('null', "guid'01234567-89ab-cdef-0123-456789abcdef'", "time'PT1H'"),
)

/** Paths of a type that can stand in a filter, with their types. */
function pathsOf(type: EntityType): { readonly path: string; readonly type: PrimitiveType }[] {
  return Object.entries(type.properties).flatMap(([name, { type: declared }]) =>
    typeof declared === 'string'
      ? [{ path: name, type: declared }]
      : Object.entries(declared.properties).map(([inner, property]) => ({
          path: `${name}/${inner}`,
          type: property.type,
        })),
  )
}

/** Making a generator takes longer than having it make a value: each is made once. */
function once<Of, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new Map<Of, Made>()
  return of => {
    const made = known.get(of) ?? make(of)
    known.set(of, made)
    return made
  }
}

/** Filters on a type, most of which fit it. */
export const filtersOn = once((type: EntityType): fc.Arbitrary<string> => {
  const paths = pathsOf(type)
  const texts = paths.filter(path => path.type === 'Edm.String').map(({ path }) => path)
  const property = fc.constantFrom(...paths)
  const textPath = fc.constantFrom(...(texts.length > 0 ? texts : ['Nothing']))
  const { filter } = fc.letrec<Record<'text' | 'filter', string>>(tie => ({
    text: fc.oneof(
      { depthSize: 'small' },
      { arbitrary: textPath, weight: 3 },
      { arbitrary: literals['Edm.String'], weight: 3 },
      fc.tuple(fc.constantFrom('tolower', 'toupper', 'trim'), tie('text')).map(([name, a]) => `${name}(${a})`),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `concat(${a},${b})`),
      fc.tuple(tie('text'), integer, integer).map(all => `substring(${all})`),
      fc.tuple(tie('text'), tie('text'), tie('text')).map(all => `replace(${all})`),
    ),
    filter: fc.oneof(
      { depthSize: 'small' },
      {
        arbitrary: property.chain(({ path, type: declared }) =>
          fc
            .tuple(
              fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'),
              fc.oneof({ arbitrary: literals[declared], weight: 5 }, anyLiteral),
            )
            .map(([operator, literal]) => `${path} ${operator} ${literal}`),
        ),
        weight: 4,
      },
      fc.tuple(tie('text'), fc.constantFrom('eq', 'ne', 'gt'), tie('text')).map(all => all.join(' ')),
      fc
        .tuple(fc.constantFrom('substringof', 'startswith', 'endswith'), tie('text'), tie('text'))
        .map(([name, a, b]) => `${name}(${a}, ${b})`),
      fc
        .tuple(fc.constantFrom('length', 'year', 'round', 'hour'), property, integer)
        .map(([name, { path }, number]) => `${name}(${path}) add 1 lt ${number}`),
      fc.tuple(tie('filter'), fc.constantFrom(' and ', ' or ', 'and '), tie('filter')).map(all => all.join('')),
      tie('filter').map(inner => `not (${inner}) eq true`),
      tie('filter').map(inner => `((${inner}))`),
    ),
  }))
  return broken(filter)
})

/** The text, or, one time in four, the text with a piece put in or a part taken out. */
function broken(whole: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const damage = fc.tuple(fc.nat(1_000), fc.nat(3), fc.constantFrom(...pieces))
  return fc.tuple(whole, fc.option(damage, { freq: 4, nil: undefined })).map(([value, damaged]) => {
    if (fc.hash(value) % 4 !== 0 || !damaged) return value
    const [at, cut, piece] = damaged
    const place = at % (value.length + 1)
    return value.slice(0, place) + piece + value.slice(place + cut)
  })
}

/** A URL part as clients write it: percent-encoded, with `+` for blanks, or hardly at all. */
function encoded(plain: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(plain, fc.constantFrom('all', 'plus', 'little')).map(([value, how]) => {
    if (how === 'little')
      return value.replace(/[^\x21-\x7e]|[%#&+]/gu, piece => encodeURIComponent(piece.toWellFormed()))
    const all = encodeURIComponent(value.toWellFormed())
    return how === 'plus' ? all.replaceAll('%20', '+') : all
  })
}

function keysOf(type: EntityType): fc.Arbitrary<string> {
  const parts = type.key.map(name => {
    const declared = type.properties[name]?.type
    const literal = typeof declared === 'string' ? literals[declared] : anyLiteral
    return literal.map(value => [name, value] as const)
  })
  const named = fc.tuple(fc.tuple(...parts), fc.boolean()).map(([values, isTurned]) => {
    const inside = values.map(([name, value]) => `${name}=${value}`)
    return (isTurned ? inside.reverse() : inside).join(',')
  })
  const plain = parts.length === 1 ? fc.tuple(...parts).map(([first]) => first?.[1] ?? '') : named
  const any = fc.array(anyLiteral, { maxLength: 3 }).map(values => values.join(','))
  return encoded(broken(fc.oneof({ arbitrary: named, weight: 3 }, { arbitrary: plain, weight: 3 }, any))).map(
    key => `(${key})`,
  )
}

function optionsOf(type: EntityType): fc.Arbitrary<string> {
  const names = [...Object.keys(type.properties), ...Object.keys(type.navigations ?? {}), 'Nothing']
  const name = fc.constantFrom(...names)
  const list = fc.array(name, { minLength: 1, maxLength: 3 }).map(all => all.join(','))
  const number = fc.constantFrom('0', '1', '2', '1000', '-1', 'x', '', '999999999', '1e3')
  const option = fc.oneof(
    encoded(filtersOn(type)).map(value => `$filter=${value}`),
    fc.tuple(fc.constantFrom('$top', '$skip', '$skiptoken'), number).map(all => all.join('=')),
    fc.tuple(name, fc.constantFrom('', '%20desc', '+asc', ' DESC')).map(all => `$orderby=${all.join('')}`),
    list.map(value => `%24select=${value}`),
    list.map(value => `$expand=${value}`),
    fc.tuple(name, name).map(all => `$expand=${all.join('/')}`),
    fc.constantFrom('$inlinecount=allpages', '$inlinecount=x', '$format=json', '$format=atom', '$format=x', '$format='),
    fc.tuple(encoded(text), encoded(text)).map(all => all.join('=')),
  )
  return fc.array(option, { maxLength: 4 }).map(options => (options.length === 0 ? '' : `?${options.join('&')}`))
}

/** URLs of a set: lists, entities, what is below them, with options. */
export const urlsOf = once(({ set }: EntitySetApi): fc.Arbitrary<string> => {
  const { type } = set
  const below = [...Object.keys(type.navigations ?? {}), ...Object.keys(type.properties)]
  const suffix = fc.oneof(
    fc.constantFrom('', '', '/', '/$count', '/$value', '/$links'),
    fc
      .tuple(
        fc.constantFrom('/', '/$links/'),
        fc.constantFrom(...below),
        fc.constantFrom('', '', '/$count', '/$value', "('a')"),
      )
      .map(all => all.join('')),
  )
  const path = fc
    .tuple(fc.oneof({ arbitrary: fc.constant(''), weight: 2 }, keysOf(type)), suffix)
    .map(all => `${set.name}${all.join('')}`)
  return broken(fc.tuple(path, optionsOf(type)).map(all => all.join('')))
})

/** A value for a property in a JSON body, of its type more often than not. */
const jsonValue = once((type: PrimitiveType): fc.Arbitrary<unknown> => {
  const right: Readonly<Record<PrimitiveType, fc.Arbitrary<unknown>>> = {
    'Edm.String': text,
    'Edm.Boolean': fc.boolean(),
    'Edm.Int32': fc.integer(),
    'Edm.Int64': integer,
    'Edm.Double': fc.double(),
    'Edm.DateTime': fc.constantFrom('/Date(0)/', '/Date(-1)/', '/Date(9999999999999999)/', 'x'),
    'Edm.DateTimeOffset': fc.constantFrom('/Date(0+0000)/', 'x'),
    'Edm.Binary': fc.constantFrom('AQ==', '', '*', 'UEsDBA=='),
  }
  return fc.oneof({ arbitrary: right[type], weight: 40 }, fc.constant(null), fc.jsonValue({ maxDepth: 2 }))
})

/** JSON bodies of a set's entities, bare or wrapped, and what is no entity. */
function bodiesOf({ set }: EntitySetApi): fc.Arbitrary<string> {
  const properties = Object.entries(set.type.properties).map(
    ([name, { type }]) => [name, typeof type === 'string' ? jsonValue(type) : fc.jsonValue({ maxDepth: 1 })] as const,
  )
  const entity = fc.record(Object.fromEntries(properties), { requiredKeys: [...set.type.key] })
  const body = fc.oneof(
    { arbitrary: entity.map(value => JSON.stringify(value)), weight: 6 },
    entity.map(d => JSON.stringify({ d })),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(
      '',
      'null',
      '[]',
      '{',
      '<entry xmlns="http://www.w3.org/2005/Atom"/>',
      '\ufeff{}',
      '['.repeat(20_000),
    ),
  )
  return broken(body)
}

const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'MERGE', 'DELETE', 'HEAD', 'POST', 'PUT', 'DELETE')

const headers = fc.record(
  {
    accept: fc.constantFrom('application/json', '*/*', '', 'application/atom+xml', 'x/y;q=z', 'application/json;q=0'),
    'content-type': fc.constantFrom(
      'application/json',
      'text/plain',
      'multipart/mixed; boundary=x',
      'multipart/mixed',
      ';',
    ),
    'x-http-method': fc.constantFrom('MERGE', 'DELETE', 'x', ''),
    dataserviceversion: fc.constantFrom('1.0', '2.0', '3.0', ''),
    'x-csrf-token': fc.constantFrom('Fetch', 'x'),
  },
  { requiredKeys: [] },
)

/** Requests to a set: some of any kind, some that fit it but for what is in the body and the key. */
const requestsTo = once((api: EntitySetApi): fc.Arbitrary<FuzzRequest> => {
  const { name, type } = api.set
  const accept = fc.constantFrom({ accept: 'application/json' }, {})
  const body = bodiesOf(api)
  const changes = fc.constantFrom('PUT', 'PATCH', 'MERGE', 'DELETE', 'GET')
  const key = keysOf(type)
  const any = fc.record({ method: methods, url: urlsOf(api), headers, body })
  const toEntity = fc.record({ method: changes, url: key.map(inside => `${name}${inside}`), headers: accept, body })
  if (!api.create) return fc.oneof(any, toEntity)
  return fc.oneof(
    any,
    toEntity,
    fc.record({ method: fc.constant('POST'), url: fc.constant(name), headers: accept, body }),
  )
})

/** Requests to any set. Making a key takes longer than a case may, and is not what is looked for. */
export const fuzzChanges: fc.Arbitrary<FuzzRequest> = fc
  .constantFrom(...entitySets.filter(({ set }) => !set.name.endsWith('GenerationRequests')))
  .chain(requestsTo)

/** Who calls: mostly somebody with all roles. */
export const fuzzUsers = fc.constantFrom('everybody', 'everybody', 'partners', 'developer', 'reader')
