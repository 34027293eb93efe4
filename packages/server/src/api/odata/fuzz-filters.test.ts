import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countRows } from '../../store/testing/row-counts.ts'
import { filtersOn, fuzzUsers } from './fuzzed-requests.test.ts'
import { entitySets } from './index.ts'
import { FuzzWatch, fillTenant, fuzzSeed as seed } from './testing/fuzz-watch.ts'
import { startTestService } from './testing/test-service.ts'

/*
 * The fuzz run has 100,000 cases: 25,000 filters here, 29,000 URLs with keys, 14,000 batches and 22,000 requests with any
 * method and body in the files beside this one, all through the whole service on a store on disk, and 10,000 filters in
 * `store/filter-meaning.test.ts`. `FUZZ_SEED` makes it another run.
 */

test(`25,000 filters are answered below 500 and change nothing (seed ${seed})`, async context => {
  const service = await startTestService()
  try {
    await fillTenant(service)
    const before = countRows(service.dataDirectory)
    const watch = new FuzzWatch()
    const filtered = fc
      .constantFrom(...entitySets.filter(api => api.list))
      .chain(({ set }) =>
        filtersOn(set.type).map(filter => `${set.name}?$filter=${encodeURIComponent(filter.toWellFormed())}`),
      )
    await fc.assert(
      fc.asyncProperty(filtered, fuzzUsers, (url, user) =>
        watch.see(`GET ${url} by ${user}`, () =>
          service.call('GET', url, { headers: { authorization: `Bearer ${user}` } }),
        ),
      ),
      { seed, numRuns: 25_000 },
    )
    context.diagnostic(`filters: ${watch.report()}`)
    assert.deepEqual(countRows(service.dataDirectory), before)
    const found = watch.statuses.get(200) ?? 0
    assert.ok(found > watch.cases / 4, `expected many filters to be understood, found ${found} of ${watch.cases}`)
  } finally {
    await service.close()
  }
})
