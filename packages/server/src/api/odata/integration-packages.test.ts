import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

test('a package is created plain or wrapped, read, updated and deleted with the original statuses', async () => {
  const plain = await service.call('POST', 'IntegrationPackages', { body: { Id: 'Plain', Name: 'P', ShortText: 's' } })
  assert.deepEqual([plain.status, plain.json.d.Id], [201, 'Plain'])
  assert.equal(plain.headers.location, "https://tenant.example/api/v1/IntegrationPackages('Plain')")
  const body = { d: { Id: 'Wrapped', Name: 'W', Description: 'd', ShortText: 's', Version: '1.0.0', Other: 1 } }
  assert.equal((await service.call('POST', 'IntegrationPackages', { body })).status, 201)

  const { d } = (await service.call('GET', "IntegrationPackages(Id='Wrapped')")).json
  assert.deepEqual(
    [d.Name, d.Description, d.Mode, d.ResourceId, d.PackageContent, d.CreatedBy],
    ['W', 'd', 'EDIT_ALLOWED', d.ResourceId, null, 'developer'],
  )
  assert.match(d.ResourceId, /^[0-9a-f]{32}$/)
  assert.equal(d.CreationDate, String(service.clock.now()), 'dates are strings of milliseconds')
  assert.equal(d.__metadata.type, 'com.sap.hci.api.IntegrationPackage')

  service.clock.advance(1_000)
  const updated = await service.call('PUT', "IntegrationPackages('Wrapped')", { body: { d: { Name: 'W2' } } })
  assert.deepEqual([updated.status, updated.text], [202, ''])
  const read = (await service.call('GET', "IntegrationPackages('Wrapped')")).json.d
  assert.deepEqual(
    [read.Name, read.Description, Number(read.ModifiedDate) - Number(read.CreationDate)],
    ['W2', 'd', 1_000],
  )

  assert.equal((await service.call('DELETE', "IntegrationPackages('Plain')")).status, 202)
  for (const method of ['GET', 'PUT', 'DELETE']) {
    assert.equal((await service.call(method, "IntegrationPackages('Plain')", { body: {} })).status, 404, method)
  }
})

test('every property that can be set is kept, filtered and sorted by', async () => {
  const texts = {
    ...{ Name: 'All', Description: 'd', ShortText: 's', Version: '1.2.3', Vendor: 'v', SupportedPlatform: 'p' },
    ...{ Products: 'A,B', Keywords: 'k', Countries: 'DE', Industries: 'i', LineOfBusiness: 'l' },
  }
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Whole', ...texts } })
  const read = async (query = '') => (await service.call('GET', `IntegrationPackages${query}`)).json.d
  for (const [name, value] of Object.entries(texts)) {
    assert.equal((await read("('Whole')"))[name], value, name)
    const { results } = await read(`?$filter=${name} eq '${value}' and Id eq 'Whole'&$orderby=${name}`)
    assert.equal(results.length, 1, name)
  }
  const flags = await read("?$filter=PartnerContent eq false and UpdateAvailable eq false and Id eq 'Whole'")
  assert.equal(flags.results.length, 1)
  for (const [method, Products] of [
    ['PUT', 'B'],
    ['PATCH', 'C'],
  ] as const)
    assert.equal((await service.call(method, "IntegrationPackages('Whole')", { body: { Products } })).status, 202)
  const { Products, Keywords } = await read("('Whole')")
  assert.deepEqual([Products, Keywords], ['C', 'k'])
})

test('packages are listed, filtered, sorted and counted', async () => {
  for (const Id of ['A1', 'A2', 'A3']) {
    await service.call('POST', 'IntegrationPackages', { body: { Id, Name: `Name ${Id}`, ShortText: 's' } })
  }
  const ids = async (query: string) => {
    const { d } = (await service.call('GET', `IntegrationPackages?${query}`)).json
    return d.results.map((row: { Id: string }) => row.Id).join()
  }
  assert.equal(await ids("$filter=startswith(Id,'A')&$orderby=Id desc&$top=2"), 'A3,A2')
  assert.equal(await ids("$filter=substringof('name a2',tolower(Name))"), 'A2')
  assert.equal((await service.call('GET', "IntegrationPackages/$count?$filter=startswith(Id,'A')")).text, '3')
  const page = (
    await service.call('GET', "IntegrationPackages?$inlinecount=allpages&$top=1&$filter=startswith(Id,'A')")
  ).json
  assert.deepEqual([page.d.__count, page.d.results.length], ['3', 1])
})

test('the artifacts of a package are reached through it', async () => {
  for (const Id of ['Owner', 'Empty']) await service.call('POST', 'IntegrationPackages', { body: { Id, Name: Id } })
  const ArtifactContent = base64(await helloArchive())
  const artifact = { Id: 'hello', Name: 'Hello', PackageId: 'Owner', ArtifactContent }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body: artifact })).status, 201)
  const path = (id: string) => `IntegrationPackages('${id}')/IntegrationDesigntimeArtifacts`
  const { results } = (await service.call('GET', path('Owner'))).json.d
  assert.deepEqual([results.length, results[0].Id, results[0].Version], [1, 'hello', '1.0.0'])
  assert.equal((await service.call('GET', `${path('Owner')}/$count`)).text, '1')
  assert.deepEqual((await service.call('GET', path('Empty'))).json.d.results, [])
  assert.deepEqual((await service.call('GET', `${path('Owner')}?$filter=Id eq 'x'`)).json.d.results, [])
  const key = "(Id='hello',Version='active')"
  assert.equal((await service.call('GET', `${path('Owner')}${key}`)).status, 200)
  assert.equal((await service.call('GET', `${path('Empty')}${key}`)).status, 404)
  assert.equal((await service.call('GET', path('Nothing'))).status, 404)
  const expanded = (await service.call('GET', "IntegrationPackages('Owner')?$expand=IntegrationDesigntimeArtifacts"))
    .json
  assert.equal(expanded.d.IntegrationDesigntimeArtifacts.results[0].Id, 'hello')
})

test('what is wrong with a package is said', async () => {
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Taken', Name: 'T' } })
  const cases: readonly (readonly [body: unknown, status: number, message: RegExp])[] = [
    [{ Id: 'Taken', Name: 'T' }, 409, /unused key, found "Taken"/],
    [{ Name: 'T' }, 400, /"Id" to be up to 150 letters.*found none/],
    [{ Id: 'a/b', Name: 'T' }, 400, /found "a\/b"/],
    [{ Id: 'x' }, 400, /value for "Name"/],
    [{ Id: 'x', Name: 'x', Description: 'x'.repeat(100_001) }, 400, /"Description" to have at most 100000/],
    [{ Id: 'x', Name: 5 }, 400, /"Name", found a number/],
    [{ PackageContent: 'UEsDBA==' }, 400, /truncated or damaged zip/],
    ['', 400, /empty body/],
    ['null', 400, /found null/],
    ['<entry/>', 415, /found XML/],
  ]
  for (const [body, status, message] of cases) {
    const { status: found, json } = await service.call('POST', 'IntegrationPackages', { body })
    assert.equal(found, status, JSON.stringify(body))
    assert.match(json.error.message.value, message)
  }
})
