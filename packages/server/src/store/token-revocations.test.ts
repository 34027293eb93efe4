import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LocalChanges } from './changes.ts'
import { createClients } from './clients.ts'
import { client, token } from './each-database.test.ts'
import { openQueryPlans, type QueryPlans } from './query-plans.test.ts'
import type { Tokens } from './store.ts'
import { createTokens } from './tokens.ts'
import { GroupWriter, type Writer } from './writer.ts'

let plans: QueryPlans

before(async () => {
  plans = await openQueryPlans()
  await createClients(plans.database, new GroupWriter(plans.database), new LocalChanges()).create(
    client('a'),
    undefined,
  )
})
after(() => plans.close())

const revocations: Readonly<Record<string, (tokens: Tokens) => Promise<number>>> = {
  'of a client': tokens => tokens.deleteByClient('a'),
  'of a user': tokens => tokens.deleteByUser('ada'),
  'of everybody': tokens => tokens.deleteAll(),
}

for (const [name, revoke] of Object.entries(revocations)) {
  test(`who remembers tokens is told of those deleted before a failure: all ${name}`, async () => {
    const writer = new GroupWriter(plans.database)
    let left = 2
    const failing: Writer = {
      write: work => (left-- > 0 ? writer.write(work) : Promise.reject(new Error('disk full'))),
    }
    const changes = new LocalChanges()
    const tokens = createTokens(plans.database, failing, changes)
    await tokens.insert(token(1, 'a', { user: 'ada' }))
    const heard: string[] = []
    changes.on('tokens', key => heard.push(key))
    await assert.rejects(revoke(tokens), { message: 'disk full' })
    assert.deepEqual(await tokens.list({ limit: 9 }), [])
    assert.deepEqual(heard, [''])
  })
}
