import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../testing/library.ts'
import { parseRequest } from '../url/request.ts'
import { queryRows } from './evaluate.ts'
import { checkQuery } from './query.ts'

const day = 86_400_000

const rows = [
  { Id: 'a', Title: 'Ants', Pages: 10, Copies: 3n, Lent: true, Published: 1 * day, Shelf: { Room: 'R1', Row: 1 } },
  { Id: 'b', Title: 'bees', Pages: 20, Copies: 7n, Lent: false, Published: 2 * day, Shelf: { Room: 'R2', Row: null } },
  { Id: 'c', Title: null, Pages: 20, Copies: 7n, Lent: null, Published: null, Shelf: null },
]

const cases: readonly (readonly [query: string, ids: string])[] = [
  ['', 'abc'],
  ["$filter=Title eq 'Ants'", 'a'],
  ["$filter=Title ne 'Ants'", 'bc'],
  ['$filter=Title eq null', 'c'],
  ['$filter=Title ne null', 'ab'],
  ["$filter=Title gt 'Z'", 'b'],
  ["$filter=Title le 'Z'", 'a'],
  ['$filter=Pages ge 20', 'bc'],
  ['$filter=20 gt Pages', 'a'],
  ['$filter=Copies eq 7', 'bc'],
  ['$filter=Copies lt 7L', 'a'],
  ['$filter=Lent', 'a'],
  ['$filter=not Lent', 'bc'],
  ['$filter=Lent eq false', 'b'],
  ["$filter=Published ge datetime'1970-01-03T00:00:00'", 'b'],
  ["$filter=Shelf/Room eq 'R1'", 'a'],
  ['$filter=Shelf/Row eq null', 'bc'],
  ["$filter=substringof('ee', Title)", 'b'],
  ["$filter=startswith(Title,'A') or endswith(Title,'es')", 'ab'],
  ["$filter=not startswith(Title,'A')", 'bc'],
  ["$filter=startswith(tolower(Title),'a')", 'a'],
  ["$filter=toupper(Title) eq 'BEES'", 'b'],
  ['$filter=Title eq Id', ''],
  ['$orderby=Pages desc,Id desc', 'cba'],
  ['$orderby=Title', 'cab'],
  ['$orderby=Title desc', 'bac'],
  ['$orderby=Shelf/Row desc', 'abc'],
  ['$skip=1&$top=1', 'b'],
  ['$skip=5', ''],
  ['$top=0', ''],
  ['$filter=Pages eq 20&$top=1&$orderby=Id desc', 'c'],
]

for (const [query, ids] of cases) {
  test(`rows for "${query}" are "${ids}"`, () => {
    const { options } = parseRequest(library, `Books?${query}`)
    const type = library.sets[0]?.type
    assert.ok(type)
    const { filter, orderBy } = checkQuery(library, type, options)
    const found = queryRows(rows, { filter, orderBy, skip: options.skip, top: options.top })
    assert.equal(found.map(row => row.Id).join(''), ids)
  })
}

const mistakes: readonly (readonly [query: string, message: RegExp])[] = [
  ["$filter=Nothing eq 'x'", /one of Id, Title, .* of Book in \$filter, found "Nothing"/],
  ["$filter=Shelf eq 'x'", /found "Shelf"/],
  ["$filter=Shelf/Nothing eq 'x'", /found "Shelf\/Nothing"/],
  ["$filter=toString eq 'x'", /found "toString"/],
  ['$filter=Title eq 1', /value of type Edm.String to compare with "Title", found 1/],
  ["$filter=Published gt '2025'", /value of type Edm.DateTime to compare with "Published", found '2025'/],
  ['$filter=Pages eq 1.5', /value of type Edm.Int32/],
  ['$filter=Title', /value of type Edm.String/],
  ['$filter=Pages eq Copies', /values of one type to compare, found Edm.Int32 and Edm.Int64/],
  ["$filter=startswith(Pages,'1')", /property of type Edm.String in startswith, found "Pages"/],
  ["$filter=tolower(Pages) eq '1'", /a text in tolower, found Edm.Int32/],
  ['$orderby=Nothing', /in \$orderby, found "Nothing"/],
  ['$select=Nothing', /in \$select, found "Nothing"/],
  ['$expand=Title', /one of Pieces, Author of Book in \$expand, found "Title"/],
  ['$expand=Pieces/Other', /found "Pieces\/Other"/],
]

for (const [query, message] of mistakes) {
  test(`the query "${query}" is refused`, () => {
    const { options } = parseRequest(library, `Books?${query}`)
    const type = library.sets[0]?.type
    assert.ok(type)
    assert.throws(() => checkQuery(library, type, options), message)
  })
}
