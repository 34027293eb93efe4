import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ODataError } from '../error.ts'
import { library } from '../testing/library.ts'
import { parseRequest } from './request.ts'
import type { Resource } from './resource.ts'

function show(resource: Resource): string {
  if (!('steps' in resource)) return resource.kind
  const steps = resource.steps.map(({ set, key, navigation }) => {
    const values = key && Object.entries(key).map(([name, value]) => `${name}=${String(value)}`)
    return `${navigation ? `${navigation.name}:` : ''}${set.name}${values ? `[${values.join(' ')}]` : ''}`
  })
  return `${resource.kind} ${steps.join(' > ')}${resource.kind === 'property' ? ` ${resource.path}` : ''}`
}

const addresses: readonly (readonly [url: string, resource: string])[] = [
  ['', 'service-document'],
  ['?$format=json', 'service-document'],
  ['$metadata', 'metadata'],
  ['$batch', 'batch'],
  ["Lend?Id='x'", 'function-import'],
  ['Books', 'collection Books'],
  ['Books/', 'collection Books'],
  ['Books()', 'collection Books'],
  ['Books/$count', 'count Books'],
  ["Books('x')", 'entity Books[Id=x]'],
  ["Books('x')/?$expand=Pieces", 'entity Books[Id=x]'],
  ["Books(Id='x')", 'entity Books[Id=x]'],
  ["Books( Id = 'x' )", 'entity Books[Id=x]'],
  ['Books(%27My%20Book%27)', 'entity Books[Id=My Book]'],
  ["Books('it''s')", "entity Books[Id=it's]"],
  ["Books('a%2Fb')", 'entity Books[Id=a/b]'],
  ["Books('a/b')/$value", 'media Books[Id=a/b]'],
  ['Books(%27a/b%27)/Title', 'property Books[Id=a/b] Title'],
  ["Books('a+b')", 'entity Books[Id=a+b]'],
  ["Books('%E2%82%AC')", 'entity Books[Id=€]'],
  ["Books('(x)')", 'entity Books[Id=(x)]'],
  ["Books('x,y=z')", 'entity Books[Id=x,y=z]'],
  ["Books('x')/Title/$value", 'property Books[Id=x] Title'],
  ["Books('x')/Shelf/Room", 'property Books[Id=x] Shelf/Room'],
  ["Books('x')/Pieces", 'collection Books[Id=x] > Pieces:Pieces'],
  ["Books('x')/Pieces/$count", 'count Books[Id=x] > Pieces:Pieces'],
  ["Books('x')/Pieces(Kind='k',Name='n')", 'entity Books[Id=x] > Pieces:Pieces[Name=n Kind=k]'],
  ["Books('x')/Author", 'entity Books[Id=x] > Author:Authors'],
  ["Books('x')/Author/Number", 'property Books[Id=x] > Author:Authors Number'],
  ["Books('x')/$links/Pieces(Name='n',Kind='k')", 'link Books[Id=x] > Pieces:Pieces[Name=n Kind=k]'],
  ['Authors(7875)', 'entity Authors[Number=7875]'],
  ['Authors(7875L)', 'entity Authors[Number=7875]'],
  ['Authors(Number=7875L)', 'entity Authors[Number=7875]'],
]

for (const [url, resource] of addresses) {
  test(`"${url}" addresses ${resource}`, () => assert.equal(show(parseRequest(library, url).resource), resource))
}

const mistakes: readonly (readonly [url: string, status: number, code: string])[] = [
  ['Nothing', 404, 'unknown-resource'],
  ["Books('x')/Nothing", 404, 'unknown-resource'],
  ['Books/Title', 404, 'unknown-resource'],
  ["Books('x')/toString", 404, 'unknown-resource'],
  ["Pieces(Name='n',Kind='k')/$value", 404, 'unknown-resource'],
  ["Books('x')/Shelf/$value", 404, 'unknown-resource'],
  ['constructor', 404, 'unknown-resource'],
  ['Books(1)', 400, 'malformed-key'],
  ["Books('x'", 400, 'malformed-key'],
  ["Books('it's')", 400, 'malformed-key'],
  ["Books(Nothing='x')", 400, 'malformed-key'],
  ["Pieces('n')", 400, 'malformed-key'],
  ["Pieces(Name='n')", 400, 'malformed-key'],
  ["Pieces(Name='n',Kind='k',Other='o')", 400, 'malformed-key'],
  ["Pieces(Name='n',Name='k')", 400, 'malformed-key'],
  ["Pieces('n','k')", 400, 'malformed-key'],
  ["Pieces(Name='n' Kind='k')", 400, 'malformed-key'],
  ["Pieces(Name='n',Kind='k',)", 400, 'malformed-key'],
  ['Books(null)', 400, 'malformed-key'],
  ['Authors(99999999999999999999999L)', 400, 'malformed-key'],
  ["Books('%zz')", 400, 'malformed-url'],
  ["Books('%C3')", 400, 'malformed-url'],
  [`${'a/'.repeat(11)}`, 400, 'malformed-url'],
  [`Books?${'a=1&'.repeat(101)}`, 400, 'malformed-url'],
  ['Books?$top=-1', 400, 'malformed-option'],
  ['Books?$top=x', 400, 'malformed-option'],
  ['Books?$skip=1.5', 400, 'malformed-option'],
  ['Books?$inlinecount=all', 400, 'malformed-option'],
  ['Books?$orderby=Title%20up', 400, 'malformed-option'],
  [`Books?$orderby=Id${',Id'.repeat(50)}&$orderby=Id${',Id'.repeat(49)}`, 400, 'malformed-option'],
  [`Books?$select=${'A,'.repeat(101)}`, 400, 'malformed-option'],
  ['Books?$filter=Title%20eq', 400, 'malformed-filter'],
]

for (const [url, status, code] of mistakes) {
  test(`"${url.slice(0, 60)}" is refused with ${status} ${code}`, () => {
    assert.throws(
      () => parseRequest(library, url),
      (error: unknown) => error instanceof ODataError && error.status === status && error.code === code,
    )
  })
}

test('options are read as real clients write them', () => {
  const url = [
    'Books?%24top=1&%24filter=Title+eq+%27a+b%27and%20Lent&%24orderby=Title%20desc&$orderby=Id',
    '%24select=Id&%24select=Title, Pieces& $skip=300 &%24inlinecount=allpages&$format=json&keystoreName=system&&user',
  ].join('&')
  const { options, custom } = parseRequest(library, url)
  assert.deepEqual(
    { ...options, filter: options.filter?.kind },
    {
      filter: 'and',
      orderBy: [
        { property: 'Title', descending: true },
        { property: 'Id', descending: false },
      ],
      top: 1,
      skip: 300,
      skipToken: 0,
      select: ['Id', 'Title', 'Pieces'],
      expand: [],
      inlineCount: true,
      format: 'json',
    },
  )
  assert.deepEqual([custom.get('keystoreName'), custom.get('user'), custom.get('none')], ['system', '', undefined])
})

test('empty options count as not given', () => {
  const { options } = parseRequest(library, 'Books?$filter=&$top=&$select=&$orderby=&$inlinecount=&$format=')
  assert.deepEqual(
    [options.filter, options.top, options.select, options.orderBy],
    [undefined, undefined, undefined, []],
  )
  assert.deepEqual([options.inlineCount, options.format], [false, undefined])
})
