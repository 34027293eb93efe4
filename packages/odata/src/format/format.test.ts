import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import type { EntityRow } from '../edm/model.ts'
import { checkQuery } from '../query/query.ts'
import { library } from '../testing/library.ts'
import { parseRequest } from '../url/request.ts'
import { renderEntryAtom, renderFeedAtom, renderPropertyXml, renderServiceDocumentXml } from './atom.ts'
import { type Entity, entityPath, formatPlain, type RenderContext } from './entity.ts'
import { renderError } from './error-body.ts'
import { renderEntityJson, renderFeedJson, renderPropertyJson, renderServiceDocumentJson } from './json.ts'

interface Document {
  readonly d: {
    readonly Pieces: { readonly results: readonly { readonly __metadata: { readonly uri: string } }[] }
    readonly Author: { readonly __metadata: { readonly uri: string }; readonly Number: string }
  }
}

const serviceRoot = 'https://host:443/api/v1'
const now = Date.UTC(2026, 0, 1)
const book: EntityRow = {
  Id: "it's",
  Title: 'A & B < "C"',
  Pages: 12,
  Copies: 9_007_199_254_740_993n,
  Weight: 0.5,
  Lent: false,
  Published: Date.UTC(2025, 0, 2, 3, 4, 5, 6),
  Bought: Date.UTC(2025, 0, 2),
  Cover: new Uint8Array([1, 2, 3, 4]),
  Shelf: { Room: 'R1' },
}

function contextFor(query: string, setName = 'Books'): RenderContext {
  const set = library.findSet(setName)
  assert.ok(set)
  const { selection } = checkQuery(library, set.type, parseRequest(library, `${setName}?${query}`).options)
  return { model: library, serviceRoot, set, selection }
}

/** The character that XML 1.0 shows for another. */
function survivor(character: string): string {
  const isLost = character < ' ' ? !'\t\n\r'.includes(character) : character === '\ufffe' || character === '\uffff'
  return isLost ? '\ufffd' : character
}

const alone = (row: EntityRow): Entity => ({ row, expanded: {} })

/** Element names and texts in document order; throws when the text is not well-formed. */
function readXml(text: string): { names: string[]; texts: string[] } {
  const parser = new SaxesParser({ xmlns: true })
  const found: { names: string[]; texts: string[] } = { names: [], texts: [] }
  parser.on('opentag', tag => found.names.push(tag.name))
  parser.on('text', value => found.texts.push(value))
  parser.on('error', error => {
    throw error
  })
  parser.write(text).close()
  return found
}

test('an entity in JSON has metadata, its properties and links to what belongs to it', () => {
  const uri = `${serviceRoot}/Books('it''s')`
  assert.deepEqual(JSON.parse(renderEntityJson(contextFor(''), alone(book))), {
    d: {
      __metadata: {
        id: uri,
        uri,
        type: 'org.example.Book',
        content_type: 'application/octet-stream',
        media_src: `${uri}/$value`,
        edit_media: `${uri}/$value`,
      },
      Id: "it's",
      Title: 'A & B < "C"',
      Pages: 12,
      Copies: '9007199254740993',
      Weight: '0.5',
      Lent: false,
      Published: '/Date(1735787045006)/',
      Bought: '/Date(1735776000000+0000)/',
      Cover: 'AQIDBA==',
      Shelf: { __metadata: { type: 'org.example.Shelf' }, Room: 'R1', Row: null },
      Pieces: { __deferred: { uri: `${uri}/Pieces` } },
      Author: { __deferred: { uri: `${uri}/Author` } },
    },
  })
})

test('$select and $expand decide what is shown', () => {
  const pieces = [alone({ Name: 'n', Kind: 'k' })]
  const cases: readonly (readonly [query: string, expanded: Entity['expanded'], shown: string[]])[] = [
    ['$select=Title', {}, ['Title']],
    ['$select=Title,Pieces', {}, ['Title', 'Pieces']],
    [
      '$select=*',
      {},
      ['Id', 'Title', 'Pages', 'Copies', 'Weight', 'Lent', 'Published', 'Bought', 'Cover', 'Shelf', 'Pieces', 'Author'],
    ],
    ['$select=Shelf/Room', {}, ['Shelf']],
    ['$select=Pieces&$expand=Pieces', { Pieces: pieces }, ['Pieces']],
    ['$select=Title&$expand=Pieces', { Pieces: pieces }, ['Title', 'Pieces']],
  ]
  for (const [query, expanded, shown] of cases) {
    const { d } = JSON.parse(renderEntityJson(contextFor(query), { row: book, expanded })) as { d: object }
    assert.deepEqual(Object.keys(d).slice(1), shown, query)
    const xml = readXml(renderEntryAtom(contextFor(query), { row: book, expanded }, now))
    const names = xml.names.filter(name => name.startsWith('d:')).map(name => name.slice(2))
    const inEntry = names.filter(name => Object.hasOwn(book, name))
    assert.deepEqual(
      inEntry,
      shown.filter(name => Object.hasOwn(book, name)),
      query,
    )
  }
})

test('expanded entities are in line: a list, one, or none', () => {
  const author = alone({ Number: 7n })
  const context = contextFor('$select=Pieces,Author&$expand=Pieces,Author')
  const expanded = { Pieces: [alone({ Name: 'n', Kind: 'k' })], Author: author }
  const { d } = JSON.parse(renderEntityJson(context, { row: book, expanded })) as Document
  assert.equal(d.Pieces.results[0]?.__metadata.uri, `${serviceRoot}/Pieces(Name='n',Kind='k')`)
  assert.equal(d.Author.Number, '7')
  assert.equal(d.Author.__metadata.uri, `${serviceRoot}/Authors(7L)`)
  const none = JSON.parse(renderEntityJson(context, { row: book, expanded: { Pieces: [], Author: null } }))
  assert.deepEqual([none.d.Pieces, none.d.Author], [{ results: [] }, null])
  const xml = readXml(renderEntryAtom(context, { row: book, expanded }, now))
  assert.equal(xml.names.filter(name => name === 'm:inline').length, 2)
  assert.equal(xml.names.filter(name => name === 'entry').length, 3)
  assert.ok(readXml(renderEntryAtom(context, { row: book, expanded: { Pieces: [], Author: null } }, now)))
})

test('an entry has the prefixes, links and properties that readers of Atom look for', () => {
  const text = renderEntryAtom(contextFor(''), alone(book), now)
  const parts = [
    '<?xml version="1.0" encoding="utf-8"?>\n<entry xmlns="http://www.w3.org/2005/Atom"',
    ` xml:base="${serviceRoot}/"`,
    `<id>${serviceRoot}/Books('it''s')</id><title type="text">Books</title><updated>2026-01-01T00:00:00.000Z</updated>`,
    '<category term="org.example.Book" scheme="http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"/>',
    '<link href="Books(\'it\'\'s\')" rel="edit" title="Book"/>',
    'rel="edit-media" type="application/octet-stream"/>',
    'rel="http://schemas.microsoft.com/ado/2007/08/dataservices/related/Pieces" title="Pieces" type="application/atom+xml; type=feed"/>',
    'title="Author" type="application/atom+xml; type=entry"/>',
    '<content type="application/octet-stream" src="Books(\'it\'\'s\')/$value"/><m:properties>',
    '<d:Title>A &amp; B &lt; "C"</d:Title>',
    '<d:Copies>9007199254740993</d:Copies><d:Weight>0.5</d:Weight><d:Lent>false</d:Lent>',
    '<d:Published>2025-01-02T03:04:05.006</d:Published><d:Bought>2025-01-02T00:00:00.000Z</d:Bought>',
    '<d:Shelf m:type="org.example.Shelf"><d:Room>R1</d:Room><d:Row m:null="true"/></d:Shelf></m:properties>',
  ]
  for (const part of parts) assert.ok(text.includes(part), part)
  const piece = renderEntryAtom(contextFor('', 'Pieces'), alone({ Name: 'n', Kind: 'k' }), now)
  assert.ok(piece.includes('<content type="application/xml"><m:properties><d:Name>n</d:Name>'))
})

test('a feed carries count and next link', () => {
  const feed = {
    entities: [alone(book)],
    path: 'Books',
    count: 1_001,
    next: `${serviceRoot}/Books?a=b&$skiptoken=1000`,
  }
  const { d } = JSON.parse(renderFeedJson(contextFor(''), feed))
  assert.deepEqual([d.__count, d.results.length, d.__next], ['1001', 1, feed.next])
  const text = renderFeedAtom(contextFor(''), feed, now)
  assert.ok(text.includes(`<m:count>1001</m:count><entry>`))
  assert.ok(text.endsWith(`<link href="${serviceRoot}/Books?a=b&amp;$skiptoken=1000" rel="next"/></feed>`))
  const plain = { ...feed, count: undefined, next: undefined }
  assert.deepEqual(Object.keys(JSON.parse(renderFeedJson(contextFor(''), plain)).d), ['results'])
  assert.ok(!renderFeedAtom(contextFor(''), plain, now).includes('rel="next"'))
})

test('properties and the service document can be read alone', () => {
  const title = { model: library, type: 'Edm.String', path: 'Title', row: book } as const
  assert.deepEqual(JSON.parse(renderPropertyJson(title)), { d: { Title: 'A & B < "C"' } })
  assert.match(
    renderPropertyXml(title),
    /<Title xmlns="[^"]+dataservices" xmlns:m="[^"]+">A &amp; B &lt; "C"<\/Title>$/,
  )
  const room = { model: library, type: 'Edm.String', path: 'Shelf/Room', row: book } as const
  assert.deepEqual(JSON.parse(renderPropertyJson(room)), { d: { Room: 'R1' } })
  assert.match(renderPropertyXml({ ...room, path: 'Shelf/Row' }), /m:null="true"\/>$/)
  assert.deepEqual(JSON.parse(renderServiceDocumentJson(library)), {
    d: { EntitySets: ['Books', 'Pieces', 'Authors'] },
  })
  assert.match(
    renderServiceDocumentXml(library, serviceRoot),
    /<collection href="Books"><atom:title>Books<\/atom:title>/,
  )
})

test('keys are percent-encoded, with quotes doubled', () => {
  const books = library.findSet('Books')
  assert.ok(books)
  assert.equal(entityPath(books, { Id: "a b/c'd€" }), "Books('a%20b%2Fc''d%E2%82%AC')")
  assert.equal(entityPath(books, { Id: '\ud800' }), "Books('%EF%BF%BD')")
})

test('a number for a property of type Edm.Int64 is a bug', () => {
  const context = contextFor('$select=Copies')
  for (const render of [renderEntityJson, renderEntryAtom])
    assert.throws(() => render(context, alone({ ...book, Copies: 5 }), now), /a bigint .* Edm.Int64, found a number/)
})

test('base64 agrees with the platform', () => {
  for (const length of [0, 1, 2, 3, 4, 255]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index)
    assert.equal(formatPlain('Edm.Binary', bytes), Buffer.from(bytes).toString('base64'))
  }
})

test('every text gives well-formed Atom and JSON that reads back', () => {
  const context = contextFor('$select=Title')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const xml = readXml(renderEntryAtom(context, alone({ Id: text, Title: `<${text}>` }), now))
      const expected = Array.from(`<${text}>`.toWellFormed(), survivor).join('')
      assert.ok(xml.texts.includes(expected), JSON.stringify(text))
      const { d } = JSON.parse(renderEntityJson(context, alone({ Id: text, Title: text })))
      assert.equal(d.Title, text)
    }),
    { seed: 20_260_102, numRuns: 1_000 },
  )
})

test('an error is the protocol document in either format', () => {
  const error = { phrase: 'Not Found', message: 'Expected "<x>"', code: 'not-found' }
  assert.deepEqual(JSON.parse(renderError(error, 'json').body), {
    error: {
      code: 'Not Found',
      message: { lang: 'en', value: 'Expected "<x>"' },
      innererror: { code: 'not-found' },
    },
  })
  const { contentType, body } = renderError(error, 'atom')
  assert.equal(contentType, 'application/xml;charset=utf-8')
  assert.deepEqual(readXml(body).names, ['error', 'code', 'message', 'innererror', 'code'])
  assert.match(
    body,
    /^<\?xml [^>]+>\n<error xmlns="http:\/\/schemas.microsoft.com\/ado\/2007\/08\/dataservices\/metadata">/,
  )
  assert.match(body, /<code>Not Found<\/code><message xml:lang="en">Expected "&lt;x&gt;"<\/message>/)
})
