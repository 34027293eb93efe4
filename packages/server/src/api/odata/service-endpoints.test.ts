import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  const endpoint = (artifactId: string, protocol: string, address: string) => {
    const url = `https://tenant.example/http${address}`
    return { artifactId, name: `Name of ${artifactId}`, protocol, address, url }
  }
  service.deployer.served = [
    endpoint('orders', 'REST', '/orders/in'),
    endpoint('orders', 'REST', '/orders/status'),
    endpoint('soap', 'SOAP', '/soap'),
  ]
})
after(() => service.close())

async function results(query: string) {
  const { status, json } = await service.call('GET', `ServiceEndpoints?${query}`)
  assert.equal(status, 200, query)
  return json.d.results
}

test('endpoints are read with their URLs, as pipelines do', async () => {
  const [first] = await results('$expand=EntryPoints')
  assert.deepEqual([first.Name, first.Id, first.Protocol], ['orders', 'orders$endpointAddress=orders/in', 'REST'])
  assert.equal(first.EntryPoints.results[0].Url, 'https://tenant.example/http/orders/in')
  assert.match(first.ApiDefinitions.__deferred.uri, /ServiceEndpoints\('orders%24endpointAddress%3Dorders%2Fin'\)/)
})

test('endpoints are filtered, expanded and cut to what is selected', async () => {
  const both = await results("$expand=EntryPoints,ApiDefinitions&$filter=Name eq 'soap'")
  assert.deepEqual([both.length, both[0].ApiDefinitions.results], [1, []])
  assert.equal((await results("$filter=Protocol eq 'SOAP'")).length, 1)
  const [selected] = await results("$filter=Name%20eq%20'soap'&$expand=EntryPoints&$select=EntryPoints")
  assert.deepEqual(Object.keys(selected), ['__metadata', 'EntryPoints'])
  assert.equal((await results('$orderby=Id desc&$top=1'))[0].Name, 'soap')
  assert.equal((await service.call('GET', 'ServiceEndpoints/$count')).text, '3')
})

test('the links of an endpoint lead somewhere', async () => {
  const [first] = await results('')
  const below = (uri: string) => uri.slice('https://tenant.example'.length)
  assert.equal((await service.call('GET', below(first.__metadata.uri))).json.d.Id, first.Id)
  const entryPoints = below(first.EntryPoints.__deferred.uri)
  const { d } = (await service.call('GET', entryPoints)).json
  assert.equal(d.results[0].Url, 'https://tenant.example/http/orders/in')
  assert.equal((await service.call('GET', `${entryPoints}/$count`)).text, '1')
  assert.equal(
    (await service.call('GET', `${entryPoints}('https%3A%2F%2Ftenant.example%2Fhttp%2Forders%2Fin')/Url`)).status,
    200,
  )
})

test('sets that belong to others are not listed alone', async () => {
  for (const name of ['EntryPoints', 'APIDefinitions', 'Configurations', 'EntryPoints/$count', "EntryPoints('x')"]) {
    const { status, json } = await service.call('GET', name)
    assert.equal(status, 404, name)
    assert.match(json.error.message.value, /to be reached through/)
  }
})
