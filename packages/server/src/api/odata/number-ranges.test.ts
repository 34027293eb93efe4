import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const documented = {
  CurrentValue: '0',
  Name: 'My NRO Object',
  MinValue: '0',
  MaxValue: '9999',
  Description: ' Number Range Object ',
  Rotate: 'true',
  FieldLength: '4',
}

test('a number range is created, read, changed and deleted; its numbers are strings', async () => {
  const key = "NumberRanges('My%20NRO%20Object')"
  assert.equal((await service.call('POST', 'NumberRanges', { body: documented })).status, 201)
  assert.equal((await service.call('POST', 'NumberRanges', { body: documented })).status, 409)
  const { __metadata, DeployedBy, DeployedOn, ...values } = (await service.call('GET', key)).json.d
  assert.deepEqual(values, documented)
  assert.deepEqual(
    [__metadata.type, DeployedBy, DeployedOn],
    ['com.sap.hci.api.NumberRange', 'developer', `/Date(${service.clock.now()})/`],
  )

  assert.equal(await service.store.numberRanges.take('My NRO Object'), '0000')
  assert.equal((await service.call('GET', `${key}/CurrentValue/$value`)).text, '1')

  assert.equal((await service.call('PUT', key, { body: { MaxValue: '50', CurrentValue: '7' } })).status, 202)
  const changed = (await service.call('GET', key)).json.d
  assert.deepEqual([changed.MaxValue, changed.CurrentValue, changed.Rotate], ['50', '7', 'true'])

  assert.equal((await service.call('DELETE', key)).status, 202)
  for (const method of ['GET', 'PUT', 'DELETE'])
    assert.equal((await service.call(method, key, { body: {} })).status, 404)
})

test('number ranges are listed and filtered', async () => {
  for (const Name of ['a', 'b']) await service.call('POST', 'NumberRanges', { body: { Name, MaxValue: '9' } })
  const { d } = (await service.call('GET', "NumberRanges?$filter=Name ne 'a'&$select=Name")).json
  assert.deepEqual(
    d.results.map((row: { Name: string }) => row.Name),
    ['b'],
  )
  assert.equal((await service.call('GET', 'NumberRanges/$count')).text, '2')
  const count = async (filter: string) => (await service.call('GET', `NumberRanges/$count?$filter=${filter}`)).text
  assert.equal(await count("MaxValue eq '9' and Rotate eq 'false' and DeployedBy eq 'developer'"), '2')
  assert.equal(await count("DeployedOn lt datetime'2020-01-01T00:00:00'"), '0')
})

test('a number range that makes no sense is refused', async () => {
  const cases: readonly (readonly [change: object, message: RegExp])[] = [
    [{ MinValue: '5', MaxValue: '4' }, /MinValue ≤ CurrentValue ≤ MaxValue/],
    [{ CurrentValue: '10001' }, /MinValue ≤ CurrentValue ≤ MaxValue/],
    [{ MaxValue: '' }, /"MaxValue" to be a whole number/],
    [{ MaxValue: '-1' }, /"MaxValue" to be a whole number/],
    [{ MaxValue: 9999 }, /Edm.String for "MaxValue", found a number/],
    [{ FieldLength: '100' }, /from 0 to 99, found "100"/],
    [{ Rotate: 'yes' }, /"true" or "false", found "yes"/],
    [{ Name: 'a/b' }, /"Name" to be/],
  ]
  for (const [change, message] of cases) {
    const { status, json } = await service.call('POST', 'NumberRanges', { body: { ...documented, ...change } })
    assert.equal(status, 400, JSON.stringify(change))
    assert.match(json.error.message.value, message)
  }
})
