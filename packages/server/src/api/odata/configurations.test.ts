import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { base64, helloArchive, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
const parameters = "Greeting=Hello\nMy\\ Key=a\nO'Key=b\nA/B\\:<x>=c\nport=80\n"
const definition = (name: string, type: string) =>
  `<parameter><key/><name>${name}</name><type>${type}</type><isRequired>true</isRequired><description>D</description></parameter>`
const definitions = `<parameters>${definition('port', 'xsd:integer')}${definition('timer', 'custom:schedule')}</parameters>`
const flow = "IntegrationDesigntimeArtifacts(Id='hello',Version='1.0.0')"
const files = {
  'src/main/resources/parameters.prop': parameters,
  'src/main/resources/parameters.propdef': definitions,
}

before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack' } })
})
beforeEach(async () => {
  await service.call('DELETE', flow)
  const body = { PackageId: 'Pack', ArtifactContent: base64(await helloArchive(files)) }
  assert.equal((await service.call('POST', 'IntegrationDesigntimeArtifacts', { body })).status, 201)
})
after(() => service.close())

async function list(options: string): Promise<unknown[]> {
  const { json } = await service.call('GET', `${flow}/Configurations?${options}`)
  return json.d.results.map(({ __metadata, ...row }: Record<string, unknown>) => Object.values(row).join(' '))
}

test('parameters are filtered, sorted, selected and counted', async () => {
  const all = [
    'port 80 xsd:integer D',
    'timer  custom:schedule D',
    'Greeting Hello xsd:string ',
    'My Key a xsd:string ',
  ]
  assert.deepEqual(await list('$top=4'), all)
  assert.deepEqual(await list("$filter=DataType eq 'xsd:string'&$orderby=ParameterKey desc&$select=ParameterKey"), [
    "O'Key",
    'My Key',
    'Greeting',
    'A/B:<x>',
  ])
  const count = `${flow}/Configurations/$count?$filter=startswith(ParameterKey,'My') or ParameterValue eq '80'`
  assert.equal((await service.call('GET', count)).text, '2')
})

const keys: readonly [written: string, name: string][] = [
  ['My%20Key', 'My Key'],
  ['My Key', 'My Key'],
  ["O''Key", "O'Key"],
  ['O%27%27Key', "O'Key"],
  ['A%2FB%3A%3Cx%3E', 'A/B:<x>'],
]

for (const [written, name] of keys)
  test(`a parameter is addressed by '${written}', to read and to change`, async () => {
    const found = await service.call('GET', `${flow}/Configurations('${written}')`)
    assert.equal(found.json.d?.ParameterKey, name)
    const body = { ParameterKey: name, ParameterValue: `new ${written}`, DataType: 'xsd:integer' }
    const links = `${flow}/$links/Configurations(ParameterKey='${written}')`
    assert.equal((await service.call('PUT', links, { body })).status, 202)
    const { ParameterValue, DataType } = (await service.call('GET', `${flow}/Configurations('${written}')`)).json.d
    assert.deepEqual([ParameterValue, DataType], [`new ${written}`, 'xsd:string'])
  })

test('configured values wait while their parameter is gone', async () => {
  for (const [name, ParameterValue] of [
    ['port', '${header.port}'],
    ['My Key', 'kept'],
  ]) {
    const links = `${flow}/$links/Configurations('${name}')`
    assert.equal((await service.call('PUT', links, { body: { ParameterValue } })).status, 202)
  }
  const upload = async (prop: string) => {
    const zip = await helloArchive({ ...files, 'src/main/resources/parameters.prop': prop })
    assert.equal((await service.call('PUT', flow, { body: { ArtifactContent: base64(zip) } })).status, 200)
    return (await service.call('GET', `${flow}/Configurations('My Key')`)).json.d?.ParameterValue
  }
  assert.equal(await upload(parameters), 'kept')
  assert.equal(await upload('Greeting=x\n'), undefined)
  assert.equal(await upload(parameters), 'kept')
  assert.deepEqual(await list("$filter=ParameterKey eq 'port'"), ['port ${header.port} xsd:integer D'])
})

test('a value that is too long is refused', async () => {
  const links = `${flow}/$links/Configurations('Greeting')`
  const put = (length: number) => service.call('PUT', links, { body: { ParameterValue: 'x'.repeat(length) } })
  assert.deepEqual([(await put(262_144)).status, (await put(262_145)).status], [202, 400])
})
