import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../testing/library.ts'
import { parseRequest } from '../url/request.ts'
import { queryRows } from './evaluate.ts'
import { replaceText } from './functions.ts'
import { checkQuery } from './query.ts'

const day = 86_400_000

const rows = [
  {
    Id: 'a',
    Title: 'Ants',
    Pages: 10,
    Copies: 3n,
    Lent: true,
    Weight: 0.5,
    Cover: Uint8Array.of(1),
    Published: 1 * day,
    Shelf: { Room: 'R1', Row: 1 },
  },
  {
    Id: 'b',
    Title: 'bees',
    Pages: 20,
    Copies: 7n,
    Lent: false,
    Weight: -1.5,
    Cover: Uint8Array.of(),
    Published: 2 * day,
    Shelf: { Room: 'R2', Row: null },
  },
  { Id: 'c', Title: null, Pages: 20, Copies: 7n, Lent: null, Weight: null, Cover: null, Published: null, Shelf: null },
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
  ['$filter=Pages eq 10.0', 'a'],
  ['$filter=Pages gt Copies', 'abc'],
  ['$filter=Pages eq 1.5', ''],
  ['$filter=Lent eq 1', 'a'],
  ['$filter=Lent eq (Pages eq 10)', 'ab'],
  ['$filter=(Pages eq 10) ne Lent', 'c'],
  ['$filter=Lent eq null', 'c'],
  ['$filter=null eq null', 'abc'],
  ['$filter=null ge null', ''],
  ['$filter=Title ge null', ''],
  ["$filter=not (Title gt 'Z')", 'ac'],
  ['$filter=Pages add 1 eq 11', 'a'],
  ['$filter=Pages sub Copies eq 13', 'bc'],
  ['$filter=Pages div 3 eq 6', 'bc'],
  ['$filter=Pages div 3.0 eq 6', ''],
  ['$filter=Pages mod 3 eq 1', 'a'],
  ['$filter=-Pages lt -15', 'bc'],
  ['$filter=Pages div 0 eq null', 'abc'],
  ['$filter=Copies mul 2 gt Pages', ''],
  ['$filter=7 div 2 eq 3', 'abc'],
  ['$filter=length(Title) eq 4', 'ab'],
  ["$filter=indexof(Title,'s') eq 3", 'ab'],
  ["$filter=substring(Title,1) eq 'nts'", 'a'],
  ["$filter=substring(Title,1,2) eq 'ee'", 'b'],
  ["$filter=substring(Title,length(Title) sub 2) eq 'es'", 'b'],
  ["$filter=replace(Title,'e','o') eq 'boos'", 'b'],
  ["$filter=concat(Id,concat('-',Title)) eq 'a-Ants'", 'a'],
  ["$filter=trim(concat('  ',concat(Title,' '))) eq Title", 'abc'],
  [`$filter=length(trim(replace(replace('xax','a','${'a'.repeat(300)}'),'a','${' '.repeat(300)}'))) eq 90002`, 'abc'],
  ['$filter=startswith(Title,Id)', 'b'],
  ['$filter=day(Published) eq 2', 'a'],
  ['$filter=year(Published) eq 1970 and month(Published) eq 1 and hour(Published) eq 0', 'ab'],
  ["$filter=hour(time'PT13H20M') eq 13 and minute(time'PT13H20M') eq 20 and second(time'PT1S') eq 1", 'abc'],
  ['$filter=round(Weight) eq 1', 'a'],
  ['$filter=floor(Weight) eq -2', 'b'],
  ['$filter=ceiling(Weight) eq -1', 'b'],
  ["$filter=Cover eq X'01'", 'a'],
  ["$filter=Cover ne X'01'", 'bc'],
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
  ['$filter=Title eq 1', /a text such as 'x' to compare with "Title", found 1/],
  [
    "$filter=Published gt '2025'",
    /a time such as datetime'2025-01-31T00:00:00' to compare with "Published", found '2025'/,
  ],
  ['$filter=Title', /a text such as 'x' to compare with "Title", found true/],
  ['$filter=Title eq Pages', /a text such as 'x' to compare with "Title", found "Pages", which is an integer/],
  ["$filter=startswith(Pages,'1')", /a text such as 'x' in startswith, found "Pages", which is an integer/],
  ["$filter=tolower(Pages) eq '1'", /a text such as 'x' in tolower, found "Pages"/],
  ['$filter=substring(Title,1.5) eq null', /an integer such as 5 or 5L in substring, found 1.5/],
  ['$filter=Title add 1 eq 2', /an integer such as 5 or 5L in add, found "Title", which is a text/],
  ['$filter=year(Pages) eq 1', /a time such as .* in year, found "Pages"/],
  ['$filter=hour(Title) eq 1', /a time such as .* in hour, found "Title"/],
  ['$filter=Lent gt true', /"eq" or "ne" beside true or false, found "gt"/],
  ["$filter=Cover gt X'00'", /"eq" or "ne" beside bytes .*, found "gt"/],
  ['$filter=Lent eq 2', /true or false to compare with "Lent", found 2/],
  ["$filter=Published gt time'PT1H'", /a time such as .* found a part of a day/],
  ['$filter=1e308 mul 10 gt Weight', /within the range of a double/],
  ['$filter=(Pages eq 1) eq 5', /true or false to compare with a condition, found 5/],
  ['$orderby=Nothing', /in \$orderby, found "Nothing"/],
  ['$select=Nothing', /in \$select, found "Nothing"/],
  ['$expand=Title', /one of Pieces, Author of Book in \$expand, found "Title"/],
  ['$expand=Pieces/Other', /nothing of Piece in \$expand, found "Other"/],
  ['$expand=Pieces/A/B/C', /at most 3 names in "Pieces\/A\/B\/C"/],
]

for (const [query, message] of mistakes) {
  test(`the query "${query}" is refused`, () => {
    const { options } = parseRequest(library, `Books?${query}`)
    const type = library.sets[0]?.type
    assert.ok(type)
    assert.throws(() => checkQuery(library, type, options), message)
  })
}

test('replace makes texts of 100,000 characters at most, but may shorten longer ones', () => {
  const long = 'ab'.repeat(60_000)
  assert.equal(replaceText('a'.repeat(10_000), 'a', '0123456789').length, 100_000)
  assert.throws(() => replaceText('a'.repeat(10_001), 'a', '0123456789'), { code: 'malformed-filter' })
  assert.throws(() => replaceText(long, 'b', 'bb'), { code: 'malformed-filter' })
  assert.equal(replaceText(long, 'b', 'c').length, 120_000)
  assert.equal(replaceText(long, 'ab', 'a').length, 60_000)
  assert.equal(replaceText('aaa', 'aa', '$&'), '$&a')
  assert.equal(replaceText('a', '', 'b'), 'a')
})
