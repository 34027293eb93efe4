import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { entitySets } from './index.ts'
import { filtersOn, urlsOf } from './testing/fuzz-requests.ts'
import { countRows, FuzzWatch, fillTenant, fuzzSeed as seed } from './testing/fuzz-watch.ts'
import { startTestService } from './testing/test-service.ts'

/*
 * 60,000 of the 100,000 cases of the fuzz run: `$filter` and URLs with keys, read through the whole stack from a store on
 * disk. Reading changes nothing, whatever it asks for.
 */

const listed = entitySets.filter(api => api.list)

const users = fc.constantFrom('everybody', 'everybody', 'partners', 'developer', 'reader')

test(`40,000 filters and 20,000 URLs are answered below 500 and change nothing (seed ${seed})`, async context => {
  const service = await startTestService()
  try {
    await fillTenant(service)
    const before = countRows(service)
    const filters = new FuzzWatch()
    const filtered = fc
      .constantFrom(...listed)
      .chain(({ set }) =>
        filtersOn(set.type).map(filter => `${set.name}?$filter=${encodeURIComponent(filter.toWellFormed())}`),
      )
    const read = (watch: FuzzWatch, url: string, user: string, method = 'GET') =>
      watch.see(`${method} ${url} by ${user}`, () =>
        service.call(method, url, { headers: { authorization: `Bearer ${user}` } }),
      )
    await fc.assert(
      fc.asyncProperty(filtered, users, (url, user) => read(filters, url, user)),
      { seed, numRuns: 40_000 },
    )
    const urls = new FuzzWatch()
    const any = fc.constantFrom(...entitySets).chain(urlsOf)
    await fc.assert(
      fc.asyncProperty(any, users, fc.constantFrom('GET', 'GET', 'GET', 'HEAD'), (url, user, method) =>
        read(urls, url, user, method),
      ),
      { seed, numRuns: 20_000 },
    )
    context.diagnostic(`filters: ${filters.report()}`)
    context.diagnostic(`URLs: ${urls.report()}`)
    assert.deepEqual(countRows(service), before)
    for (const watch of [filters, urls]) {
      const found = watch.statuses.get(200) ?? 0
      assert.ok(found > watch.cases / 10, `expected many cases to be understood, found ${found} of ${watch.cases}`)
    }
  } finally {
    await service.close()
  }
})
