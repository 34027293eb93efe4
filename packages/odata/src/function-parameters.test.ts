import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FunctionImport } from './edm/model.ts'
import { parseParameters } from './function-parameters.ts'
import { library } from './testing/library.ts'
import { parseRequest } from './url/request.ts'

const lend = library.findFunctionImport('Lend') as FunctionImport
const parse = (query: string) => parseParameters(lend, parseRequest(library, `Lend?${query}`).custom)

test('parameters are literals in the query', () => {
  assert.deepEqual(parse("Id='x'"), { Id: 'x', Days: undefined })
  assert.deepEqual(parse('Id=%27it%27%27s%27&Days=7&Other=1'), { Id: "it's", Days: 7 })
})

test('a text may lack its quotes', () => {
  assert.deepEqual(parse('Id=1.0.1&Days=7'), { Id: '1.0.1', Days: 7 })
})

test('a parameter that is missing, half quoted or of another type is refused', () => {
  for (const query of ['', 'Id=', "Id='x'y", "Id='x", "Id=x'", "Id='x'&Days='7'", 'Id=x&Days=many']) {
    assert.throws(() => parse(query), { name: 'ODataError', code: 'malformed-option' }, query)
  }
})
