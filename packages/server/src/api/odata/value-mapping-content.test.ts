import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readArchive } from '../../runtime/archive.ts'
import { plainArtifact } from './testing/test-package.ts'
import { base64, startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Pack', ShortText: 's' } })
})
after(() => service.close())

const entry = (agency: string, schema: string, value: string, more = '') =>
  `<entry${more}><agency>${agency}</agency><schema>${schema}</schema><value>${value}</value></entry>`
const country = (id: string, source: string, target: string, more = '') =>
  `<group id="${id}">${entry('S4', 'Country', source, more)}${entry("O'K", 'Currency', target)}</group>`
const table = `<vm version="2.0">\r\n${country('1', 'FR', 'EUR', ' isDefault="true"')}${country('2', 'DE', 'EUR')}${country('3', 'US', 'USD')}<group id="o">${entry('A', 'x', '1')}${entry('B', 'y', '2')}</group></vm>`

async function uploaded(id: string, xml: string | null = table) {
  const files = { '.project': '<x/>', ...(xml !== null && { 'value_mapping.xml': xml }) }
  const ArtifactContent = base64(await plainArtifact('ValueMapping', id, files))
  const body = { Id: id, Name: id, PackageId: 'Pack', ArtifactContent }
  assert.equal((await service.call('POST', 'ValueMappingDesigntimeArtifacts', { body })).status, 201)
  const key = `ValueMappingDesigntimeArtifacts(Id='${id}',Version='active')`
  const schema = `${key}/ValMapSchema(SrcAgency='S4',SrcId='Country',TgtAgency='O%27%27K',TgtId='Currency')`
  const parameters = `Id='${id}'&Version='active'&SrcAgency='S4'&SrcId='Country'&TgtAgency='O''K'&TgtId='Currency'`
  return {
    ...{ key, schema },
    call: (name: string, more = '', options = parameters) => service.call('POST', `${name}?${options}${more}`),
    upsert: (source: string, target: string, more = '&IsConfigured=false') =>
      service.call('POST', `UpsertValMaps?${parameters}&SrcValue='${source}'&TgtValue='${target}'${more}`),
    async rows(path: string) {
      const { json } = await service.call('GET', path)
      return json.d.results.map(({ Id, Value }: { Id: string; Value: { SrcValue: string; TgtValue: string } }) =>
        [Id.slice(0, 1), Value.SrcValue, Value.TgtValue].join(' '),
      )
    },
    async table() {
      const files = await readArchive((await service.call('GET', `${key}/$value`)).bytes)
      assert.deepEqual([...files.keys()], ['META-INF/MANIFEST.MF', '.project', 'value_mapping.xml'])
      return Buffer.from(files.get('value_mapping.xml') ?? []).toString()
    },
  }
}

test('the bidirectional mappings and values of an artifact are read, filtered and counted', async () => {
  const { key, schema, rows } = await uploaded('read')
  const { results } = (await service.call('GET', `${key}/ValMapSchema`)).json.d
  assert.deepEqual(
    results.map(({ SrcAgency, SrcId, TgtAgency, TgtId, State }: Record<string, string>) =>
      [SrcAgency, SrcId, TgtAgency, TgtId, State].join(),
    ),
    ["S4,Country,O'K,Currency,", 'A,x,B,y,'],
  )
  assert.equal((await service.call('GET', `${key}/ValMapSchema/$count`)).text, '2')
  assert.equal(
    (await service.call('GET', `${key}/ValMapSchema?$filter=State eq 'Configured'`)).json.d.results.length,
    0,
  )
  assert.equal((await service.call('GET', schema)).json.d.TgtId, 'Currency')
  const cases: readonly (readonly [path: string, expected: readonly string[]])[] = [
    [`${schema}/ValMaps`, ['1 FR EUR', '2 DE EUR', '3 US USD']],
    [`${schema}/ValMaps?$filter=Value/SrcValue eq 'DE' and Value/TgtValue eq 'EUR'`, ['2 DE EUR']],
    [`${schema}/ValMaps?$orderby=Value/SrcValue desc&$top=1`, ['3 US USD']],
    [`${schema}/DefaultValMaps`, ['1 FR EUR']],
  ]
  for (const [path, expected] of cases) assert.deepEqual(await rows(path), expected, path)
  assert.equal((await service.call('GET', `${schema}/ValMaps('3')`)).json.d.Value.SrcValue, 'US')
  assert.equal((await service.call('GET', `${schema}/ValMaps('o')`)).status, 404)
  assert.equal((await service.call('GET', `${schema}/DefaultValMaps('2')`)).status, 404)
  const expanded = (await service.call('GET', `${key}/ValMapSchema?$expand=ValMaps`)).json.d.results
  assert.equal(expanded[0].ValMaps.results.length, 3)
})

test('values are added and changed in the stored table, and nothing else is', async () => {
  const { rows, schema, upsert, call, table: current, key } = await uploaded('edit')
  const added = await upsert('CH', 'CHF')
  assert.equal(added.status, 200)
  const { Id, Value } = added.json.d
  assert.deepEqual([Value.SrcValue, Value.TgtValue], ['CH', 'CHF'])
  assert.match(Id, /^[0-9a-f]{32}$/)
  assert.equal(await current(), table.replace('<group id="o">', `${country(Id, 'CH', 'CHF')}<group id="o">`))
  const { ModifiedAt } = (await service.call('GET', key)).json.d
  assert.equal((await upsert('CH', 'CHF')).json.d.Id, Id, 'the same again is the same')
  assert.equal((await service.call('GET', key)).json.d.ModifiedAt, ModifiedAt)
  assert.equal((await upsert('CH', 'SFR')).json.d.Id, Id)
  assert.equal((await upsert('UK', 'GBP', "&ValMapId='3'&IsConfigured=false")).json.d.Id, '3')
  assert.equal((await call('UpdateDefaultValMap', "&ValMapId='2'&IsConfigured=false")).json.d.Value.SrcValue, 'DE')
  assert.deepEqual(await rows(`${schema}/DefaultValMaps`), ['2 DE EUR'])
  assert.equal((await call('DeleteValMaps')).status, 200)
  assert.equal(await current(), `<vm version="2.0">\r\n${table.slice(table.indexOf('<group id="o">'))}`)
  assert.equal((await service.call('GET', schema)).status, 404)
  assert.equal((await service.call('GET', key)).json.d.Version, '1.0.0')
})

test('a mapping that has been configured stays configured, also in a new upload, until it is deleted', async () => {
  const { key, upsert, call } = await uploaded('state')
  const states = async () => {
    const { results } = (await service.call('GET', `${key}/ValMapSchema`)).json.d
    return results.map(({ State }: { State: string | null }) => State)
  }
  assert.equal((await upsert('US', 'USD', '&IsConfigured=true')).status, 200)
  assert.deepEqual(await states(), ['Configured', null])
  assert.equal(
    (await service.call('GET', `${key}/ValMapSchema?$filter=State eq 'Configured'`)).json.d.results.length,
    1,
  )
  for (const answer of [
    await upsert('US', 'x'),
    await call('UpdateDefaultValMap', "&ValMapId='2'&IsConfigured=false"),
  ]) {
    assert.equal(answer.status, 400)
    assert.match(answer.json.error.message.value, /Expected IsConfigured=true/)
  }
  assert.equal((await call('UpdateDefaultValMap', "&ValMapId='2'&IsConfigured=true")).status, 200)
  const files = { '.project': '<x/>', 'value_mapping.xml': table }
  const body = { ArtifactContent: base64(await plainArtifact('ValueMapping', 'state', files)) }
  assert.equal((await service.call('PUT', key, { body })).status, 200)
  assert.deepEqual(await states(), ['Configured', null])
  await call('DeleteValMaps')
  await service.call('PUT', key, { body })
  assert.deepEqual(await states(), [null, null])
})

test('of two edits that began from the same content one is refused, and nothing of it is kept', async () => {
  const { upsert, rows, schema } = await uploaded('race')
  const answers = await Promise.all(['A1', 'A2', 'A3'].map(source => upsert(source, source, '&IsConfigured=false')))
  const statuses = answers.map(({ status }) => status)
  assert.deepEqual(new Set(statuses), new Set([200, 409]))
  const kept = (await rows(`${schema}/ValMaps`)).length - 3
  assert.equal(kept, statuses.filter(status => status === 200).length)
})

test('what cannot be edited is said', async () => {
  const { call, upsert } = await uploaded('wrong')
  await uploaded('none', null)
  await uploaded('broken', '<vm>')
  await service.call('POST', 'IntegrationDesigntimeArtifacts', { body: { Id: 'flow', PackageId: 'Pack' } })
  const of = (id: string) => `Id='${id}'&Version='active'&SrcAgency='S4'&SrcId='Country'&TgtAgency='x'&TgtId='Currency'`
  const values = "&SrcValue='a'&TgtValue='b'&IsConfigured=false"
  const cases: readonly (readonly [answer: ReturnType<typeof call>, status: number, message: RegExp])[] = [
    [call('UpsertValMaps', values, of('wrong')), 404, /found none from "S4" "Country" to "x" "Currency"/],
    [call('UpsertValMaps', values, of('absent')), 404, /design time artifact not found/],
    [call('UpsertValMaps', values, of('flow')), 404, /design time artifact not found/],
    [call('UpsertValMaps', values, of('none')), 400, /value_mapping\.xml in the artifact, found none/],
    [call('UpsertValMaps', values, of('broken')), 400, /well-formed XML/],
    [upsert('a', 'b', "&ValMapId='o'&IsConfigured=false"), 404, /"ValMapId" to be of a value mapping from/],
    [upsert('FR', 'b', "&ValMapId='3'&IsConfigured=false"), 409, /source value that is not in use/],
    [upsert('a%01', 'b'), 400, /control characters/],
    [upsert('a', 'b', ''), 400, /for IsConfigured/],
    [upsert('a', 'b', '&IsConfigured=maybe'), 400, /for IsConfigured/],
    [call('UpdateDefaultValMap', "&ValMapId='9'&IsConfigured=false"), 404, /"ValMapId"/],
    [call('DeleteValMaps', '', of('wrong')), 404, /found none from/],
  ]
  for (const [answer, status, message] of cases) {
    const { status: found, json } = await answer
    assert.equal(found, status, String(message))
    assert.match(json.error.message.value, message)
  }
  const list = await service.call('GET', "ValueMappingDesigntimeArtifacts(Id='broken',Version='active')/ValMapSchema")
  assert.deepEqual([list.status, list.json.error.innererror.code], [400, 'broken-xml'])
  const reader = { headers: { authorization: 'Bearer reader' } }
  assert.equal((await service.call('POST', `DeleteValMaps?${of('wrong')}`, reader)).status, 403)
})
