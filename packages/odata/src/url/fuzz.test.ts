import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ODataError } from '../error.ts'
import { checkQuery } from '../query/query.ts'
import { library } from '../testing/library.ts'
import { parseFilter } from './parse-filter.ts'
import { parseRequest } from './request.ts'

const parameters = { seed: 20_260_101, numRuns: 3_000 }

function refusesOrAccepts(parse: () => unknown): void {
  try {
    parse()
  } catch (error) {
    assert.ok(error instanceof ODataError, `expected an ODataError, found ${String(error)}`)
  }
}

/** Pieces that come near the grammar, so that a random sequence gets past the first character. */
const words = fc.constantFrom(
  ...['Books', 'Authors', 'Pieces', 'Lend', '$value', '$count', '$links', '$metadata', 'Id', 'Title', 'Shelf/Room'],
  ...['(', ')', "'", "''", ',', '=', '/', '?', '&', ' ', '+', '%27', '%2F', '%', '%zz', '\u0000', '\ud800', '€'],
  ...['eq', 'ne', 'and', 'or', 'not', 'null', 'true', '1', '7L', '1e9', '-', 'substringof', 'tolower', "datetime'"],
  ...['$filter=', '%24filter=', '$top=', '$select=', '$orderby=', '$expand=', '$skiptoken=', '$format=', '__proto__'],
)

/** Half of a surrogate pair, too. fast-check's own unit `binary` takes seconds to be made. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map(unit => String.fromCharCode(unit))

const nearly = fc.array(fc.oneof(words, fc.string({ maxLength: 5, unit: anyUnit })), { maxLength: 25 })

test('no URL does anything but parse or fail with an ODataError', () => {
  fc.assert(
    fc.property(nearly, parts => {
      refusesOrAccepts(() => {
        const { resource, options } = parseRequest(library, parts.join(''))
        if ('steps' in resource) checkQuery(library, resource.steps[0].set.type, options)
      })
    }),
    parameters,
  )
})

test('no filter does anything but parse or fail with an ODataError', () => {
  fc.assert(
    fc.property(nearly, parts => refusesOrAccepts(() => parseFilter(parts.join(' ')))),
    parameters,
  )
})

test('every text survives as a key and as a filter literal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const quoted = encodeURIComponent(`'${text.replaceAll("'", "''")}'`)
      const { resource, options } = parseRequest(library, `Books(${quoted})?$filter=Id%20eq${quoted}`)
      assert.equal(resource.kind, 'entity')
      assert.deepEqual('steps' in resource && resource.steps[0].key, { Id: text })
      const { filter } = options
      assert.deepEqual(filter?.kind === 'compare' && filter.right, { kind: 'literal', value: text })
    }),
    parameters,
  )
})
