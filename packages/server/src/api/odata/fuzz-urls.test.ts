import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countRows } from '../../store/testing/row-counts.ts'
import { fuzzUsers, urlsOf } from './fuzzed-requests.test.ts'
import { entitySets } from './index.ts'
import { FuzzWatch, fillTenant, fuzzSeed as seed } from './testing/fuzz-watch.ts'
import { startTestService } from './testing/test-service.ts'

// Part of the fuzz run (`fuzz-filters.test.ts`): keys, paths and options, read from a store on disk.

test(`29,000 URLs are answered below 500 and change nothing (seed ${seed})`, async context => {
  const service = await startTestService()
  try {
    await fillTenant(service)
    const before = countRows(service.dataDirectory)
    const watch = new FuzzWatch()
    const urls = fc.constantFrom(...entitySets).chain(urlsOf)
    await fc.assert(
      fc.asyncProperty(urls, fuzzUsers, fc.constantFrom('GET', 'GET', 'GET', 'HEAD'), (url, user, method) =>
        watch.see(`${method} ${url} by ${user}`, () =>
          service.call(method, url, { headers: { authorization: `Bearer ${user}` } }),
        ),
      ),
      { seed, numRuns: 29_000 },
    )
    context.diagnostic(`URLs: ${watch.report()}`)
    assert.deepEqual(countRows(service.dataDirectory), before)
    const found = watch.statuses.get(200) ?? 0
    assert.ok(found > watch.cases / 50, `expected many URLs to be understood, found ${found} of ${watch.cases}`)
  } finally {
    await service.close()
  }
})
