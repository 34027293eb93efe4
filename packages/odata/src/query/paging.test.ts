import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../testing/library.ts'
import { parseRequest } from '../url/request.ts'
import { nextPageUrl, pageOf } from './paging.ts'

const cases: readonly (readonly [query: string, skip: number, top: number, size: number])[] = [
  ['', 0, 1_001, 1_000],
  ['$top=10', 0, 10, 10],
  ['$top=1000', 0, 1_000, 1_000],
  ['$top=2500', 0, 1_001, 1_000],
  ['$top=0', 0, 0, 0],
  ['$skip=7', 7, 1_001, 1_000],
  ['$skiptoken=1000', 1_000, 1_001, 1_000],
  ['$skip=7&$top=2500&$skiptoken=2000', 2_007, 500, 500],
  ['$top=500&$skiptoken=1000', 1_000, 0, 0],
]

for (const [query, skip, top, size] of cases) {
  test(`the page for "${query}" reads ${top} rows from ${skip} and shows ${size}`, () => {
    const { options } = parseRequest(library, `Books?${query}`)
    assert.deepEqual(pageOf(options, 1_000), { skip, top, size })
  })
}

test('the next page has the same URL with a token', () => {
  const follow = (url: string) => {
    const { options } = parseRequest(library, url)
    return nextPageUrl(url, pageOf(options, 1_000), options)
  }
  assert.equal(follow('Books'), 'Books?$skiptoken=1000')
  assert.equal(follow("Books?$filter=Id%20ne'x'&$skip=5"), "Books?$filter=Id%20ne'x'&$skip=5&$skiptoken=1000")
  assert.equal(follow('Books?%24skiptoken=1000&$top=5000'), 'Books?$top=5000&$skiptoken=2000')
})
