import { test } from 'node:test'
import fc from 'fast-check'
import { batchesOf } from './fuzzed-batches.test.ts'
import { fuzzChanges, fuzzUsers } from './fuzzed-requests.test.ts'
import { FuzzWatch, fillTenant, keepsItsTables, fuzzSeed as seed } from './testing/fuzz-watch.ts'
import { startTestService } from './testing/test-service.ts'

// Part of the fuzz run (`fuzz-filters.test.ts`): batches and what is in them, on a store on disk.

test(`14,000 batches are answered below 500 (seed ${seed})`, async context => {
  const service = await startTestService()
  try {
    await fillTenant(service)
    const watch = new FuzzWatch()
    await keepsItsTables(service, () =>
      fc.assert(
        fc.asyncProperty(batchesOf(fuzzChanges), fuzzUsers, ({ contentType, body }, user) => {
          const headers = { authorization: `Bearer ${user}`, 'content-type': contentType }
          return watch.see(`$batch by ${user} in ${contentType}: ${JSON.stringify(body)}`, () =>
            service.call('POST', '$batch', { headers, body }),
          )
        }),
        { seed, numRuns: 14_000 },
      ),
    )
    context.diagnostic(`batches: ${watch.report()}`)
  } finally {
    await service.close()
  }
})
